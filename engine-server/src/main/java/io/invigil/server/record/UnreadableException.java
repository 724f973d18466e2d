package io.invigil.server.record;

/** What the store holds of something cannot be read by this program: a newer one, or another, wrote it. */
public final class UnreadableException extends StoreException {
    private static final long serialVersionUID = 1L;

    /** An error about something in the store. */
    public UnreadableException(String message) {
        super(message, null);
    }
}
