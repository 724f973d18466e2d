package io.invigil.api;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What became of one frame that entered the pipeline.
 *
 * @param frameIndex which offered frame of the session this is, from 0
 * @param timestampNs its media time
 * @param observation what was seen; empty when the frame failed
 * @param attention where the candidate looks; empty when the frame failed
 * @param alerts openings, updates and closings this frame brought, in order
 * @param failure why the frame failed; empty when it was analysed
 * @param timings how long the stages took
 * @param load how busy the engine was when the frame went in, and what was looked for less often because of it
 */
public record FrameResult(
        long frameIndex,
        long timestampNs,
        Optional<Observation> observation,
        Optional<Attention> attention,
        List<Alert> alerts,
        Optional<EngineException> failure,
        StageTimings timings,
        EngineLoad load) {
    /** Copies the list and checks that exactly one of observation and failure is there. */
    public FrameResult {
        Objects.requireNonNull(observation, "observation");
        Objects.requireNonNull(attention, "attention");
        alerts = List.copyOf(alerts);
        Objects.requireNonNull(failure, "failure");
        Objects.requireNonNull(timings, "timings");
        Objects.requireNonNull(load, "load");
        if (observation.isPresent() == failure.isPresent()) {
            throw new IllegalArgumentException("a frame result has an observation or a failure, never both or neither");
        }
    }

    /** True when the frame was analysed. */
    public boolean isAnalysed() {
        return observation.isPresent();
    }
}
