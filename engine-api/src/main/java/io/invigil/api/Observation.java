package io.invigil.api;

import java.util.List;
import java.util.Objects;

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
 */
public record Observation(
        long frameIndex,
        long timestampNs,
        int widthPx,
        int heightPx,
        ImageQuality quality,
        Reading face,
        List<FaceObservation> faces,
        PresenceObservation presence) {
    /** Copies the list and checks that nothing is null. */
    public Observation {
        Objects.requireNonNull(quality, "quality");
        Objects.requireNonNull(face, "face");
        faces = List.copyOf(Objects.requireNonNull(faces, "faces"));
        Objects.requireNonNull(presence, "presence");
    }
}
