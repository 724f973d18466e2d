package io.invigil.api;

import java.time.Duration;
import java.util.Objects;

/**
 * How a policy treats one kind of alert. All times are media time.
 *
 * @param enabled whether the kind is judged at all
 * @param severity what its alerts carry
 * @param enter from where on the condition holds, in the kind's {@link Measure}; 0 for kinds without one
 * @param exit down to where it goes on to hold, at most {@code enter}; {@code enter} itself for a measure without an exit
 * @param hold how long the condition must last before the alert opens, 0 to 60 s; the alert's start is when it set in
 * @param release how long the condition must be over before the alert is told to have ended, 0 to 60 s
 * @param mergeGap a condition that comes back within this time of its end goes on with the same episode, at least
 *     {@code release} and at most 60 s; only then the alert closes for good
 * @param cooldown how long after an alert's end none of this kind opens, 0 to 10 min
 * @param weight points the kind brings to the score when its alerts last for the whole session, 0 to 100
 */
public record AlertRule(
        boolean enabled,
        Severity severity,
        double enter,
        double exit,
        Duration hold,
        Duration release,
        Duration mergeGap,
        Duration cooldown,
        double weight) {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    /** Checks the ranges. */
    public AlertRule {
        Objects.requireNonNull(severity, "severity");
        Ranges.check("enter", enter, 0.0, 100.0);
        Ranges.check("exit", exit, 0.0, enter);
        Ranges.checkAtMost("hold", hold, MINUTE);
        Ranges.checkAtMost("release", release, MINUTE);
        Ranges.checkAtMost("mergeGap", mergeGap, MINUTE);
        if (mergeGap.compareTo(release) < 0) {
            throw EngineException.outOfRange("mergeGap", mergeGap, "at least the release, " + release);
        }
        Ranges.checkAtMost("cooldown", cooldown, Duration.ofMinutes(10));
        Ranges.check("weight", weight, 0.0, 100.0);
    }

    /**
     * A rule that is on, without thresholds, with these times in milliseconds, no cooldown and no weight. For kinds that the host
     * reports; all others have a {@link Measure} and need {@link #withThresholds} too, and are more easily made from a preset's.
     */
    public static AlertRule of(Severity severity, long holdMs, long releaseMs, long mergeGapMs) {
        return new AlertRule(
                true,
                severity,
                0,
                0,
                Duration.ofMillis(holdMs),
                Duration.ofMillis(releaseMs),
                Duration.ofMillis(mergeGapMs),
                Duration.ZERO,
                0);
    }

    /** The same rule, switched on. */
    public AlertRule on() {
        return new AlertRule(true, severity, enter, exit, hold, release, mergeGap, cooldown, weight);
    }

    /** The same rule, switched off. */
    public AlertRule off() {
        return new AlertRule(false, severity, enter, exit, hold, release, mergeGap, cooldown, weight);
    }

    /** The same rule with another severity. */
    public AlertRule withSeverity(Severity newSeverity) {
        return new AlertRule(enabled, newSeverity, enter, exit, hold, release, mergeGap, cooldown, weight);
    }

    /** The same rule with other thresholds. */
    public AlertRule withThresholds(double newEnter, double newExit) {
        return new AlertRule(enabled, severity, newEnter, newExit, hold, release, mergeGap, cooldown, weight);
    }

    /** The same rule with another hold time. */
    public AlertRule withHold(Duration newHold) {
        return new AlertRule(enabled, severity, enter, exit, newHold, release, mergeGap, cooldown, weight);
    }

    /** The same rule with other times for the end of an alert. */
    public AlertRule withEnd(Duration newRelease, Duration newMergeGap) {
        return new AlertRule(enabled, severity, enter, exit, hold, newRelease, newMergeGap, cooldown, weight);
    }

    /** The same rule with another cooldown. */
    public AlertRule withCooldown(Duration newCooldown) {
        return new AlertRule(enabled, severity, enter, exit, hold, release, mergeGap, newCooldown, weight);
    }

    /** The same rule with another weight. */
    public AlertRule withWeight(double newWeight) {
        return new AlertRule(enabled, severity, enter, exit, hold, release, mergeGap, cooldown, newWeight);
    }
}
