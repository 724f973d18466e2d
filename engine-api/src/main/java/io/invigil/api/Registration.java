package io.invigil.api;

/** A listener's place in a session. */
public interface Registration extends AutoCloseable {
    /** How often this listener threw. */
    long failures();

    /** How many frame results were given up because this listener was slow. */
    long conflated();

    /** Ends the registration; what was already handed over may still be delivered. Idempotent. */
    @Override
    void close();
}
