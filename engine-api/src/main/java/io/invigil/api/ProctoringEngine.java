package io.invigil.api;

import io.invigil.api.spi.ProctoringEngineProvider;
import java.util.Map;
import java.util.Objects;

/**
 * The engine: models loaded once, lanes of threads, and any number of sessions on them. Thread-safe. Several engines may
 * live in one process; they share nothing.
 */
public interface ProctoringEngine extends AutoCloseable {
    /**
     * Starts an engine: loads and checks the models and starts the lanes. Takes about a second; call it once, at start. Sets
     * OpenCV of this process to one thread: lanes run side by side instead.
     *
     * @throws EngineException with {@link ErrorCode#NO_PROVIDER} when no implementation is on the class path or module path, with
     *     {@link ErrorCode#MODEL_LOAD} or {@link ErrorCode#NATIVE_LOAD} when it cannot start
     */
    static ProctoringEngine create(EngineConfig config) {
        Objects.requireNonNull(config, "config");
        return Providers.first(ProctoringEngineProvider.class).create(config);
    }

    /** Starts an engine with the defaults. */
    static ProctoringEngine create() {
        return create(EngineConfig.defaults());
    }

    /**
     * Opens a session.
     *
     * @throws EngineException with {@link ErrorCode#CLOSED}, {@link ErrorCode#TOO_MANY_SESSIONS} or
     *     {@link ErrorCode#DUPLICATE_SESSION}; with {@link ErrorCode#CONFIGURATION} when the snapshot to go on from is
     *     damaged, of another program version or from another policy
     */
    ProctoringSession openSession(SessionConfig config);

    /** The engine's counters now. */
    EngineStatistics statistics();

    /** What the engine runs on, for reports: name to SHA-256 of each model. */
    Map<String, String> modelHashes();

    /**
     * Closes every session, stops the lanes and frees the models; waits at most {@link EngineConfig#closeTimeout()}, and up to a
     * second more for the lanes where that was used up. A second call does nothing, and does not wait for a first that still
     * closes.
     *
     * @throws IllegalStateException when a listener of one of the sessions calls this, which it would wait for
     */
    @Override
    void close();
}
