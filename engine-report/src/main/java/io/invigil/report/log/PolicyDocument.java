package io.invigil.report.log;

import io.invigil.api.AlertRule;
import io.invigil.api.AlertType;
import io.invigil.api.GlanceLimits;
import io.invigil.api.LookAwayLimits;
import io.invigil.api.Measure;
import io.invigil.api.Policy;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/** A policy as a JSON document, complete and always the same text for equal policies. */
public final class PolicyDocument {
    /** The version of the format, in the member {@link #VERSION_KEY}. */
    public static final int VERSION = 1;
    /** The member that says that a document is a policy, and of which version. */
    public static final String VERSION_KEY = "invigil_policy";

    private PolicyDocument() {}

    /** The document, for people: every setting, with units in the names. It ends with a line break. */
    public static String write(Policy policy) {
        return write(JsonText.indented(), policy) + "\n";
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

    /** The JSON Schema (2020-12) of policy documents. */
    public static String schema() {
        try (InputStream schema = PolicyDocument.class.getResourceAsStream("policy.schema.json")) {
            return new String(schema.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new IllegalStateException("the schema is not in the archive", unreadable);
        }
    }

    static JsonText write(JsonText json, Policy policy) {
        json.object().member(VERSION_KEY, VERSION).member("name", policy.name());
        json.name("rules").object();
        for (Map.Entry<AlertType, AlertRule> entry : policy.rules().entrySet()) {
            rule(json.name(entry.getKey().wireName()), entry.getKey(), entry.getValue());
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
                .member("vertical", limits.vertical())
                .member("before_neutral", limits.beforeNeutral())
                .endObject();
        GlanceLimits glances = policy.glances();
        seconds(json.name("repeated_glances").object(), "window_s", glances.window());
        json.member("count", glances.count()).member("share", glances.share()).endObject();
        json.name("partial_face")
                .object()
                .member("visible_share", policy.partialFace().visibleShare())
                .member("largest_share", policy.partialFace().largestShare())
                .endObject();
        seconds(json.name("identity").object(), "interval_s", policy.identity().interval());
        json.member("pooled_looks", policy.identity().pooledLooks()).endObject();
        seconds(json.name("spoof").object(), "interval_s", policy.spoof().interval());
        json.member("pooled_looks", policy.spoof().pooledLooks()).endObject();
        json.name("prohibited_objects").object();
        policy.prohibitedObjects().forEach(json::member);
        json.endObject();
        seconds(json, "face_interval_s", policy.faceInterval());
        seconds(json, "presence_interval_s", policy.presenceInterval());
        return json.endObject();
    }

    private static void rule(JsonText json, AlertType type, AlertRule rule) {
        Optional<Measure> measure = Measure.of(type);
        json.object()
                .member("enabled", rule.enabled())
                .member("severity", rule.severity().wireName());
        if (measure.isPresent()) {
            json.member("enter", rule.enter());
        }
        if (measure.filter(Measure::hasExit).isPresent()) {
            json.member("exit", rule.exit());
        }
        seconds(json, "hold_s", rule.hold());
        if (hasRelease(type)) {
            seconds(json, "release_s", rule.release());
        }
        if (hasMergeGap(type)) {
            seconds(json, "merge_gap_s", rule.mergeGap());
        }
        seconds(json, "cooldown_s", rule.cooldown());
        json.member("weight", rule.weight()).endObject();
    }

    /** False for what is over when it is told. */
    static boolean hasRelease(AlertType type) {
        return type != AlertType.STREAM_GAP && !type.isHostReported();
    }

    /** False for what is told once, when it is over. */
    static boolean hasMergeGap(AlertType type) {
        return type != AlertType.STREAM_GAP;
    }

    private static void seconds(JsonText json, String name, Duration time) {
        json.member(name, BigDecimal.valueOf(time.toNanos()).movePointLeft(9).doubleValue());
    }
}
