package io.invigil.http;

/** Hears of every call that was answered; for metrics and logs. Calls come from any thread; must not block or throw. */
@FunctionalInterface
public interface CallListener {
    /** Hears nothing. */
    CallListener NONE = (method, route, status, durationNs) -> {};

    /**
     * A call was answered.
     *
     * @param method the HTTP method
     * @param route the call's template, such as {@code /api/v1/session/{session_id}}, never its ids; {@code none} when no
     *     route fits
     * @param status the answer's HTTP status
     * @param durationNs from the call's arrival to its answer, in nanoseconds
     */
    void answered(String method, String route, int status, long durationNs);
}
