package io.invigil.report.log;

import io.invigil.api.Attention;
import io.invigil.api.BoundingBox;
import io.invigil.api.CalibrationTarget;
import io.invigil.api.Doubt;
import io.invigil.api.FaceObservation;
import io.invigil.api.Gaze;
import io.invigil.api.HeadPose;
import io.invigil.api.HostEvent;
import io.invigil.api.IdentityObservation;
import io.invigil.api.ImageQuality;
import io.invigil.api.ObjectDetection;
import io.invigil.api.Observation;
import io.invigil.api.Pause;
import io.invigil.api.PresenceObservation;
import io.invigil.api.Reading;
import io.invigil.api.SceneMotion;
import io.invigil.api.SessionSignal;
import io.invigil.api.SpoofObservation;
import java.util.List;
import java.util.Locale;

/**
 * Writes an observation log, one JSON object a line: a head, then everything the session was judged by in the order of
 * judgement. {@link JournalParser} reads the same records back.
 */
public final class JournalWriter {
    /** The number of the line format; it changes when a reader of the old one would go wrong. */
    public static final int SCHEMA = 2;

    private JournalWriter() {}

    /** The first line without its line break. */
    public static String write(JournalHead head) {
        JsonText json = JsonText.line().object().member("line", "head").member("schema", SCHEMA);
        PolicyDocument.write(json.name("policy"), head.policy());
        AccommodationDocument.write(json.name("accommodations"), head.accommodations());
        json.name("models").object();
        head.modelHashes().forEach(json::member);
        return json.endObject().endObject().toString();
    }

    /** One further line without its line break. */
    public static String write(JournalEntry entry) {
        if (entry instanceof LoggedObservation logged) {
            return observation(logged);
        }
        if (entry instanceof FailedFrame failed) {
            return JsonText.line()
                    .object()
                    .member("line", "failed")
                    .member("frame", failed.frameIndex())
                    .member("t_ns", failed.timestampNs())
                    .member("reason", failed.reason())
                    .endObject()
                    .toString();
        }
        return signal(((LoggedSignal) entry).signal());
    }

    private static String signal(SessionSignal signal) {
        JsonText json = JsonText.line().object().member("line", "signal").member("t_ns", signal.timestampNs());
        if (signal instanceof HostEvent event) {
            json.member("event", event.name())
                    .member("phase", event.phase().name().toLowerCase(Locale.ROOT));
            event.severity().ifPresent(severity -> json.member("severity", severity.wireName()));
            json.member("note", event.note());
        } else if (signal instanceof Pause pause) {
            json.member("paused", pause.paused());
        } else if (signal instanceof CalibrationTarget target) {
            json.member("calibration_until_ns", target.untilNs())
                    .member("x_share", target.xShare())
                    .member("y_share", target.yShare());
        } else {
            throw new IllegalArgumentException(
                    "signal is a " + signal.getClass().getSimpleName() + ", which has no line format");
        }
        return json.endObject().toString();
    }

    private static String observation(LoggedObservation logged) {
        Observation seen = logged.observation();
        JsonText json = JsonText.line().object();
        json.member("line", "observation")
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
        seen.identity().ifPresent(identity -> identity(json.name("identity"), identity));
        seen.spoof().ifPresent(spoof -> spoof(json.name("spoof"), spoof));
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

    private static void identity(JsonText json, IdentityObservation identity) {
        json.object();
        if (identity.hasReference()) {
            json.member("reference_at_ns", identity.referenceAtNs());
        }
        json.member("compared", identity.compared()).member("distance", identity.distance());
        reading(json.name("reading"), identity.reading());
        json.endObject();
    }

    private static void spoof(JsonText json, SpoofObservation spoof) {
        json.object().member("looked", spoof.looked()).member("score", spoof.score());
        reading(json.name("reading"), spoof.reading());
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
