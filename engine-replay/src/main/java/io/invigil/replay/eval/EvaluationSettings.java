package io.invigil.replay.eval;

import io.invigil.api.Policy;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Under what the figures of an evaluation stand.
 *
 * @param dataName the data's name, for readers
 * @param dataNote what a reader must know of the data; may be empty
 * @param labelsSha256 SHA-256 of {@code labels_clips.json}
 * @param policy what was judged by
 * @param fps analysed frames in a second of media time; 0 for all
 * @param minEventSeconds shorter labelled events are not asked for, though they explain alerts
 * @param toleranceSeconds how far off labels may be
 * @param version this program's version
 * @param modelHashes name to SHA-256 of each model
 * @param measuredAt when: date and time in UTC, as ISO 8601 has it
 */
public record EvaluationSettings(
        String dataName,
        String dataNote,
        String labelsSha256,
        Policy policy,
        double fps,
        double minEventSeconds,
        double toleranceSeconds,
        String version,
        Map<String, String> modelHashes,
        String measuredAt) {
    /** Boundaries were set by eye, to within half a second. */
    public static final double DEFAULT_TOLERANCE_SECONDS = 0.5;

    /** Copies the hashes and checks that nothing is null. */
    public EvaluationSettings {
        Objects.requireNonNull(dataName, "dataName");
        Objects.requireNonNull(dataNote, "dataNote");
        Objects.requireNonNull(labelsSha256, "labelsSha256");
        Objects.requireNonNull(policy, "policy");
        Objects.requireNonNull(version, "version");
        modelHashes = Collections.unmodifiableMap(new TreeMap<>(modelHashes));
        Objects.requireNonNull(measuredAt, "measuredAt");
    }
}
