package io.invigil.api;

import java.util.Objects;

/** The one unchecked exception of the engine. Its message never holds pixels, landmarks or personal names. */
public final class EngineException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;

    /** An error with a message that names the value and the allowed range where there is one. */
    public EngineException(ErrorCode code, String message) {
        this(code, message, null);
    }

    /** An error caused by another. */
    public EngineException(ErrorCode code, String message, Throwable cause) {
        super(message, cause);
        this.code = Objects.requireNonNull(code, "code");
    }

    /** A configuration error that names the setting, the value and what is allowed. */
    public static EngineException outOfRange(String name, Object value, String allowed) {
        return new EngineException(ErrorCode.CONFIGURATION, name + " is " + value + ", must be " + allowed);
    }

    /** What went wrong. */
    public ErrorCode code() {
        return code;
    }
}
