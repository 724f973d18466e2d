package io.invigil.server.record;

/** The store cannot do what it was asked. The message holds no personal data. */
public class StoreException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** An error with its cause. */
    public StoreException(String message, Throwable cause) {
        super(message, cause);
    }
}
