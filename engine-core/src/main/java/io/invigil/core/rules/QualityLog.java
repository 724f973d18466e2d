package io.invigil.core.rules;

import io.invigil.api.CameraState;
import io.invigil.api.Doubt;
import io.invigil.api.SessionEvent;
import io.invigil.core.sight.Sight;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Tells, when it is over, for how long and why the picture was too poor for some of the answers, or the face in it could not be
 * seen; stretches under a second are not told. What is wrong for less than a second within something else goes under in that.
 */
final class QualityLog {
    private static final long LEAST_NS = 1_000_000_000L;
    /** A reason that comes back within this time goes on. */
    private static final long MERGE_NS = 1_000_000_000L;

    private static final Map<CameraState, String> CAMERA_REASONS = cameraReasons();

    /** What is wrong; empty while all is well. */
    String reason = "";

    long startNs;
    long endNs;
    /** What else has been wrong since; empty for nothing. */
    String other = "";

    long otherStartNs;
    long otherEndNs;

    /** Takes a frame. */
    void step(Sight seen, List<SessionEvent> events) {
        long timestampNs = seen.timestampNs();
        String now = reason(seen);
        if (now.equals(reason)) {
            endNs = timestampNs;
            other = "";
            return;
        }
        note(now, timestampNs);
        if (!reason.isEmpty() && timestampNs - endNs < MERGE_NS) {
            return;
        }
        String next = other;
        finish(events);
        reason = next;
        startNs = otherStartNs;
        endNs = otherEndNs;
    }

    private void note(String now, long timestampNs) {
        if (now.isEmpty()) {
            return;
        }
        if (!now.equals(other)) {
            other = now;
            otherStartNs = timestampNs;
        }
        otherEndNs = timestampNs;
    }

    private static Map<CameraState, String> cameraReasons() {
        Map<CameraState, String> reasons = new EnumMap<>(CameraState.class);
        for (CameraState state : CameraState.values()) {
            reasons.put(state, "The picture was " + state.wireName());
        }
        return Collections.unmodifiableMap(reasons);
    }

    private static String reason(Sight seen) {
        CameraState camera = seen.quality().state();
        if (camera != CameraState.OK) {
            return CAMERA_REASONS.get(camera);
        }
        Doubt doubt = seen.face().doubt().orElse(Doubt.NOT_EVALUATED);
        return switch (doubt) {
            case BACKLIT -> "The light came from behind, so that no face could be seen,";
            case TOO_CLOSE ->
                "The candidate was too close or partly out of the picture, so that no face could be seen,";
            case TOO_SMALL -> "What may be a face was too small to tell";
            case OCCLUDED -> "The candidate's face was hidden";
            case ROTATED -> "What may be a face was turned or hidden too far to tell";
            case UNCLEAR -> "Next to nothing could be made out in the picture,";
            case COVERED -> "Most of the picture was covered, so that no face could be seen,";
            // A still picture, a missing neutral and a failing stage are told elsewhere.
            case DARK, OVEREXPOSED, BLURRED, STALE, UNCALIBRATED, NO_REFERENCE, NOT_EVALUATED -> "";
        };
    }

    /** Tells of what has not been told yet. */
    void finish(List<SessionEvent> events) {
        if (!reason.isEmpty() && endNs - startNs >= LEAST_NS) {
            events.add(new SessionEvent(
                    SessionEvent.Kind.QUALITY,
                    startNs,
                    endNs,
                    String.format(Locale.ROOT, "%s for %.1f s", reason, (endNs - startNs) / 1e9)));
        }
        reason = "";
        other = "";
    }

    void exchange(StateExchange exchange) {
        reason = exchange.of(reason);
        startNs = exchange.of(startNs);
        endNs = exchange.of(endNs);
        other = exchange.of(other);
        otherStartNs = exchange.of(otherStartNs);
        otherEndNs = exchange.of(otherEndNs);
    }
}
