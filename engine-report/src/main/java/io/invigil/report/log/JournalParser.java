package io.invigil.report.log;

import io.invigil.api.Answer;
import io.invigil.api.Attention;
import io.invigil.api.BoundingBox;
import io.invigil.api.CalibrationTarget;
import io.invigil.api.CameraState;
import io.invigil.api.Direction;
import io.invigil.api.Doubt;
import io.invigil.api.EngineException;
import io.invigil.api.FaceObservation;
import io.invigil.api.Gaze;
import io.invigil.api.HeadPose;
import io.invigil.api.HostEvent;
import io.invigil.api.IdentityObservation;
import io.invigil.api.ImageQuality;
import io.invigil.api.Modality;
import io.invigil.api.ObjectDetection;
import io.invigil.api.Observation;
import io.invigil.api.Pause;
import io.invigil.api.PresenceObservation;
import io.invigil.api.Reading;
import io.invigil.api.SceneMotion;
import io.invigil.api.SessionSignal;
import io.invigil.api.Severity;
import io.invigil.api.SpoofObservation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads the lines {@link JournalWriter} writes. Thread-safe. */
public final class JournalParser {
    private final JsonMapper mapper = JsonMapper.builder().build();

    /**
     * Reads the first line of a log.
     *
     * @throws IllegalArgumentException when it is no head of a log this program reads; the message says why
     */
    public JournalHead head(String line) {
        JsonNode root = tree(line);
        if (!"head".equals(root.path("line").asString(""))) {
            throw new IllegalArgumentException(
                    "the log has no head that says under which policy it was written; write it again with a replay");
        }
        long schema = whole(root, "schema");
        if (schema != JournalWriter.SCHEMA) {
            throw new IllegalArgumentException("schema is " + schema + ", must be " + JournalWriter.SCHEMA);
        }
        try {
            Map<String, String> hashes = new TreeMap<>();
            JsonNode models = need(root, "models");
            models.propertyNames().forEach(name -> hashes.put(name, text(models, name)));
            JournalHead head = new JournalHead(
                    PolicyParser.read(need(root, "policy")),
                    AccommodationDocument.read(need(root, "accommodations")),
                    hashes);
            head.effectivePolicy();
            return head;
        } catch (PolicyException | EngineException wrong) {
            throw new IllegalArgumentException(wrong.getMessage());
        }
    }

    /**
     * Reads one further line.
     *
     * @throws IllegalArgumentException when it is no such line; the message names the member
     */
    public JournalEntry entry(String line) {
        JsonNode root = tree(line);
        String kind = text(root, "line");
        try {
            return switch (kind) {
                case "observation" -> observation(root);
                case "failed" -> new FailedFrame(whole(root, "frame"), whole(root, "t_ns"), text(root, "reason"));
                case "signal" -> new LoggedSignal(signal(root));
                default ->
                    throw new IllegalArgumentException(
                            "line is \"" + kind + "\", must be observation, failed or signal");
            };
        } catch (EngineException outOfRange) {
            throw new IllegalArgumentException(outOfRange.getMessage());
        }
    }

    private JsonNode tree(String line) {
        try {
            JsonNode root = mapper.readTree(line);
            if (root != null && root.isObject()) {
                return root;
            }
        } catch (JacksonException failure) {
            throw new IllegalArgumentException("not a JSON object", failure);
        }
        throw new IllegalArgumentException("not a JSON object");
    }

    private static SessionSignal signal(JsonNode root) {
        long timestampNs = whole(root, "t_ns");
        if (root.has("paused")) {
            return new Pause(timestampNs, truth(root, "paused"));
        }
        if (root.has("calibration_until_ns")) {
            return new CalibrationTarget(
                    timestampNs, whole(root, "calibration_until_ns"), number(root, "x_share"), number(root, "y_share"));
        }
        if (!root.has("event")) {
            throw new IllegalArgumentException(
                    "the signal is of no known kind: it must have event, paused or calibration_until_ns");
        }
        return new HostEvent(
                text(root, "event"),
                constant(HostEvent.Phase.class, root, "phase"),
                timestampNs,
                root.has("severity") ? Optional.of(constant(Severity.class, root, "severity")) : Optional.empty(),
                text(root, "note"));
    }

    private static LoggedObservation observation(JsonNode root) {
        List<FaceObservation> faces = new ArrayList<>();
        list(root, "faces").forEach(node -> faces.add(face(node)));
        Observation observation = new Observation(
                whole(root, "frame"),
                whole(root, "t_ns"),
                count(root, "width_px"),
                count(root, "height_px"),
                quality(need(root, "quality")),
                reading(need(root, "face")),
                faces,
                presence(need(root, "presence")),
                Optional.ofNullable(root.get("identity")).map(JournalParser::identity),
                Optional.ofNullable(root.get("spoof")).map(JournalParser::spoof));
        return new LoggedObservation(observation, attention(need(root, "attention")));
    }

    private static ImageQuality quality(JsonNode node) {
        return new ImageQuality(
                constant(CameraState.class, node, "state"),
                number(node, "brightness"),
                number(node, "contrast"),
                number(node, "sharpness"),
                number(node, "change"),
                number(node, "peak_change"),
                truth(node, "unchanged"),
                truth(node, "scene_cut"),
                node.has("motion") ? motion(node.get("motion")) : SceneMotion.UNKNOWN);
    }

