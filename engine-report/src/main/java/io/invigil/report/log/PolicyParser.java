package io.invigil.report.log;

import io.invigil.api.AlertRule;
import io.invigil.api.AlertType;
import io.invigil.api.EngineException;
import io.invigil.api.LookAwayLimits;
import io.invigil.api.Policy;
import io.invigil.api.Severity;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads policies from JSON documents as {@link PolicyDocument} writes them. Every member may be left out: it then keeps
 * the value of the preset the member {@code extends} names, or of {@code interview}. Unknown members, wrong types and
 * values out of range are errors, never ignored. Thread-safe.
 */
public final class PolicyParser {
    private static final List<String> ROOT_KEYS = List.of(
            "extends", "name", "rules", "look_away", "prohibited_objects", "face_interval_s", "presence_interval_s");
    private static final List<String> RULE_KEYS =
            List.of("enabled", "severity", "hold_s", "release_s", "merge_gap_s", "cooldown_s");
    private static final List<String> LOOK_AWAY_KEYS = List.of(
            "head_yaw_deg",
            "head_up_deg",
            "head_down_deg",
            "eye_yaw_deg",
            "eye_up_deg",
            "eye_down_deg",
            "exit_ratio",
            "vertical");

    private final JsonMapper mapper = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    /**
     * Reads a document.
     *
     * @throws PolicyException naming the member, its value and what is allowed
     */
    public Policy parse(String document) throws PolicyException {
        JsonNode tree;
        try {
            tree = mapper.readTree(document);
        } catch (JacksonException failure) {
            String where = failure.getLocation() == null
                    ? ""
                    : " at line " + failure.getLocation().getLineNr();
            throw new PolicyException("not valid JSON" + where + ": "
                    + failure.getOriginalMessage().lines().findFirst().orElse(""));
        }
        if (tree == null || !tree.isObject()) {
            throw new PolicyException("a policy must be a JSON object");
        }
        try {
            return read(new PolicyNode("", tree));
        } catch (EngineException outOfRange) {
            throw new PolicyException(outOfRange.getMessage());
        }
    }

    private static Policy read(PolicyNode root) throws PolicyException {
        root.allow(ROOT_KEYS);
        Policy base = Policy.preset(root.text("extends", "interview"));
        boolean changed = root.has("rules") || root.has("look_away") || root.has("prohibited_objects");
        Policy.Builder policy = base.toBuilder()
                .name(root.text("name", changed ? "custom" : base.name()))
                .faceInterval(root.seconds("face_interval_s", base.faceInterval(), 10))
                .presenceInterval(root.seconds("presence_interval_s", base.presenceInterval(), 60));
        if (root.has("rules")) {
            PolicyNode rules = root.object("rules");
            rules.allow(
                    Arrays.stream(AlertType.values()).map(AlertType::wireName).toList());
            for (AlertType type : AlertType.values()) {
                if (rules.has(type.wireName())) {
                    policy.rule(type, rule(rules.object(type.wireName()), base.rule(type)));
                }
            }
        }
        if (root.has("look_away")) {
            policy.lookAway(lookAway(root.object("look_away"), base.lookAway()));
        }
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

    private static AlertRule rule(PolicyNode node, AlertRule base) throws PolicyException {
        node.allow(RULE_KEYS);
        return new AlertRule(
                node.truth("enabled", base.enabled()),
                severity(node, base.severity()),
                node.seconds("hold_s", base.hold(), 60),
                node.seconds("release_s", base.release(), 60),
                node.seconds("merge_gap_s", base.mergeGap(), 60),
                node.seconds("cooldown_s", base.cooldown(), 600));
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

    private static LookAwayLimits lookAway(PolicyNode node, LookAwayLimits base) throws PolicyException {
        node.allow(LOOK_AWAY_KEYS);
        return new LookAwayLimits(
                node.number("head_yaw_deg", base.headYawDeg(), 5, 90),
                node.number("head_up_deg", base.headUpDeg(), 5, 90),
                node.number("head_down_deg", base.headDownDeg(), 5, 90),
                node.number("eye_yaw_deg", base.eyeYawDeg(), 5, 60),
                node.number("eye_up_deg", base.eyeUpDeg(), 5, 60),
                node.number("eye_down_deg", base.eyeDownDeg(), 5, 60),
                node.number("exit_ratio", base.exitRatio(), 0.3, 1),
                node.truth("vertical", base.vertical()));
    }

    /** A duration of this many seconds, to the nanosecond. */
    static Duration ofSeconds(double seconds) {
        return Duration.ofNanos(Math.round(seconds * 1e9));
    }
}
