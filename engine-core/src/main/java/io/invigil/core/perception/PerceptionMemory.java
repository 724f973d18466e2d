package io.invigil.core.perception;

/** What perception remembers of one session. Its parts are touched only by the steps they belong to. */
public interface PerceptionMemory extends AutoCloseable {
    /** Frees it; no frame of the session may be in the pipeline. */
    @Override
    void close();
}
