package io.invigil.api;

import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * What a session judges by: for each kind of alert whether, when and how loudly, and how often the costly detectors run.
 * Immutable. A policy never changes what is seen, only what is said about it, except that a kind nobody asks for need not
 * be looked for.
 */
public final class Policy {
    /** The things the engine looks for, so the ones a policy can forbid: COCO's names, sorted. */
    public static final List<String> OBJECT_CATEGORIES = List.of("book", "cell phone", "laptop", "remote", "tv");

    private final String name;
    private final Map<AlertType, AlertRule> rules;
    private final LookAwayLimits lookAway;
    private final Map<String, Double> prohibitedObjects;
    private final Duration faceInterval;
    private final Duration presenceInterval;

    private Policy(Builder builder) {
        name = builder.name;
        rules = Collections.unmodifiableMap(new EnumMap<>(builder.rules));
        lookAway = builder.lookAway;
        prohibitedObjects = Collections.unmodifiableMap(new TreeMap<>(builder.prohibitedObjects));
        faceInterval = builder.faceInterval;
        presenceInterval = builder.presenceInterval;
    }

    /** The default: an interview at a screen. Looking down for a while is fine, looking aside is not. */
    public static Policy interview() {
        return new Builder().build();
    }

    /** A closed-book examination on screen: as the interview, and looking up or down counts as well. */
    public static Policy closedBook() {
        return interview().toBuilder()
                .name("closed-book")
                .lookAway(new LookAwayLimits(22, 18, 20, 14, 14, 16, 0.7, true))
                .rule(AlertType.EYES_LOOKING_AWAY, AlertRule.of(Severity.MEDIUM, 1500, 600, 1000))
                .build();
    }

    /** Writing on paper is allowed: looking down never counts, books are not looked for. */
    public static Policy paperAllowed() {
        return interview().toBuilder()
                .name("paper-allowed")
                .rule(AlertType.EYES_LOOKING_AWAY, AlertRule.of(Severity.LOW, 4000, 800, 1000))
                .build();
    }

    /** Open book: where the candidate looks does not matter. */
    public static Policy openBook() {
        Policy base = interview();
        return base.toBuilder()
                .name("open-book")
                .rule(
                        AlertType.EYES_LOOKING_AWAY,
                        base.rule(AlertType.EYES_LOOKING_AWAY).off())
                .build();
    }

    /** Every kind on, in every direction, with short hold times; for measuring what the engine sees. */
    public static Policy strict() {
        return closedBook().toBuilder()
                .name("strict")
                .prohibitedObject("book", 0.5)
                .prohibitedObject("laptop", 0.6)
                .build();
    }

    /** The presets by name: interview, closed-book, paper-allowed, open-book, strict. */
    public static List<Policy> presets() {
        return List.of(interview(), closedBook(), paperAllowed(), openBook(), strict());
    }

    /**
     * The preset with this name.
     *
     * @throws EngineException with {@link ErrorCode#CONFIGURATION} when there is none
     */
    public static Policy preset(String name) {
        return presets().stream()
                .filter(policy -> policy.name.equals(name))
                .findFirst()
                .orElseThrow(() -> EngineException.outOfRange(
                        "policy",
                        '"' + name + '"',
                        "one of "
                                + String.join(
                                        ", ",
                                        presets().stream().map(Policy::name).toList())));
    }

    /** A builder that starts from this policy. */
    public Builder toBuilder() {
        return new Builder(this);
    }

    /** The policy's name: lower-case letters, digits and hyphens. */
    public String name() {
        return name;
    }

    /** The rule for a kind. */
    public AlertRule rule(AlertType type) {
        return rules.get(type);
    }

    /** All rules, in the order of the kinds. */
    public Map<AlertType, AlertRule> rules() {
        return rules;
    }

    /** From where on a candidate looks away. */
    public LookAwayLimits lookAway() {
        return lookAway;
    }

    /** Forbidden things, of {@link #OBJECT_CATEGORIES}: category to the lowest median score at which it is told, 0.05 to 1, sorted by category. */
    public Map<String, Double> prohibitedObjects() {
        return prohibitedObjects;
    }

    /** How often the face detector looks for further faces while one is followed; 0 to 10 s, 0 for every frame. */
    public Duration faceInterval() {
        return faceInterval;
    }

    /** How often bodies and objects are looked for; 0 to 60 s, 0 for every frame. */
    public Duration presenceInterval() {
        return presenceInterval;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Policy that
                && name.equals(that.name)
                && rules.equals(that.rules)
                && lookAway.equals(that.lookAway)
                && prohibitedObjects.equals(that.prohibitedObjects)
                && faceInterval.equals(that.faceInterval)
                && presenceInterval.equals(that.presenceInterval);
    }

    @Override
    public int hashCode() {
        return Objects.hash(name, rules, lookAway, prohibitedObjects, faceInterval, presenceInterval);
    }

    @Override
    public String toString() {
        return "Policy[" + name + "]";
    }

    /** Builds a policy. Not thread-safe. */
    public static final class Builder {
        private String name = "interview";
        private final EnumMap<AlertType, AlertRule> rules = new EnumMap<>(AlertType.class);
        private LookAwayLimits lookAway = new LookAwayLimits(22, 20, 25, 14, 16, 20, 0.7, false);
        private final Map<String, Double> prohibitedObjects = new TreeMap<>();
        private Duration faceInterval = Duration.ofMillis(600);
        private Duration presenceInterval = Duration.ofMillis(1000);