    private static SceneMotion motion(JsonNode node) {
        return new SceneMotion(
                count(node, "view"),
                number(node, "shift_x"),
                number(node, "shift_y"),
                text(node, "cells"),
                whole(node, "repeats_after_ns"));
    }

    private static Reading reading(JsonNode node) {
        return new Reading(
                constant(Answer.class, node, "answer"),
                number(node, "confidence"),
                node.has("doubt") ? Optional.of(constant(Doubt.class, node, "doubt")) : Optional.empty());
    }

    private static FaceObservation face(JsonNode node) {
        Optional<HeadPose> pose = Optional.ofNullable(node.get("head"))
                .map(head -> new HeadPose(
                        number(head, "yaw_deg"),
                        number(head, "pitch_deg"),
                        number(head, "roll_deg"),
                        number(head, "distance_cm"),
                        number(head, "fit_error_px")));
        Optional<Gaze> gaze = Optional.ofNullable(node.get("gaze"))
                .map(eyes -> new Gaze(
                        number(eyes, "eye_yaw_deg"),
                        number(eyes, "eye_pitch_deg"),
                        number(eyes, "yaw_deg"),
                        number(eyes, "pitch_deg"),
                        number(eyes, "openness")));
        return new FaceObservation(
                count(node, "track"),
                box(need(node, "box_px")),
                number(node, "score"),
                number(node, "motion"),
                pose,
                gaze,
                reading(need(node, "gaze_reading")));
    }

    private static PresenceObservation presence(JsonNode node) {
        return new PresenceObservation(
                whole(node, "evaluated_at_ns"),
                truth(node, "fresh"),
                detections(list(node, "persons")),
                detections(list(node, "objects")));
    }

    private static IdentityObservation identity(JsonNode node) {
        return new IdentityObservation(
                node.has("reference_at_ns") ? whole(node, "reference_at_ns") : IdentityObservation.NO_REFERENCE,
                truth(node, "compared"),
                number(node, "distance"),
                reading(need(node, "reading")));
    }

    private static SpoofObservation spoof(JsonNode node) {
        return new SpoofObservation(truth(node, "looked"), number(node, "score"), reading(need(node, "reading")));
    }

    private static List<ObjectDetection> detections(JsonNode nodes) {
        List<ObjectDetection> detections = new ArrayList<>();
        nodes.forEach(node -> detections.add(
                new ObjectDetection(text(node, "category"), number(node, "score"), box(need(node, "box_px")))));
        return detections;
    }

    private static BoundingBox box(JsonNode node) {
        if (!node.isArray() || node.size() != 4) {
            throw new IllegalArgumentException("box_px must be an array of four numbers");
        }
        double[] sides = new double[4];
        for (int i = 0; i < sides.length; i++) {
            if (!node.get(i).isNumber() || node.get(i).asDoubleOpt().isEmpty()) {
                throw new IllegalArgumentException("box_px must be an array of four numbers");
            }
            sides[i] = node.get(i).asDouble();
        }
        return new BoundingBox(sides[0], sides[1], sides[2], sides[3]);
    }

    private static Attention attention(JsonNode node) {
        return new Attention(
                reading(need(node, "reading")),
                constant(Direction.class, node, "direction"),
                constant(Modality.class, node, "modality"),
                number(node, "head_yaw_deg"),
                number(node, "head_pitch_deg"),
                number(node, "eye_yaw_deg"),
                number(node, "eye_pitch_deg"));
    }

    private static JsonNode need(JsonNode node, String name) {
        JsonNode member = node.get(name);
        if (member == null) {
            throw new IllegalArgumentException(name + " is missing");
        }
        return member;
    }

    private static JsonNode list(JsonNode node, String name) {
        JsonNode member = need(node, name);
        if (!member.isArray()) {
            throw new IllegalArgumentException(name + " must be an array");
        }
        return member;
    }

    private static double number(JsonNode node, String name) {
        JsonNode member = need(node, name);
        if (member.isNull()) {
            return Double.NaN;
        }
        if (!member.isNumber() || member.asDoubleOpt().isEmpty()) {
            throw new IllegalArgumentException(name + " must be a number");
        }
        return member.asDouble();
    }

    private static long whole(JsonNode node, String name) {
        JsonNode member = need(node, name);
        if (!member.isIntegralNumber() || !member.canConvertToLong()) {
            throw new IllegalArgumentException(name + " must be a whole number of at most 64 bits");
        }
        return member.asLong();
    }

    private static int count(JsonNode node, String name) {
        long value = whole(node, name);
        if (value < 0 || value > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(name + " is " + value + ", must be in 0.." + Integer.MAX_VALUE);
        }
        return (int) value;
    }

    private static String text(JsonNode node, String name) {
        JsonNode member = need(node, name);
        if (!member.isString()) {
            throw new IllegalArgumentException(name + " must be a text");
        }
        return member.asString();
    }

    private static boolean truth(JsonNode node, String name) {
        JsonNode member = need(node, name);
        if (!member.isBoolean()) {
            throw new IllegalArgumentException(name + " must be true or false");
        }
        return member.asBoolean();
    }

    private static <E extends Enum<E>> E constant(Class<E> type, JsonNode node, String name) {
        String text = text(node, name);
        try {
            return Enum.valueOf(type, text.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException unknown) {
            throw new IllegalArgumentException(name + " is \"" + text + "\", which is not known");
        }
    }
}
