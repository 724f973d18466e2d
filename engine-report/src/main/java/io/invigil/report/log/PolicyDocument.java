package io.invigil.report.log;

import io.invigil.api.AlertRule;
import io.invigil.api.AlertType;
import io.invigil.api.LookAwayLimits;
import io.invigil.api.Policy;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;

/** A policy as a JSON document, complete and always the same text for equal policies. */
public final class PolicyDocument {
    private PolicyDocument() {}

    /** The document, for people: every setting, with units in the names. It ends with a line break. */
    public static String write(Policy policy) {
        JsonText json = JsonText.indented().object().member("name", policy.name());
        json.name("rules").object();
        for (Map.Entry<AlertType, AlertRule> entry : policy.rules().entrySet()) {
            AlertRule rule = entry.getValue();
            json.name(entry.getKey().wireName())
                    .object()
                    .member("enabled", rule.enabled())
                    .member("severity", rule.severity().wireName());
            seconds(json, "hold_s", rule.hold());
            seconds(json, "release_s", rule.release());
            seconds(json, "merge_gap_s", rule.mergeGap());
            seconds(json, "cooldown_s", rule.cooldown());
            json.endObject();
        }
        json.endObject();
        LookAwayLimits limits = policy.lookAway();
        json.name("look_away")
                .object()
                .member("head_yaw_deg", limits.headYawDeg())
                .member("head_up_deg", limits.headUpDeg())
                .member("head_down_deg", limits.headDownDeg())
                .member("eye_yaw_deg", limits.eyeYawDeg())
                .member("eye_up_deg", limits.eyeUpDeg())
                .member("eye_down_deg", limits.eyeDownDeg())
                .member("exit_ratio", limits.exitRatio())
                .member("vertical", limits.vertical())
                .endObject();
        json.name("prohibited_objects").object();
        policy.prohibitedObjects().forEach(json::member);
        json.endObject();
        seconds(json, "face_interval_s", policy.faceInterval());
        seconds(json, "presence_interval_s", policy.presenceInterval());
        return json.endObject() + "\n";
    }

    /** SHA-256 of the document in UTF-8, as 64 lower-case hexadecimal digits. */
    public static String sha256(Policy policy) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(write(policy).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java runtime has SHA-256", impossible);
        }
    }

    private static void seconds(JsonText json, String name, Duration time) {
        json.member(name, BigDecimal.valueOf(time.toNanos()).movePointLeft(9).doubleValue());
    }
}
