package io.invigil.report.log;

import io.invigil.api.AlertRule;
import io.invigil.api.AlertType;
import io.invigil.api.EngineException;
import io.invigil.api.GlanceLimits;
import io.invigil.api.IdentityLimits;
import io.invigil.api.LookAwayLimits;
import io.invigil.api.Measure;
import io.invigil.api.PartialFaceLimits;
import io.invigil.api.Policy;
import io.invigil.api.Severity;
import io.invigil.api.SpoofLimits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads policies from JSON documents as {@link PolicyDocument} writes them. The version must be there; every other member may
 * be left out: it then keeps the value of the preset the member {@code extends} names, or of {@code interview}. Unknown
 * members, wrong types, values out of range and impossible combinations are errors, never ignored. Thread-safe.
 */
public final class PolicyParser {
    private static final List<String> ROOT_KEYS = List.of(
            PolicyDocument.VERSION_KEY,
            "extends",
            "name",
            "rules",
            "look_away",
            "repeated_glances",
            "partial_face",
            "identity",
            "spoof",
            "prohibited_objects",
            "face_interval_s",
            "presence_interval_s");
    private static final List<String> LOOK_AWAY_KEYS = List.of(
            "head_yaw_deg",
            "head_up_deg",
            "head_down_deg",
            "eye_yaw_deg",
            "eye_up_deg",
            "eye_down_deg",
            "vertical",
            "before_neutral");
    private static final List<String> LOOKS_KEYS = List.of("interval_s", "pooled_looks");

    private final JsonMapper mapper = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    /**
     * Reads a document.
     *
     * @throws PolicyException naming the member, its value and what is allowed
     */
    public Policy parse(String document) throws PolicyException {
        Objects.requireNonNull(document, "document");
        JsonNode tree;
        try {
            tree = mapper.readTree(withoutMark(document));
        } catch (JacksonException failure) {
            String where = failure.getLocation() == null
                    ? ""
                    : " at line " + failure.getLocation().getLineNr() + ", column "
                            + failure.getLocation().getColumnNr();
            throw new PolicyException("not valid JSON" + where + ": " + words(failure.getOriginalMessage()));
        }
        if (tree == null || !tree.isObject()) {
            throw new PolicyException("a policy must be a JSON object");
        }
        return read(tree);
    }

    /** Some editors begin a file with a byte order mark, which is no part of the text. */
    static String withoutMark(String document) {
        return document.startsWith("\ufeff") ? document.substring(1) : document;
    }

    /** What stands in brackets, what was expected instead and how to allow it is for programmers of the JSON library. */
    private static String words(String message) {
        return message.lines().findFirst().orElse("").replaceFirst("( \\(|: was expecting |: enable ).*", "");
    }

    /**
     * Reads a policy that is part of another document.
     *
     * @param tree a JSON object
     * @throws PolicyException as {@link #parse}
     */
    static Policy read(JsonNode tree) throws PolicyException {
        try {
            return read(new PolicyNode("", tree));
        } catch (EngineException outOfRange) {
            // What no member breaks by itself is told by the policy, which has this one under another name.
            throw new PolicyException(outOfRange.getMessage().replace("prohibitedObjects", "prohibited_objects"));
        }
    }

    private static Policy read(PolicyNode root) throws PolicyException {
        checkVersion(root);
        root.allow(ROOT_KEYS);
        Policy base = base(root);
        boolean changed = root.names().stream()
                .anyMatch(name ->
                        !List.of(PolicyDocument.VERSION_KEY, "extends", "name").contains(name));
        Policy.Builder policy = base.toBuilder()
                .name(root.text("name", changed ? "custom" : base.name()))
                .faceInterval(root.seconds("face_interval_s", base.faceInterval(), 0, 10))
                .presenceInterval(root.seconds("presence_interval_s", base.presenceInterval(), 0, 60));
        if (root.has("rules")) {
            PolicyNode rules = root.object("rules");
            rules.allow(
                    Arrays.stream(AlertType.values()).map(AlertType::wireName).toList());
            for (AlertType type : AlertType.values()) {
                if (rules.has(type.wireName())) {
                    policy.rule(type, rule(type, rules.object(type.wireName()), base.rule(type)));
                }
            }
        }
        limits(root, base, policy);
        if (root.has("prohibited_objects")) {
            PolicyNode objects = root.object("prohibited_objects");
            objects.allow(Policy.OBJECT_CATEGORIES);
            policy.noProhibitedObjects();
            for (String category : objects.names()) {
                policy.prohibitedObject(category, objects.number(category, 0, 0.05, 1));
            }
        }
        return policy.build();
    }

    private static Policy base(PolicyNode root) throws PolicyException {
        String name = root.text("extends", "interview");
        for (Policy preset : Policy.presets()) {
            if (preset.name().equals(name)) {
                return preset;
            }
        }
        throw root.wrong(
                "extends",
                "one of " + Policy.presets().stream().map(Policy::name).collect(Collectors.joining(", ")));
    }

    private static void checkVersion(PolicyNode root) throws PolicyException {
        if (!root.has(PolicyDocument.VERSION_KEY)) {
            throw new PolicyException(PolicyDocument.VERSION_KEY + " is missing, must be " + PolicyDocument.VERSION);
        }
        if (!root.isNumber(PolicyDocument.VERSION_KEY, PolicyDocument.VERSION)) {
            throw root.wrong(
                    PolicyDocument.VERSION_KEY,
                    PolicyDocument.VERSION + ", the version of policies that this program reads");
        }
    }

