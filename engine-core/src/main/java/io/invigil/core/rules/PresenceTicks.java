package io.invigil.core.rules;

import io.invigil.api.CameraState;
import io.invigil.api.PresenceObservation;
import io.invigil.core.sight.PresenceSight;
import io.invigil.core.sight.Sight;

/** Follows the cadence of the body and object detector: which frames bring a new sighting, and when the last is too old. */
final class PresenceTicks {
    /** A sighting counts for this many intervals. */
    private static final int LIFE_INTERVALS = 4;

    private static final long LEAST_LIFE_NS = 2_000_000_000L;
    private static final long NEVER = Long.MIN_VALUE;

    private final long plannedIntervalNs;

    long lastTickNs = NEVER;
    long intervalNs;

    PresenceTicks(long plannedIntervalNs) {
        this.plannedIntervalNs = plannedIntervalNs;
    }

    /** True when the frame brings a sighting that has not been judged yet. */
    boolean takes(Sight seen) {
        PresenceSight presence = seen.presence();
        if (presence.evaluatedAtNs() == PresenceObservation.NEVER || presence.evaluatedAtNs() == lastTickNs) {
            return false;
        }
        boolean fresh = presence.fresh() || lastTickNs != NEVER && presence.evaluatedAtNs() > lastTickNs;
        if (!fresh) {
            return false;
        }
        if (lastTickNs != NEVER) {
            intervalNs = presence.evaluatedAtNs() - lastTickNs;
        }
        lastTickNs = presence.evaluatedAtNs();
        return true;
    }

    /** True when the last sighting says nothing about now. */
    boolean isStale(long timestampNs) {
        // A late tick must not stretch the life of the next without bound: twice the plan is the most.
        long usualNs = Math.max(plannedIntervalNs, Math.min(intervalNs, 2 * plannedIntervalNs));
        return lastTickNs == NEVER || timestampNs - lastTickNs > Math.max(LEAST_LIFE_NS, LIFE_INTERVALS * usualNs);
    }

    /** Whether a sighting of nothing on this frame means that nothing is there. */
    static boolean isBlind(Sight seen) {
        CameraState camera = seen.quality().state();
        return camera == CameraState.DARK || camera == CameraState.OVEREXPOSED;
    }

    void exchange(StateExchange state) {
        lastTickNs = state.of(lastTickNs);
        intervalNs = state.of(intervalNs);
    }
}
