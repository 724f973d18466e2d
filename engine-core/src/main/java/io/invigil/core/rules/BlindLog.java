package io.invigil.core.rules;

import io.invigil.api.SessionEvent;
import java.util.List;
import java.util.Locale;

/**
 * Tells when frames arrive but are not analysed: once when this has lasted {@link #AFTER_NS} of media time, and again with the
 * whole stretch when it is over.
 */
final class BlindLog {
    static final long AFTER_NS = 2_000_000_000L;
    private static final long NEVER = Long.MIN_VALUE;

    long sinceNs = NEVER;
    long lastNs = NEVER;
    long previousNs = NEVER;
    boolean told;
    String reason = "";

    /** Takes a frame that could not be analysed, and why. */
    void blind(long timestampNs, String why, List<SessionEvent> events) {
        if (sinceNs == NEVER) {
            sinceNs = previousNs == NEVER ? timestampNs : previousNs;
        }
        reason = why;
        lastNs = timestampNs;
        previousNs = timestampNs;
        if (!told && timestampNs - sinceNs >= AFTER_NS) {
            told = true;
            tell("Frames have not been analysed for", events);
        }
    }

    /** Frames are not expected, or none came for a while: what comes after is another stretch. */
    void pause(List<SessionEvent> events) {
        finish(events);
        previousNs = NEVER;
    }

    /** Takes a frame that was analysed. */
    void seeing(long timestampNs, List<SessionEvent> events) {
        previousNs = timestampNs;
        finish(events);
    }

    /** Tells of the end. */
    void finish(List<SessionEvent> events) {
        if (told) {
            tell("Frames were not analysed for", events);
        }
        told = false;
        sinceNs = NEVER;
    }

    private void tell(String words, List<SessionEvent> events) {
        events.add(new SessionEvent(
                SessionEvent.Kind.BLIND,
                sinceNs,
                lastNs,
                String.format(Locale.ROOT, "%s %.1f s: %s", words, (lastNs - sinceNs) / 1e9, why())));
    }

    /** The pipeline and observation logs give an error's code, which says nothing to a reader of reports. */
    private String why() {
        return switch (reason) {
            case "FRAME_DECODE" -> "their pictures could not be decoded";
            case "FRAME_TOO_LARGE" -> "their pictures were too large";
            case "INFERENCE" -> "a model failed on them";
            case "STAGE" -> "a part of the engine failed on them";
            default -> reason;
        };
    }

    void exchange(StateExchange state) {
        sinceNs = state.of(sinceNs);
        lastNs = state.of(lastNs);
        previousNs = state.of(previousNs);
        told = state.of(told);
        reason = state.of(reason);
    }
}
