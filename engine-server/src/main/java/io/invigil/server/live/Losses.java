package io.invigil.server.live;

import io.invigil.api.SessionEvent;
import java.util.ArrayList;
import java.util.List;

/**
 * What gave way while the store did not answer.
 *
 * @param events how many events
 * @param tracePoints how many points of the trace
 * @param pictures how many evidence pictures
 * @param fromNs media time of the earliest
 * @param toNs media time of the latest
 */
record Losses(long events, long tracePoints, long pictures, long fromNs, long toNs) {
    static final Losses NONE = new Losses(0, 0, 0, Long.MAX_VALUE, Long.MIN_VALUE);

    static Losses of(LossMeter.What what, long timestampNs) {
        return new Losses(
                what == LossMeter.What.EVENT ? 1 : 0,
                what == LossMeter.What.TRACE_POINT ? 1 : 0,
                what == LossMeter.What.PICTURE ? 1 : 0,
                timestampNs,
                timestampNs);
    }

    Losses plus(Losses other) {
        return new Losses(
                events + other.events,
                tracePoints + other.tracePoints,
                pictures + other.pictures,
                Math.min(fromNs, other.fromNs),
                Math.max(toNs, other.toNs));
    }

    boolean isNothing() {
        return events + tracePoints + pictures == 0;
    }

    /** What a reader of the session is told. */
    SessionEvent asEvent() {
        return new SessionEvent(
                SessionEvent.Kind.NOT_KEPT,
                fromNs,
                toNs,
                "The store did not take in time what was seen: " + this + " are not kept.");
    }

    @Override
    public String toString() {
        List<String> parts = new ArrayList<>();
        add(parts, events, "events");
        add(parts, tracePoints, "points of the trace");
        add(parts, pictures, "pictures");
        return String.join(", ", parts);
    }

    private static void add(List<String> parts, long count, String what) {
        if (count > 0) {
            parts.add(count + " " + what);
        }
    }
}
