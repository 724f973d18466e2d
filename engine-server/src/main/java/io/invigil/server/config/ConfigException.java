package io.invigil.server.config;

/** A setting that cannot be used. The message names it, its value and what is allowed, but never a secret. */
public final class ConfigException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** An error without a cause. */
    public ConfigException(String message) {
        super(message);
    }

    /** An error with its cause. */
    public ConfigException(String message, Throwable cause) {
        super(message, cause);
    }
}