        private Builder() {
            rules.put(AlertType.NO_FACE, AlertRule.of(Severity.HIGH, 1500, 400, 1000));
            rules.put(AlertType.MULTIPLE_PERSONS, AlertRule.of(Severity.HIGH, 1000, 800, 1500));
            rules.put(AlertType.EYES_LOOKING_AWAY, AlertRule.of(Severity.MEDIUM, 1500, 600, 1000));
            rules.put(AlertType.PROHIBITED_OBJECT, AlertRule.of(Severity.CRITICAL, 800, 1500, 2000));
            rules.put(AlertType.BLACK_SCREEN, AlertRule.of(Severity.HIGH, 1000, 400, 1000));
            rules.put(AlertType.FROZEN_VIDEO, AlertRule.of(Severity.HIGH, 2000, 300, 1000));
            rules.put(AlertType.STREAM_GAP, AlertRule.of(Severity.MEDIUM, 2000, 0, 0));
            rules.put(
                    AlertType.PARTIAL_FACE,
                    AlertRule.of(Severity.LOW, 3000, 800, 2000).off());
            rules.put(
                    AlertType.REPEATED_GLANCES,
                    AlertRule.of(Severity.MEDIUM, 0, 0, 0).off());
            rules.put(
                    AlertType.IDENTITY_CHANGED,
                    AlertRule.of(Severity.HIGH, 2000, 1500, 2000).off());
            rules.put(
                    AlertType.SPOOF,
                    AlertRule.of(Severity.HIGH, 3000, 1500, 2000).off());
            rules.put(AlertType.TAB_SWITCH, AlertRule.of(Severity.MEDIUM, 0, 0, 2000));
            rules.put(AlertType.AUDIO_ANOMALY, AlertRule.of(Severity.MEDIUM, 0, 0, 2000));
            rules.put(AlertType.WINDOW_BLUR, AlertRule.of(Severity.LOW, 0, 0, 2000));
            rules.put(AlertType.PASTE, AlertRule.of(Severity.LOW, 0, 0, 2000));
            rules.put(AlertType.SECOND_DISPLAY, AlertRule.of(Severity.MEDIUM, 0, 0, 2000));
            rules.put(AlertType.HOST_DEFINED, AlertRule.of(Severity.LOW, 0, 0, 2000));
            prohibitedObjects.put("cell phone", 0.4);
        }

        private Builder(Policy base) {
            name = base.name;
            rules.putAll(base.rules);
            lookAway = base.lookAway;
            prohibitedObjects.putAll(base.prohibitedObjects);
            faceInterval = base.faceInterval;
            presenceInterval = base.presenceInterval;
        }

        /** See {@link Policy#name()}. */
        public Builder name(String value) {
            name = Objects.requireNonNull(value, "name");
            return this;
        }

        /** See {@link Policy#rule}. */
        public Builder rule(AlertType type, AlertRule rule) {
            rules.put(Objects.requireNonNull(type, "type"), Objects.requireNonNull(rule, "rule"));
            return this;
        }

        /** Switches on these kinds and no others. */
        public Builder only(AlertType... types) {
            List<AlertType> wanted = Arrays.asList(types);
            rules.replaceAll((type, rule) -> wanted.contains(type) ? rule : rule.off());
            return this;
        }

        /** See {@link Policy#lookAway()}. */
        public Builder lookAway(LookAwayLimits value) {
            lookAway = Objects.requireNonNull(value, "lookAway");
            return this;
        }

        /** Forbids a thing; see {@link Policy#prohibitedObjects()}. */
        public Builder prohibitedObject(String category, double minScore) {
            prohibitedObjects.put(Objects.requireNonNull(category, "category"), minScore);
            return this;
        }

        /** Forbids nothing. */
        public Builder noProhibitedObjects() {
            prohibitedObjects.clear();
            return this;
        }

        /** See {@link Policy#faceInterval()}. */
        public Builder faceInterval(Duration value) {
            faceInterval = Objects.requireNonNull(value, "faceInterval");
            return this;
        }

        /** See {@link Policy#presenceInterval()}. */
        public Builder presenceInterval(Duration value) {
            presenceInterval = Objects.requireNonNull(value, "presenceInterval");
            return this;
        }

        /**
         * Checks and builds.
         *
         * @throws EngineException with {@link ErrorCode#CONFIGURATION}, naming the setting, its value and what is allowed
         */
        public Policy build() {
            if (!name.matches("[a-z0-9][a-z0-9-]{0,63}")) {
                throw EngineException.outOfRange(
                        "name", '"' + name + '"', "1 to 64 lower-case letters, digits and hyphens");
            }
            prohibitedObjects.forEach((category, score) -> {
                if (!OBJECT_CATEGORIES.contains(category)) {
                    throw EngineException.outOfRange(
                            "prohibitedObjects",
                            '"' + category + '"',
                            "one of " + String.join(", ", OBJECT_CATEGORIES));
                }
                Ranges.check("prohibitedObjects." + category, score, 0.05, 1.0);
            });
            Ranges.checkAtMost("faceInterval", faceInterval, Duration.ofSeconds(10));
            Ranges.checkAtMost("presenceInterval", presenceInterval, Duration.ofMinutes(1));
            return new Policy(this);
        }
    }
}
