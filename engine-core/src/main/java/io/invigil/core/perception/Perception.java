package io.invigil.core.perception;

import io.invigil.api.Policy;
import java.util.Map;

/** Everything that can look at frames: models loaded once for the whole engine. Thread-safe. */
public interface Perception extends AutoCloseable {
    /** Name to SHA-256 of each model in use. */
    Map<String, String> modelHashes();

    /** Opens what one lane needs: tensors and scratch buffers. */
    PerceptionLane openLane();

    /** Opens what perception remembers of one session: followed faces, the last picture, schedules. */
    PerceptionMemory openMemory(Policy policy);

    /** Frees the models; every lane must be closed before. */
    @Override
    void close();
}
