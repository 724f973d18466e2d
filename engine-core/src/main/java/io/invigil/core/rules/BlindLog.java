package io.invigil.core.rules;

import io.invigil.api.SessionEvent;
import java.util.List;
import java.util.Locale;

/**
 * Tells when frames arrive but are not analysed: once when this has lasted {@link #AFTER_NS} of media time, and again with the
 * whole stretch when it is over. A few that are analysed between others that fail do not end it.
 */
final class BlindLog {
    static final long AFTER_NS = 2_000_000_000L;
    /** Frames that are analysed for no longer than this, nor for so many times as long as others failed before, end nothing. */
    static final long MERGE_NS = 1_000_000_000L;

    private static final int MERGE_TIMES = 2;
    private static final long NEVER = Long.MIN_VALUE;

    long sinceNs = NEVER;
    long lastNs = NEVER;
    long previousNs = NEVER;
    /** The last frame that was analysed before the last run of others. */
    long runSinceNs = NEVER;

    boolean told;
    /** Whether the last of those that were not analysed failed, and whether some that were lie between them. */
    boolean failing;

    boolean mixed;
    String reason = "";

    /** Takes a frame that failed, and why. */
    void failed(long timestampNs, String why, List<SessionEvent> events) {
        take(timestampNs, why, true, events);
    }

    /** Takes a frame on which something was not looked for, and what; one on which it was says that all is well again. */
    void blind(long timestampNs, String why, List<SessionEvent> events) {
        take(timestampNs, why, false, events);
    }

    private void take(long timestampNs, String why, boolean fails, List<SessionEvent> events) {
        if (sinceNs == NEVER || previousNs != lastNs) {
            runSinceNs = previousNs == NEVER ? timestampNs : previousNs;
            mixed = sinceNs != NEVER;
        }
        if (sinceNs == NEVER) {
            sinceNs = runSinceNs;
        }
        failing = fails;
        reason = why;
        lastNs = timestampNs;
        previousNs = timestampNs;
        if (!told && timestampNs - sinceNs >= AFTER_NS) {
            told = true;
            tell(mixed ? "Many frames have not been analysed for" : "Frames have not been analysed for", events);
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
        if (sinceNs == NEVER) {
            return;
        }
        long mergeNs = failing ? Math.min(MERGE_NS, MERGE_TIMES * (lastNs - runSinceNs)) : 0;
        if (timestampNs - lastNs > mergeNs) {
            finish(events);
        }
    }

    /** Tells of the end. */
    void finish(List<SessionEvent> events) {
        if (told) {
            tell(mixed ? "Many frames were not analysed for" : "Frames were not analysed for", events);
        }
        told = false;
        mixed = false;
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
        runSinceNs = state.of(runSinceNs);
        told = state.of(told);
        failing = state.of(failing);
        mixed = state.of(mixed);
        reason = state.of(reason);
    }
}
