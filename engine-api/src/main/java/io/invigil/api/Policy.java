package io.invigil.api;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a session judges by: for each kind of alert whether, from where on, when and how loudly, and how often the costly
 * detectors run. Immutable. A policy never changes what is seen, only what is said about it, except that what no enabled kind
 * asks for is not looked for: {@link #detectors()}.
 */
public final class Policy {
    /** The things the engine looks for, so the ones a policy can forbid: COCO's names, sorted. */
    public static final List<String> OBJECT_CATEGORIES = List.of("book", "cell phone", "laptop", "remote", "tv");

    private final String name;
    private final Map<AlertType, AlertRule> rules;
    private final LookAwayLimits lookAway;
    private final GlanceLimits glances;
    private final PartialFaceLimits partialFace;
    private final IdentityLimits identity;
    private final SpoofLimits spoof;
    private final Map<String, Double> prohibitedObjects;
    private final Duration faceInterval;
    private final Duration presenceInterval;
    private final Set<Detector> detectors;

    private Policy(Builder builder) {
        name = builder.name;
        rules = Collections.unmodifiableMap(new EnumMap<>(builder.rules));
        lookAway = builder.lookAway;
        glances = builder.glances;
        partialFace = builder.partialFace;
        identity = builder.identity;
        spoof = builder.spoof;
        prohibitedObjects = Collections.unmodifiableMap(new TreeMap<>(builder.prohibitedObjects));
        faceInterval = builder.faceInterval;
        presenceInterval = builder.presenceInterval;
        EnumSet<Detector> needed = EnumSet.noneOf(Detector.class);
        rules.forEach((type, rule) -> needed.addAll(rule.enabled() ? Detector.neededFor(type) : Set.of()));
        detectors = Collections.unmodifiableSet(needed);
    }

    /** The default: an interview at a screen. Looking down for a while is fine, looking aside is not. */
    public static Policy interview() {
        return Interview.POLICY;
    }

    /** One object for all sessions that take it; made when it is first asked for. */
    private static final class Interview {
        private static final Policy POLICY = new Builder().build();
    }

    /** A closed-book examination on screen: as the interview, and looking up or down counts as well. */
    public static Policy closedBook() {
        return Presets.closedBook(interview());
    }

    /** Writing on paper is allowed: looking down never counts, looking aside counts late, books are not looked for. */
    public static Policy paperAllowed() {
        return Presets.paperAllowed(interview());
    }

    /** Open book: where the candidate looks does not matter. */
    public static Policy openBook() {
        return Presets.openBook(interview());
    }

    /** Every kind on, the opt-in ones included, in every direction; for measuring what the engine sees. */
    public static Policy strict() {
        return Presets.strict(closedBook());
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

    /**
     * The policy a candidate with these accommodations is judged by; this one when there are none.
     *
     * @throws EngineException with {@link ErrorCode#CONFIGURATION} when a kind is eased twice, or cannot be relaxed
     */
    public Policy withAccommodations(Collection<Accommodation> accommodations) {
        Objects.requireNonNull(accommodations, "accommodations");
        Builder eased = toBuilder();
        Set<AlertType> seen = EnumSet.noneOf(AlertType.class);
        for (Accommodation accommodation : accommodations) {
            AlertType kind = accommodation.kind();
            if (!seen.add(kind)) {
                throw EngineException.outOfRange("accommodations." + kind.wireName(), "there twice", "there once");
            }
            AlertRule rule = accommodation.applyTo(rule(kind));
            eased.rule(kind, kind == AlertType.PROHIBITED_OBJECT ? reachable(rule) : rule);
        }
        return accommodations.isEmpty() ? this : eased.build();
    }

    /** No median score lies above 1, however much is relaxed. */
    private AlertRule reachable(AlertRule rule) {
        double most = prohibitedObjects.values().stream()
                .mapToDouble(score -> 1 / score)
                .min()
                .orElse(rule.enter());
        return rule.withThresholds(Math.min(rule.enter(), most), Math.min(rule.exit(), most));
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
        return rules.get(Objects.requireNonNull(type, "type"));
    }

    /** All rules, in the order of the kinds. */
    public Map<AlertType, AlertRule> rules() {
        return rules;
    }

    /** From where on a candidate looks away. */
    public LookAwayLimits lookAway() {
        return lookAway;
    }

    /** From where on short looks away are repeated ones. */
    public GlanceLimits glances() {
        return glances;
    }

    /** From where on a face is only partly in the picture, or too near. */
    public PartialFaceLimits partialFace() {
        return partialFace;
    }

    /** How the candidate is compared with who sat there at the start. */
    public IdentityLimits identity() {
        return identity;
    }

    /** How prints and screens are looked for. */
    public SpoofLimits spoof() {
        return spoof;
    }

    /** Forbidden things, of {@link #OBJECT_CATEGORIES}: category to the median score that is told, 0.05 to 1, sorted by category. */
    public Map<String, Double> prohibitedObjects() {
        return prohibitedObjects;
    }

    /**
     * How often the face detector looks for further faces while one is followed; 0 to 10 s, 0 for every frame. A fourth as
     * often while nothing stirs in a picture that was searched: to the last corner, or a few times where the policy asks for
     * nobody but the candidate.
     */
    public Duration faceInterval() {
        return faceInterval;
    }

    /** How often bodies and objects are looked for; 0 to 60 s, 0 for every frame. */
    public Duration presenceInterval() {
        return presenceInterval;
    }

    /** The detectors that enabled kinds ask for; no other runs. */
    public Set<Detector> detectors() {
        return detectors;
    }

    /** True when an enabled kind asks for this detector. */
    public boolean needs(Detector detector) {
        return detectors.contains(detector);
    }

    /**
     * SHA-256 of every setting, as 64 lower-case hexadecimal digits. It ties a snapshot to its policy; another version of the
     * program may give another one.
     */
    public String fingerprint() {
        String settings = String.join(
                "\n",
                name,
                rules.toString(),
                lookAway.toString(),
                glances.toString(),
                partialFace.toString(),
                identity.toString(),
                spoof.toString(),
                prohibitedObjects.toString(),
                faceInterval.toString(),
                presenceInterval.toString());
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(sha256.digest(settings.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java runtime has SHA-256", impossible);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Policy that
                && name.equals(that.name)
                && rules.equals(that.rules)
                && lookAway.equals(that.lookAway)
                && glances.equals(that.glances)
                && partialFace.equals(that.partialFace)
                && identity.equals(that.identity)
                && spoof.equals(that.spoof)
                && prohibitedObjects.equals(that.prohibitedObjects)
                && faceInterval.equals(that.faceInterval)
                && presenceInterval.equals(that.presenceInterval);
    }

    @Override
    public int hashCode() {
        return Objects.hash(
                name,
                rules,
                lookAway,
                glances,
                partialFace,
                identity,
                spoof,
                prohibitedObjects,
                faceInterval,
                presenceInterval);
    }

    @Override
    public String toString() {
        return "Policy[" + name + "]";
    }

    /** Builds a policy. Not thread-safe. */
    public static final class Builder {
        private String name = "interview";
        private final EnumMap<AlertType, AlertRule> rules;
        private LookAwayLimits lookAway = new LookAwayLimits(22, 20, 25, 14, 16, 20, false, false);
        private GlanceLimits glances = new GlanceLimits(Duration.ofSeconds(60), 5, 0.1);
        private PartialFaceLimits partialFace = new PartialFaceLimits(0.75, 0.85);
        private IdentityLimits identity = new IdentityLimits(Duration.ofSeconds(1), 5);
        private SpoofLimits spoof = new SpoofLimits(Duration.ofSeconds(1), 5);
        private final Map<String, Double> prohibitedObjects = new TreeMap<>();
        private Duration faceInterval = Duration.ofMillis(600);
        private Duration presenceInterval = Duration.ofMillis(1000);

        private Builder() {
            rules = new EnumMap<>(Presets.interviewRules());
            prohibitedObjects.put("cell phone", 0.4);
        }

        private Builder(Policy base) {
            name = base.name;
            rules = new EnumMap<>(base.rules);
            lookAway = base.lookAway;
            glances = base.glances;
            partialFace = base.partialFace;
            identity = base.identity;
            spoof = base.spoof;
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
            rules.replaceAll((type, rule) -> wanted.contains(type) ? rule.on() : rule.off());
            return this;
        }

        /** See {@link Policy#lookAway()}. */
        public Builder lookAway(LookAwayLimits value) {
            lookAway = Objects.requireNonNull(value, "lookAway");
            return this;
        }

        /** See {@link Policy#glances()}. */
        public Builder glances(GlanceLimits value) {
            glances = Objects.requireNonNull(value, "glances");
            return this;
        }

        /** See {@link Policy#partialFace()}. */
        public Builder partialFace(PartialFaceLimits value) {
            partialFace = Objects.requireNonNull(value, "partialFace");
            return this;
        }

        /** See {@link Policy#identity()}. */
        public Builder identity(IdentityLimits value) {
            identity = Objects.requireNonNull(value, "identity");
            return this;
        }

        /** See {@link Policy#spoof()}. */
        public Builder spoof(SpoofLimits value) {
            spoof = Objects.requireNonNull(value, "spoof");
            return this;
        }

        /** Forbids a thing; see {@link Policy#prohibitedObjects()}. */
        public Builder prohibitedObject(String category, double minScore) {
            prohibitedObjects.put(Objects.requireNonNull(category, "category"), minScore);
            return this;
        }

        /** Forbids nothing; the rule for objects must then be off or other things be forbidden. */
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
            Ranges.checkAtMost("faceInterval", faceInterval, Duration.ofSeconds(10));
            Ranges.checkAtMost("presenceInterval", presenceInterval, Duration.ofMinutes(1));
            rules.forEach(Builder::check);
            checkObjects();
            return new Policy(this);
        }

        private static void check(AlertType type, AlertRule rule) {
            String key = "rules." + type.wireName();
            Measure measure = Measure.of(type).orElse(new Measure("nothing", "none", 0, 0, false));
            Ranges.check(key + ".enter", rule.enter(), measure.least(), measure.most());
            Ranges.check(key + ".exit", rule.exit(), measure.hasExit() ? measure.least() : rule.enter(), rule.enter());
            // What is told when it is over, or what the host says is over, need not wait for it.
            if (type.isHostReported() || type == AlertType.STREAM_GAP) {
                Ranges.checkAtMost(key + ".release", rule.release(), Duration.ZERO);
            }
            if (type == AlertType.STREAM_GAP) {
                Ranges.checkAtMost(key + ".mergeGap", rule.mergeGap(), Duration.ZERO);
            }
        }

        private void checkObjects() {
            AlertRule rule = rules.get(AlertType.PROHIBITED_OBJECT);
            if (rule.enabled() && prohibitedObjects.isEmpty()) {
                throw EngineException.outOfRange(
                        "prohibitedObjects",
                        "empty",
                        "at least one of " + String.join(", ", OBJECT_CATEGORIES)
                                + " while rules.prohibited_object is on");
            }
            prohibitedObjects.forEach((category, score) -> {
                if (!OBJECT_CATEGORIES.contains(category)) {
                    throw EngineException.outOfRange(
                            "prohibitedObjects",
                            '"' + category + '"',
                            "one of " + String.join(", ", OBJECT_CATEGORIES));
                }
                Ranges.check("prohibitedObjects." + category, score, 0.05, 1.0);
                if (rule.enter() * score > 1) {
                    throw EngineException.outOfRange(
                            "rules.prohibited_object.enter",
                            rule.enter(),
                            "at most " + 1 / score + ", since prohibitedObjects." + category + " is " + score);
                }
            });
        }
    }
}
