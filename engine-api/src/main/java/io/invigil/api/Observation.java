package io.invigil.api;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Everything perception says about one analysed frame: plain numbers and three-valued answers, no pixels. Judgement works
 * on observations alone, so a log of them can be judged again under another policy. All numbers are rounded when the
 * observation is made, so that writing and reading them as text changes nothing.
 *
 * @param frameIndex which offered frame of the session this is, from 0
 * @param timestampNs the frame's media time
 * @param widthPx width of the upright picture
 * @param heightPx height of the upright picture
 * @param quality what the camera delivers
 * @param face whether any face is in the picture
 * @param faces the faces, the candidate's (the largest followed one) first
 * @param presence bodies and objects as last seen
 * @param identity whether the face of the session's start is there; empty when the policy does not ask for it
 * @param spoof whether the face looks like a picture of one; empty when the policy does not ask for it
 */
public record Observation(
        long frameIndex,
        long timestampNs,
        int widthPx,
        int heightPx,
        ImageQuality quality,
        Reading face,
        List<FaceObservation> faces,
        PresenceObservation presence,
        Optional<IdentityObservation> identity,
        Optional<SpoofObservation> spoof) {
    /** Copies the list and checks that nothing is null. */
    public Observation {
        Objects.requireNonNull(quality, "quality");
        Objects.requireNonNull(face, "face");
        faces = List.copyOf(Objects.requireNonNull(faces, "faces"));
        Objects.requireNonNull(presence, "presence");
        Objects.requireNonNull(identity, "identity");
        Objects.requireNonNull(spoof, "spoof");
    }

    /** An observation that says nothing about identity and attacks. */
    public Observation(
            long frameIndex,
            long timestampNs,
            int widthPx,
            int heightPx,
            ImageQuality quality,
            Reading face,
            List<FaceObservation> faces,
            PresenceObservation presence) {
        this(
                frameIndex,
                timestampNs,
                widthPx,
                heightPx,
                quality,
                face,
                faces,
                presence,
                Optional.empty(),
                Optional.empty());
    }

    /**
     * What is left of it when only these detectors run. Perception hands out nothing else, and judging again under a policy
     * that asks for fewer detectors takes nothing else into account.
     */
    public Observation limitedTo(Set<Detector> detectors) {
        boolean looksForFaces = detectors.contains(Detector.FACE);
        List<FaceObservation> left = !looksForFaces
                ? List.of()
                : detectors.contains(Detector.FURTHER_FACES) || faces.isEmpty() ? faces : List.of(faces.get(0));
        if (!detectors.contains(Detector.GAZE)) {
            left = left.stream().map(FaceObservation::withoutGaze).toList();
        }
        return new Observation(
                frameIndex,
                timestampNs,
                widthPx,
                heightPx,
                detectors.contains(Detector.FURTHER_FACES) || detectors.contains(Detector.FURTHER_BODIES)
                        ? quality
                        : quality.withoutCells(),
                looksForFaces ? face : Reading.cannotTell(Doubt.NOT_EVALUATED),
                left,
                presence.limitedTo(detectors, looksForFaces ? this::holdsCandidate : body -> false),
                detectors.contains(Detector.IDENTITY) ? identity : Optional.empty(),
                detectors.contains(Detector.SPOOF) ? spoof : Optional.empty());
    }

    private boolean holdsCandidate(BoundingBox body) {
        return !faces.isEmpty() && faces.get(0).box().shareInside(body) > PresenceObservation.OWN_FACE_INSIDE;
    }
}
