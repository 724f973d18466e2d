package io.invigil.replay.eval;

import io.invigil.api.Detector;
import io.invigil.api.LookAwayLimits;
import io.invigil.api.Policy;
import io.invigil.report.log.TracePoint;
import io.invigil.testdata.LabelledClips.Interval;
import java.util.List;
import java.util.Set;

/**
 * Frames by where a candidate is labelled to look and where the engine says so: apart for eyes alone (the head labelled in
 * front) and for a turned head, and the pose of the head by itself. Not thread-safe.
 */
final class LookConfusion {
    static final String CANNOT_TELL = "cannot_tell";
    private static final String CENTER = "center";
    private static final String FRONT = "front";
    private static final Set<String> NO_HEAD = Set.of("", "unknown", "none", "away");

    private static final List<String> GAZE_LABELS =
            List.of(CENTER, "image_left", "image_right", "up", "down", "closed");
    private static final List<String> GAZE_ANSWERS =
            List.of(CENTER, "image_left", "image_right", "up", "down", CANNOT_TELL);
    private static final List<String> HEAD_LABELS = List.of(FRONT, "image_left", "image_right", "up", "down", "roll");
    private static final List<String> HEAD_ANSWERS =
            List.of(FRONT, "image_left", "image_right", "up", "down", CANNOT_TELL);

    private final LookAwayLimits limits;
    private final boolean lookedFor;
    private final Confusion eyes = new Confusion(GAZE_LABELS, GAZE_ANSWERS);
    private final Confusion turned = new Confusion(GAZE_LABELS, GAZE_ANSWERS);
    private final Confusion head = new Confusion(HEAD_LABELS, HEAD_ANSWERS);

    LookConfusion(Policy policy) {
        limits = policy.lookAway();
        lookedFor = policy.needs(Detector.GAZE);
    }

    /** Counts a frame; none where the policy does not ask for looks, so that no answer says nothing. */
    void add(Interval truth, TracePoint point) {
        if (!lookedFor) {
            return;
        }
        String gaze = Directions.main(truth.gaze());
        if (truth.head().equals(FRONT)) {
            eyes.add(gaze, gazeAnswer(point));
        } else if (!NO_HEAD.contains(truth.head())) {
            turned.add(gaze, gazeAnswer(point));
        }
        if (!NO_HEAD.contains(truth.head())) {
            head.add(Directions.main(truth.head()), headAnswer(point));
        }
    }

    void add(LookConfusion other) {
        eyes.add(other.eyes);
        turned.add(other.turned);
        head.add(other.head);
    }

    private static String gazeAnswer(TracePoint point) {
        if (point.attention().isUnknown()) {
            return CANNOT_TELL;
        }
        return point.attention().isPresent() ? point.direction().wireName() : CENTER;
    }

    /** The head against the line to the camera, by the policy's limits; sideways before up and down. */
    private String headAnswer(TracePoint point) {
        if (Double.isNaN(point.headYawDeg())) {
            return CANNOT_TELL;
        }
        if (Math.abs(point.headYawDeg()) >= limits.headYawDeg()) {
            return point.headYawDeg() < 0 ? "image_left" : "image_right";
        }
        if (point.headPitchDeg() >= limits.headUpDeg()) {
            return "up";
        }
        return -point.headPitchDeg() >= limits.headDownDeg() ? "down" : FRONT;
    }

    /** Gaze where the head is labelled in front. */
    Confusion eyes() {
        return eyes;
    }

    /** Gaze where the head is labelled turned. */
    Confusion turned() {
        return turned;
    }

    /** The head's pose against the line to the camera. */
    Confusion head() {
        return head;
    }
}
