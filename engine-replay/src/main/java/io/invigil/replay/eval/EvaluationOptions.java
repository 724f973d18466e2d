package io.invigil.replay.eval;

import io.invigil.api.Policy;
import java.nio.file.Path;
import java.util.Objects;

/**
 * What to evaluate and how.
 *
 * @param folder the labelled folder
 * @param out the folder that gets the replays' results
 * @param policy what is judged by
 * @param fps analysed frames in a second of media time; 0 for all
 * @param minEventSeconds shorter labelled events are not asked for
 * @param lanes lanes of the engine, and recordings and stills at once, 1 to 64
 * @param stills whether stills are looked at too, where there are any
 * @param dataName the data's name for readers
 * @param dataNote what a reader must know of the data; may be empty
 */
public record EvaluationOptions(
        Path folder,
        Path out,
        Policy policy,
        double fps,
        double minEventSeconds,
        int lanes,
        boolean stills,
        String dataName,
        String dataNote) {
    /** Checks that nothing is null. */
    public EvaluationOptions {
        Objects.requireNonNull(folder, "folder");
        Objects.requireNonNull(out, "out");
        Objects.requireNonNull(policy, "policy");
        Objects.requireNonNull(dataName, "dataName");
        Objects.requireNonNull(dataNote, "dataNote");
    }
}
