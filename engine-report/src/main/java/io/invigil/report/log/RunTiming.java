package io.invigil.report.log;

import io.invigil.api.StageTimings;
import java.util.Objects;

/**
 * How long an analysis took.
 *
 * @param wallNs from the first frame to the last result
 * @param readNs of this, reading and decoding the recording
 * @param stages time in the engine's stages, summed over all frames; stages of several frames may run at once
 */
public record RunTiming(long wallNs, long readNs, StageTimings stages) {
    /** Checks that the timings are there. */
    public RunTiming {
        Objects.requireNonNull(stages, "stages");
    }

    /** Media time analysed in a second of wall time. */
    public double speed(long mediaNs) {
        return wallNs <= 0 ? 0 : (double) mediaNs / wallNs;
    }
}
