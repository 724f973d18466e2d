package io.invigil.report.log;

import io.invigil.api.Attention;
import io.invigil.api.CameraState;
import io.invigil.api.Direction;
import io.invigil.api.Doubt;
import io.invigil.api.FaceObservation;
import io.invigil.api.Gaze;
import io.invigil.api.HeadPose;
import io.invigil.api.Modality;
import io.invigil.api.ObjectDetection;
import io.invigil.api.Observation;
import io.invigil.api.Reading;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a report draws of one analysed frame: a few numbers of its observation. Angles are degrees, NaN where not known.
 *
 * @param timestampNs media time from the first frame
 * @param camera what the camera delivered
 * @param unchanged true when the picture equals the one before
 * @param face whether any face is in the picture
 * @param faceCount faces seen
 * @param bodyCount bodies as last seen
 * @param headYawDeg the candidate's head turn
 * @param headPitchDeg the candidate's nod
 * @param eyeYawDeg the candidate's eye turn in the head
 * @param eyePitchDeg the candidate's eye rise in the head
 * @param gazeDoubt why the eyes could not be read; empty when they were, or when there is no face
 * @param attention whether the candidate looks away
 * @param direction the direction looked at
 * @param modality whether head or eyes show it
 * @param object the prohibited thing with the highest score; empty when none was found
 * @param objectScore its score, 0 when none was found
 */
public record TracePoint(
        long timestampNs,
        CameraState camera,
        boolean unchanged,
        Reading face,
        int faceCount,
        int bodyCount,
        double headYawDeg,
        double headPitchDeg,
        double eyeYawDeg,
        double eyePitchDeg,
        Optional<Doubt> gazeDoubt,
        Reading attention,
        Direction direction,
        Modality modality,
        String object,
        double objectScore) {
    /** Checks that nothing is null. */
    public TracePoint {
        Objects.requireNonNull(camera, "camera");
        Objects.requireNonNull(face, "face");
        Objects.requireNonNull(gazeDoubt, "gazeDoubt");
        Objects.requireNonNull(attention, "attention");
        Objects.requireNonNull(direction, "direction");
        Objects.requireNonNull(modality, "modality");
        Objects.requireNonNull(object, "object");
    }

    /** The point of an observation; of its objects those in these categories count. */
    public static TracePoint of(Observation seen, Attention attention, Collection<String> prohibited) {
        FaceObservation candidate = seen.faces().isEmpty() ? null : seen.faces().get(0);
        HeadPose head = candidate == null ? null : candidate.headPose().orElse(null);
        Gaze gaze = candidate == null ? null : candidate.gaze().orElse(null);
        ObjectDetection object = first(seen.presence().objects(), prohibited);
        return new TracePoint(
                seen.timestampNs(),
                seen.quality().state(),
                seen.quality().unchanged(),
                seen.face(),
                seen.faces().size(),
                seen.presence().persons().size(),
                head == null ? Double.NaN : head.yawDeg(),
                head == null ? Double.NaN : head.pitchDeg(),
                gaze == null ? Double.NaN : gaze.eyeYawDeg(),
                gaze == null ? Double.NaN : gaze.eyePitchDeg(),
                candidate == null ? Optional.empty() : candidate.gazeReading().doubt(),
                attention.reading(),
                attention.direction(),
                attention.modality(),
                object == null ? "" : object.category(),
                object == null ? 0 : object.score());
    }

    private static ObjectDetection first(List<ObjectDetection> objects, Collection<String> prohibited) {
        for (ObjectDetection object : objects) {
            if (prohibited.contains(object.category())) {
                return object;
            }
        }
        return null;
    }
}
