package io.invigil.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Objects;

/**
 * Where the candidate looks in a frame.
 *
 * @param faceDetected whether a face is there
 * @param lookingAway whether this frame shows the candidate looking away
 * @param violation true while an alert about it is open
 * @param gazeDirection {@code left}, {@code right} (of the picture), {@code up}, {@code down}, {@code center} or {@code unknown}
 * @param pitch the head's nod in degrees, positive upwards; null when not known
 * @param yaw the head's turn in degrees, positive towards the picture's right edge; null when not known
 * @param roll the head's tilt in degrees, positive clockwise; null when not known
 * @param duration seconds the open alert has lasted, 0 without one
 * @param totalAwayTime seconds of all such alerts of the session; absent without a face
 * @param alertType the kind of the open alert; null when none
 */
public record EyeTrackingView(
        boolean faceDetected,
        boolean lookingAway,
        boolean violation,
        String gazeDirection,
        Double pitch,
        Double yaw,
        Double roll,
        double duration,
        @JsonInclude(JsonInclude.Include.NON_NULL) Double totalAwayTime,
        String alertType) {
    /** Makes the numbers finite. */
    public EyeTrackingView {
        Objects.requireNonNull(gazeDirection, "gazeDirection");
        pitch = Finite.rounded(pitch);
        yaw = Finite.rounded(yaw);
        roll = Finite.rounded(roll);
        duration = Finite.rounded(duration);
        totalAwayTime = Finite.rounded(totalAwayTime);
    }
}
