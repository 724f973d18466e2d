package io.invigil.report.log;

import io.invigil.api.Attention;
import io.invigil.api.BoundingBox;
import io.invigil.api.Doubt;
import io.invigil.api.FaceObservation;
import io.invigil.api.Gaze;
import io.invigil.api.HeadPose;
import io.invigil.api.ImageQuality;
import io.invigil.api.ObjectDetection;
import io.invigil.api.Observation;
import io.invigil.api.PresenceObservation;
import io.invigil.api.Reading;
import io.invigil.api.SceneMotion;
import java.util.List;
import java.util.Locale;

/** Writes observations as JSON, one a line; {@link ObservationParser} reads the same records back. */
public final class ObservationWriter {
    /** The number of the line format; it changes when a reader of the old one would go wrong. */
    public static final int SCHEMA = 1;

    private ObservationWriter() {}

    /** One line without its line break. */
    public static String write(LoggedObservation logged) {
        Observation seen = logged.observation();
        JsonText json = JsonText.line().object();
        json.member("schema", SCHEMA)
                .member("frame", seen.frameIndex())
                .member("t_ns", seen.timestampNs())
                .member("width_px", seen.widthPx())
                .member("height_px", seen.heightPx());
        quality(json.name("quality"), seen.quality());
        reading(json.name("face"), seen.face());
        json.name("faces").array();
        seen.faces().forEach(face -> face(json, face));
        json.endArray();
        presence(json.name("presence"), seen.presence());
        attention(json.name("attention"), logged.attention());
        return json.endObject().toString();
    }

    private static void quality(JsonText json, ImageQuality quality) {
        json.object()
                .member("state", quality.state().wireName())
                .member("brightness", quality.brightness())
                .member("contrast", quality.contrast())
                .member("sharpness", quality.sharpness())
                .member("change", quality.change())
                .member("peak_change", quality.peakChange())
                .member("unchanged", quality.unchanged())
                .member("scene_cut", quality.sceneCut());
        motion(json.name("motion"), quality.motion());
        json.endObject();
    }

    private static void motion(JsonText json, SceneMotion motion) {
        json.object()
                .member("view", motion.view())
                .member("shift_x", motion.shiftX())
                .member("shift_y", motion.shiftY())
                .member("cells", motion.cells())
                .member("repeats_after_ns", motion.repeatsAfterNs())
                .endObject();
    }

    private static void reading(JsonText json, Reading reading) {
        json.object()
                .member("answer", reading.answer().name().toLowerCase(Locale.ROOT))
                .member("confidence", reading.confidence());
        if (reading.doubt().isPresent()) {
            json.member("doubt", reading.doubt().map(Doubt::wireName).orElseThrow());
        }
        json.endObject();
    }

    private static void face(JsonText json, FaceObservation face) {
        json.object().member("track", face.trackId());
        box(json.name("box_px"), face.box());
        json.member("score", face.score()).member("motion", face.motion());
        if (face.headPose().isPresent()) {
            HeadPose pose = face.headPose().orElseThrow();
            json.name("head")
                    .object()
                    .member("yaw_deg", pose.yawDeg())
                    .member("pitch_deg", pose.pitchDeg())
                    .member("roll_deg", pose.rollDeg())
                    .member("distance_cm", pose.distanceCm())
                    .member("fit_error_px", pose.fitErrorPx())
                    .endObject();
        }
        if (face.gaze().isPresent()) {
            Gaze gaze = face.gaze().orElseThrow();
            json.name("gaze")
                    .object()
                    .member("eye_yaw_deg", gaze.eyeYawDeg())
                    .member("eye_pitch_deg", gaze.eyePitchDeg())
                    .member("yaw_deg", gaze.yawDeg())
                    .member("pitch_deg", gaze.pitchDeg())
                    .member("openness", gaze.openness())
                    .endObject();
        }
        reading(json.name("gaze_reading"), face.gazeReading());
        json.endObject();
    }

    private static void presence(JsonText json, PresenceObservation presence) {
        json.object().member("evaluated_at_ns", presence.evaluatedAtNs()).member("fresh", presence.fresh());
        detections(json.name("persons"), presence.persons());
        detections(json.name("objects"), presence.objects());
        json.endObject();
    }

    private static void detections(JsonText json, List<ObjectDetection> detections) {
        json.array();
        for (ObjectDetection detection : detections) {
            json.object().member("category", detection.category()).member("score", detection.score());
            box(json.name("box_px"), detection.box());
            json.endObject();
        }
        json.endArray();
    }

    private static void box(JsonText json, BoundingBox box) {
        json.array()
                .value(box.leftPx())
                .value(box.topPx())
                .value(box.widthPx())
                .value(box.heightPx())
                .endArray();
    }

    private static void attention(JsonText json, Attention attention) {
        json.object();
        reading(json.name("reading"), attention.reading());
        json.member("direction", attention.direction().wireName())
                .member("modality", attention.modality().wireName())
                .member("head_yaw_deg", attention.headYawDeg())
                .member("head_pitch_deg", attention.headPitchDeg())
                .member("eye_yaw_deg", attention.eyeYawDeg())
                .member("eye_pitch_deg", attention.eyePitchDeg())
                .endObject();
    }
}