    private static AlertRule rule(AlertType type, PolicyNode node, AlertRule base) throws PolicyException {
        Optional<Measure> measure = Measure.of(type);
        node.allow(ruleKeys(type));
        double enter = measure.isEmpty()
                ? base.enter()
                : node.number(
                        "enter",
                        base.enter(),
                        measure.get().least(),
                        measure.get().most());
        double exit = enter;
        if (measure.filter(Measure::hasExit).isPresent()) {
            exit = node.number(
                    "exit", Math.min(base.exit(), enter), measure.get().least(), enter);
        }
        Duration release =
                PolicyDocument.hasRelease(type) ? node.seconds("release_s", base.release(), 0, 60) : base.release();
        Duration mergeGap = PolicyDocument.hasMergeGap(type)
                ? node.seconds("merge_gap_s", max(base.mergeGap(), release), inSeconds(release), 60)
                : base.mergeGap();
        return new AlertRule(
                node.truth("enabled", base.enabled()),
                severity(node, base.severity()),
                enter,
                exit,
                node.seconds("hold_s", base.hold(), 0, 60),
                release,
                mergeGap,
                node.seconds("cooldown_s", base.cooldown(), 0, 600),
                node.number("weight", base.weight(), 0, 100));
    }

    /** What the rule of a kind can set: only what acts on it. */
    static List<String> ruleKeys(AlertType type) {
        List<String> keys = new ArrayList<>(List.of("enabled", "severity"));
        Measure.of(type).ifPresent(measure -> keys.add("enter"));
        Measure.of(type).filter(Measure::hasExit).ifPresent(measure -> keys.add("exit"));
        keys.add("hold_s");
        if (PolicyDocument.hasRelease(type)) {
            keys.add("release_s");
        }
        if (PolicyDocument.hasMergeGap(type)) {
            keys.add("merge_gap_s");
        }
        keys.addAll(List.of("cooldown_s", "weight"));
        return keys;
    }

    private static Duration max(Duration a, Duration b) {
        return a.compareTo(b) >= 0 ? a : b;
    }

    private static double inSeconds(Duration time) {
        return time.toNanos() / 1e9;
    }

    private static Severity severity(PolicyNode node, Severity base) throws PolicyException {
        String text = node.text("severity", base.wireName());
        for (Severity severity : Severity.values()) {
            if (severity.wireName().equals(text)) {
                return severity;
            }
        }
        String allowed =
                Arrays.stream(Severity.values()).map(Severity::wireName).collect(Collectors.joining(", "));
        throw node.wrong("severity", "one of " + allowed);
    }

    private static void limits(PolicyNode root, Policy base, Policy.Builder policy) throws PolicyException {
        if (root.has("look_away")) {
            policy.lookAway(lookAway(root.object("look_away"), base.lookAway()));
        }
        if (root.has("repeated_glances")) {
            PolicyNode node = root.object("repeated_glances");
            node.allow(List.of("window_s", "count", "share"));
            GlanceLimits glances = base.glances();
            policy.glances(new GlanceLimits(
                    node.seconds("window_s", glances.window(), 10, 600),
                    node.whole("count", glances.count(), 2, 100),
                    node.number("share", glances.share(), 0.01, 1)));
        }
        if (root.has("partial_face")) {
            PolicyNode node = root.object("partial_face");
            node.allow(List.of("visible_share", "largest_share"));
            PartialFaceLimits partial = base.partialFace();
            policy.partialFace(new PartialFaceLimits(
                    node.number("visible_share", partial.visibleShare(), 0.2, 0.99),
                    node.number("largest_share", partial.largestShare(), 0.3, 2)));
        }
        if (root.has("identity")) {
            PolicyNode node = root.object("identity");
            node.allow(LOOKS_KEYS);
            policy.identity(new IdentityLimits(
                    node.seconds("interval_s", base.identity().interval(), 0, 60),
                    node.whole("pooled_looks", base.identity().pooledLooks(), 1, 50)));
        }
        if (root.has("spoof")) {
            PolicyNode node = root.object("spoof");
            node.allow(LOOKS_KEYS);
            policy.spoof(new SpoofLimits(
                    node.seconds("interval_s", base.spoof().interval(), 0, 60),
                    node.whole("pooled_looks", base.spoof().pooledLooks(), 1, 50)));
        }
    }

    private static LookAwayLimits lookAway(PolicyNode node, LookAwayLimits base) throws PolicyException {
        node.allow(LOOK_AWAY_KEYS);
        return new LookAwayLimits(
                node.number("head_yaw_deg", base.headYawDeg(), 5, 90),
                node.number("head_up_deg", base.headUpDeg(), 5, 90),
                node.number("head_down_deg", base.headDownDeg(), 5, 90),
                node.number("eye_yaw_deg", base.eyeYawDeg(), 5, 60),
                node.number("eye_up_deg", base.eyeUpDeg(), 5, 60),
                node.number("eye_down_deg", base.eyeDownDeg(), 5, 60),
                node.truth("vertical", base.vertical()),
                node.truth("before_neutral", base.beforeNeutral()));
    }

    /** A duration of this many seconds, to the nanosecond. */
    static Duration ofSeconds(double seconds) {
        return Duration.ofNanos(Math.round(seconds * 1e9));
    }
}
