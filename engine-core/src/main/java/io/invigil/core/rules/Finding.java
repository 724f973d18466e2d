package io.invigil.core.rules;

import java.util.Map;
import java.util.Objects;

/**
 * What one frame says about a rule, with the words for a reader.
 *
 * @param verdict the answer
 * @param confidence how sure it is, 0 to 1; counts when ON
 * @param sinceNs media time since when the answer is known to be this one, or {@link #NOT_KNOWN}: rules that look at
 *     several frames at once know better than the frame they decide on
 * @param key which variant of the condition it is (a direction, a count); few different values
 * @param message one sentence for the alert
 * @param details facts for the alert
 */
record Finding(
        Verdict verdict, double confidence, long sinceNs, String key, String message, Map<String, String> details) {
    /** No better time is known than the frame's own. */
    static final long NOT_KNOWN = Long.MIN_VALUE;

    /** The condition does not hold. */
    static final Finding OFF = new Finding(Verdict.OFF, 0, NOT_KNOWN, "", "", Map.of());

    /** The frame proves neither. */
    static final Finding UNKNOWN = new Finding(Verdict.UNKNOWN, 0, NOT_KNOWN, "", "", Map.of());

    Finding {
        Objects.requireNonNull(verdict, "verdict");
        Objects.requireNonNull(message, "message");
        confidence = Math.max(0, Math.min(1, confidence));
        details = Map.copyOf(details);
    }

    /** The condition holds. */
    static Finding on(double confidence, String key, String message, Map<String, String> details) {
        return new Finding(Verdict.ON, confidence, NOT_KNOWN, key, message, details);
    }

    /** The condition does not hold, and has not since a known time. */
    static Finding offSince(long sinceNs) {
        return new Finding(Verdict.OFF, 0, sinceNs, "", "", Map.of());
    }

    /** The same with a better time of onset. */
    Finding since(long onsetNs) {
        return new Finding(verdict, confidence, onsetNs, key, message, details);
    }

    static Finding exchange(StateExchange state, Finding value) {
        if (!state.of(value != null)) {
            return null;
        }
        Finding now = value == null ? OFF : value;
        return new Finding(
                state.of(now.verdict, Verdict.values()),
                state.of(now.confidence),
                state.of(now.sinceNs),
                state.of(now.key),
                state.of(now.message),
                state.of(now.details));
    }
}
