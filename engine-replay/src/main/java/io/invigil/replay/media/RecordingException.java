package io.invigil.replay.media;

import java.util.Objects;

/** A recording that cannot be read; its message is one sentence for a reader, without the file's name. */
public final class RecordingException extends Exception {
    private static final long serialVersionUID = 1L;

    /** What is wrong with a recording. */
    public enum Problem {
        /** There is no such file. */
        MISSING,
        /** The file is there but must not be read. */
        NO_PERMISSION,
        /** The file holds no video that can be decoded. */
        NOT_A_VIDEO,
        /** The file holds a video stream without a single frame. */
        ZERO_FRAMES,
        /** Something else went wrong while reading or writing. */
        FAILED
    }

    private final Problem problem;

    /** A problem with the sentence a reader sees. */
    public RecordingException(Problem problem, String message) {
        super(message);
        this.problem = Objects.requireNonNull(problem, "problem");
    }

    /** What is wrong. */
    public Problem problem() {
        return problem;
    }
}
