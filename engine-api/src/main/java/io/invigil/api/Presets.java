package io.invigil.api;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/** The rules of the presets, each in terms of the one it extends. */
final class Presets {
    private Presets() {}

    /** The rules of {@code interview}, which all others extend. */
    static Map<AlertType, AlertRule> interviewRules() {
        Map<AlertType, AlertRule> rules = new EnumMap<>(AlertType.class);
        rules.put(AlertType.NO_FACE, rule(Severity.HIGH, 1500, 400, 1000, 0.5, 0.5, 3));
        rules.put(AlertType.MULTIPLE_PERSONS, rule(Severity.HIGH, 1000, 800, 1500, 0.5, 0.5, 5));
        rules.put(AlertType.EYES_LOOKING_AWAY, rule(Severity.MEDIUM, 1500, 600, 1000, 1, 0.7, 2));
        rules.put(AlertType.PROHIBITED_OBJECT, rule(Severity.CRITICAL, 800, 1500, 2000, 1, 0.7, 8));
        rules.put(AlertType.BLACK_SCREEN, rule(Severity.HIGH, 1000, 400, 1000, 0.75, 0.75, 3));
        rules.put(AlertType.FROZEN_VIDEO, rule(Severity.HIGH, 2000, 300, 1000, 0.75, 0.75, 3));
        rules.put(AlertType.STREAM_GAP, rule(Severity.MEDIUM, 2000, 0, 0, 3, 3, 2));
        rules.put(
                AlertType.PARTIAL_FACE,
                rule(Severity.LOW, 3000, 800, 2000, 1, 0.9, 1).off());
        rules.put(
                AlertType.REPEATED_GLANCES,
                rule(Severity.MEDIUM, 0, 0, 0, 1, 0.5, 2).off());
        rules.put(
                AlertType.IDENTITY_CHANGED,
                rule(Severity.HIGH, 2000, 1500, 2000, 0.62, 0.58, 8).off());
        rules.put(
                AlertType.SPOOF,
                rule(Severity.HIGH, 3000, 1500, 2000, 0.55, 0.45, 8).off());
        rules.put(AlertType.TAB_SWITCH, host(Severity.MEDIUM, 2));
        rules.put(AlertType.AUDIO_ANOMALY, host(Severity.MEDIUM, 2));
        rules.put(AlertType.WINDOW_BLUR, host(Severity.LOW, 1));
        rules.put(AlertType.PASTE, host(Severity.LOW, 1));
        rules.put(AlertType.SECOND_DISPLAY, host(Severity.MEDIUM, 2));
        rules.put(AlertType.HOST_DEFINED, host(Severity.LOW, 1));
        return rules;
    }

    private static AlertRule host(Severity severity, double weight) {
        return AlertRule.of(severity, 0, 0, 2000).withWeight(weight);
    }

    private static AlertRule rule(
            Severity severity, long holdMs, long releaseMs, long mergeGapMs, double enter, double exit, double weight) {
        return AlertRule.of(severity, holdMs, releaseMs, mergeGapMs)
                .withThresholds(enter, exit)
                .withWeight(weight);
    }

    static Policy closedBook(Policy interview) {
        return interview.toBuilder()
                .name("closed-book")
                .lookAway(new LookAwayLimits(22, 18, 20, 14, 14, 16, true, false))
                .build();
    }

    static Policy paperAllowed(Policy interview) {
        AlertRule aside = interview.rule(AlertType.EYES_LOOKING_AWAY);
        return interview.toBuilder()
                .name("paper-allowed")
                .rule(
                        AlertType.EYES_LOOKING_AWAY,
                        aside.withSeverity(Severity.LOW)
                                .withHold(Duration.ofMillis(4000))
                                .withEnd(Duration.ofMillis(800), Duration.ofMillis(1000))
                                .withWeight(1))
                .build();
    }

    static Policy openBook(Policy interview) {
        return interview.toBuilder()
                .name("open-book")
                .rule(
                        AlertType.EYES_LOOKING_AWAY,
                        interview.rule(AlertType.EYES_LOOKING_AWAY).off())
                .build();
    }

    static Policy strict(Policy closedBook) {
        Policy.Builder strict = closedBook.toBuilder()
                .name("strict")
                .lookAway(new LookAwayLimits(22, 18, 20, 14, 14, 16, true, true))
                .prohibitedObject("book", 0.5)
                .prohibitedObject("laptop", 0.6);
        closedBook.rules().forEach((type, rule) -> strict.rule(type, rule.on()));
        return strict.build();
    }
}
