package io.invigil.core.rules;

import io.invigil.api.CameraState;
import io.invigil.api.SessionEvent;
import java.util.List;
import java.util.Locale;

/** Tells, when it is over, for how long the picture was too poor for some of the answers; stretches under a second are not told. */
final class QualityLog {
    private static final long LEAST_NS = 1_000_000_000L;
    /** A state that comes back within this time goes on. */
    private static final long MERGE_NS = 1_000_000_000L;

    CameraState state = CameraState.OK;
    long startNs;
    long endNs;

    /** Takes a frame's state; {@code OK} also for frames that say nothing. */
    void step(long timestampNs, CameraState now, List<SessionEvent> events) {
        if (now == state) {
            endNs = timestampNs;
            return;
        }
        if (state != CameraState.OK && now == CameraState.OK && timestampNs - endNs < MERGE_NS) {
            return;
        }
        finish(events);
        state = now;
        startNs = timestampNs;
        endNs = timestampNs;
    }

    /** Tells of what has not been told yet. */
    void finish(List<SessionEvent> events) {
        if (state != CameraState.OK && endNs - startNs >= LEAST_NS) {
            events.add(new SessionEvent(
                    SessionEvent.Kind.QUALITY,
                    startNs,
                    endNs,
                    String.format(
                            Locale.ROOT, "The picture was %s for %.1f s", state.wireName(), (endNs - startNs) / 1e9)));
        }
        state = CameraState.OK;
    }

    void exchange(StateExchange exchange) {
        state = exchange.of(state, CameraState.values());
        startNs = exchange.of(startNs);
        endNs = exchange.of(endNs);
    }
}
