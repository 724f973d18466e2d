package io.invigil.replay.run;

import io.invigil.api.Accommodation;
import io.invigil.api.Policy;
import io.invigil.api.ThreadingMode;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * What to replay and how.
 *
 * @param inputs recordings, and folders whose recordings are meant
 * @param out the folder that gets one folder for each recording
 * @param fps frames analysed in a second of media time, 0 to 120; 0 for all
 * @param policy what is judged by
 * @param accommodations what the candidates were granted on top of it
 * @param lanes lanes of the engine, 1 to 64; also how many recordings run at once
 * @param threading which threads run the stages
 * @param evidence whether evidence pictures are written and put into the report
 */
public record ReplayOptions(
        List<Path> inputs,
        Path out,
        double fps,
        Policy policy,
        List<Accommodation> accommodations,
        int lanes,
        ThreadingMode threading,
        boolean evidence) {
    private static final int MOST_FPS = 120;

    /** Copies the lists and checks the rate, and that nothing is null. */
    public ReplayOptions {
        if (!(fps >= 0 && fps <= MOST_FPS)) {
            throw new IllegalArgumentException("fps is " + fps + ", must be in 0.." + MOST_FPS);
        }
        inputs = List.copyOf(inputs);
        accommodations = List.copyOf(accommodations);
        Objects.requireNonNull(out, "out");
        Objects.requireNonNull(policy, "policy");
        Objects.requireNonNull(threading, "threading");
    }

    /** Options for candidates without accommodations. */
    public ReplayOptions(
            List<Path> inputs,
            Path out,
            double fps,
            Policy policy,
            int lanes,
            ThreadingMode threading,
            boolean evidence) {
        this(inputs, out, fps, policy, List.of(), lanes, threading, evidence);
    }
}
