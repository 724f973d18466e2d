package io.invigil.core.rules;

import java.util.Map;
import java.util.Objects;

/**
 * What one frame says about a rule, with the words for a reader. Immutable, but for an {@link #off() OFF of a rule's own}, which
 * says something else from frame to frame and is not to be kept.
 */
final class Finding {
    /** No better time is known than the frame's own. */
    static final long NOT_KNOWN = Long.MIN_VALUE;

    /** The condition does not hold. */
    static final Finding OFF = new Finding(Verdict.OFF, 0, NOT_KNOWN, "", "", Map.of());

    /** The frame proves neither. */
    static final Finding UNKNOWN = new Finding(Verdict.UNKNOWN, 0, NOT_KNOWN, "", "", Map.of());

    private final Verdict verdict;
    private final double confidence;
    private final String key;
    private final String message;
    private final Map<String, String> details;
    private final boolean ofSeveralFrames;
    private final boolean fading;
    private final long countedSinceNs;
    private long sinceNs;

    private Finding(
            Verdict verdict, double confidence, long sinceNs, String key, String message, Map<String, String> details) {
        this(verdict, confidence, sinceNs, key, message, details, false, false, NOT_KNOWN);
    }

    private Finding(
            Verdict verdict,
            double confidence,
            long sinceNs,
            String key,
            String message,
            Map<String, String> details,
            boolean ofSeveralFrames,
            boolean fading,
            long countedSinceNs) {
        this.verdict = Objects.requireNonNull(verdict, "verdict");
        this.confidence = Math.max(0, Math.min(1, confidence));
        this.sinceNs = sinceNs;
        this.key = key;
        this.message = Objects.requireNonNull(message, "message");
        this.details = Map.copyOf(details);
        this.ofSeveralFrames = ofSeveralFrames;
        this.fading = fading;
        this.countedSinceNs = countedSinceNs;
    }

    /**
     * The condition holds.
     *
     * @param confidence how sure it is, 0 to 1
     * @param key which variant of the condition it is (a direction, a count); few different values
     * @param message one sentence for the alert
     * @param details facts for the alert
     */
    static Finding on(double confidence, String key, String message, Map<String, String> details) {
        return new Finding(Verdict.ON, confidence, NOT_KNOWN, key, message, details);
    }

    /** The condition does not hold, and has not since a known time. */
    static Finding offSince(long sinceNs) {
        return off().butSince(sinceNs);
    }

    /** An OFF for a rule to tell again and again, each time with another {@link #butSince onset}. */
    static Finding off() {
        return new Finding(Verdict.OFF, 0, NOT_KNOWN, "", "", Map.of());
    }

    /** This very OFF, with another onset: what a calm frame says, without garbage. */
    Finding butSince(long onsetNs) {
        if (verdict != Verdict.OFF || this == OFF) {
            throw new IllegalStateException("only a rule's own OFF may be told again with another time");
        }
        sinceNs = onsetNs;
        return this;
    }

    /** The same with a better time of onset. */
    Finding since(long onsetNs) {
        return new Finding(verdict, confidence, onsetNs, key, message, details, ofSeveralFrames, fading, onsetNs);
    }

    /** The same, but a hold counts it from this time on instead of from its onset. */
    Finding countedSince(long countedNs) {
        return new Finding(verdict, confidence, sinceNs, key, message, details, ofSeveralFrames, fading, countedNs);
    }

    /** The same, but several frames say so, each by itself: an alert need not wait for another, lest this one be a slip. */
    Finding ofSeveralFrames() {
        return new Finding(verdict, confidence, sinceNs, key, message, details, true, fading, countedSinceNs);
    }

    /** The same, but the frame itself no longer says so, only those before it: what is open goes on, and nothing opens on it. */
    Finding asFading() {
        return new Finding(verdict, confidence, sinceNs, key, message, details, ofSeveralFrames, true, countedSinceNs);
    }

    /** The answer. */
    Verdict verdict() {
        return verdict;
    }

    /** How sure it is, 0 to 1; counts when ON. */
    double confidence() {
        return confidence;
    }

    /**
     * Media time since when the answer is known to be this one, or {@link #NOT_KNOWN}: rules that look at several frames at once
     * know better than the frame they decide on.
     */
    long sinceNs() {
        return sinceNs;
    }

    /** From when a hold counts it, or {@link #NOT_KNOWN} for its onset; asked for at once, and no part of what is kept. */
    long countedSinceNs() {
        return countedSinceNs;
    }

    /** Whether {@link #ofSeveralFrames() several frames} say so; asked for at once, and no part of what is kept. */
    boolean isOfSeveralFrames() {
        return ofSeveralFrames;
    }

    /** Whether it is {@link #asFading() over for all that the frame itself says}; asked for at once, and no part of what is kept. */
    boolean isFading() {
        return fading;
    }

    /** Which variant of the condition it is. */
    String key() {
        return key;
    }

    /** One sentence for the alert. */
    String message() {
        return message;
    }

    /** Facts for the alert. */
    Map<String, String> details() {
        return details;
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
