package io.invigil.api;

import java.time.Duration;
import java.util.Objects;

/**
 * How a policy treats one kind of alert. All times are media time.
 *
 * @param enabled whether the kind is judged at all
 * @param severity what its alerts carry
 * @param hold how long the condition must last before the alert opens, 0 to 60 s; the alert's start is when it set in
 * @param release how long the condition must be over before the alert closes, 0 to 60 s; the alert's end is when it ended
 * @param mergeGap a condition that comes back within this time of its end goes on with the same episode, 0 to 60 s
 * @param cooldown how long after an alert's end none of this kind opens, 0 to 10 min
 */
public record AlertRule(
        boolean enabled, Severity severity, Duration hold, Duration release, Duration mergeGap, Duration cooldown) {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    /** Checks the ranges. */
    public AlertRule {
        Objects.requireNonNull(severity, "severity");
        Ranges.checkAtMost("hold", hold, MINUTE);
        Ranges.checkAtMost("release", release, MINUTE);
        Ranges.checkAtMost("mergeGap", mergeGap, MINUTE);
        Ranges.checkAtMost("cooldown", cooldown, Duration.ofMinutes(10));
    }

    /** A rule that is on, with these times in milliseconds and no cooldown. */
    public static AlertRule of(Severity severity, long holdMs, long releaseMs, long mergeGapMs) {
        return new AlertRule(
                true,
                severity,
                Duration.ofMillis(holdMs),
                Duration.ofMillis(releaseMs),
                Duration.ofMillis(mergeGapMs),
                Duration.ZERO);
    }

    /** The same rule, switched off. */
    public AlertRule off() {
        return new AlertRule(false, severity, hold, release, mergeGap, cooldown);
    }

    /** The same rule with another hold time. */
    public AlertRule withHold(Duration newHold) {
        return new AlertRule(enabled, severity, newHold, release, mergeGap, cooldown);
    }
}
