package io.invigil.api;

/** What went wrong, as a fixed number. Numbers never change their meaning. */
public enum ErrorCode {
    /** A configuration value is out of range, or two values do not go together. */
    CONFIGURATION(100, Category.ERROR),
    /** No engine implementation is on the class path. */
    NO_PROVIDER(101, Category.FATAL),
    /** A model file is missing, damaged or not the one expected. */
    MODEL_LOAD(110, Category.FATAL),
    /** A native library could not be loaded. */
    NATIVE_LOAD(111, Category.FATAL),
    /** The engine or session is closed. */
    CLOSED(120, Category.ERROR),
    /** The engine holds as many sessions as it was configured for. */
    TOO_MANY_SESSIONS(121, Category.ERROR),
    /** A session with this id is open already. */
    DUPLICATE_SESSION(122, Category.ERROR),
    /** The frame's description does not fit its data: size, stride, plane count or buffer length. */
    FRAME_GEOMETRY(200, Category.WARN),
    /** The encoded bytes are empty, truncated or of no known format. */
    FRAME_DECODE(201, Category.WARN),
    /** The picture has more pixels than is configured, or a side, or a file, longer than is taken. */
    FRAME_TOO_LARGE(202, Category.WARN),
    /** The frame's timestamp is not after the one before. */
    FRAME_OUT_OF_ORDER(203, Category.WARN),
    /** A model failed on a frame. */
    INFERENCE(210, Category.ERROR),
    /** A stage failed on a frame for a reason of its own. */
    STAGE(211, Category.ERROR),
    /** A listener fell so far behind that alerts would have been lost. */
    LISTENER_OVERFLOW(301, Category.FATAL);

    private final int number;
    private final Category category;

    ErrorCode(int number, Category category) {
        this.number = number;
        this.category = category;
    }

    /** The fixed number. */
    public int number() {
        return number;
    }

    /** How far the error reaches. */
    public Category category() {
        return category;
    }

    /** How far an error reaches. */
    public enum Category {
        /** One frame; everything goes on. */
        WARN,
        /** One call or one frame failed for a reason that may come back. */
        ERROR,
        /** The engine or the session cannot go on; closing still works. */
        FATAL
    }
}
