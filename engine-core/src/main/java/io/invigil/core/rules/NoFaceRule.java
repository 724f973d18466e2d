package io.invigil.core.rules;

import io.invigil.api.CameraState;
import io.invigil.api.ObjectDetection;
import io.invigil.api.Observation;
import java.util.Map;

/**
 * No face is in the picture. Only an absence that perception vouches for counts, and never one in a picture too dark or too
 * bright to see a face in.
 */
final class NoFaceRule {
    /** A body with at least this score is mentioned beside the missing face. */
    private static final double BODY_SCORE = 0.55;

    private NoFaceRule() {}

    static Finding judge(Observation seen) {
        CameraState camera = seen.quality().state();
        return switch (seen.face().answer()) {
            case PRESENT -> Finding.OFF;
            case CANNOT_TELL -> Finding.UNKNOWN;
            case ABSENT ->
                camera == CameraState.DARK || camera == CameraState.OVEREXPOSED ? Finding.UNKNOWN : absent(seen);
        };
    }

    private static Finding absent(Observation seen) {
        double confidence = seen.face().confidence();
        if (seen.presence().evaluatedAtNs() < 0) {
            return Finding.on(confidence, "face", "No face is in the picture", Map.of());
        }
        boolean body = false;
        for (ObjectDetection person : seen.presence().persons()) {
            body |= person.score() >= BODY_SCORE;
        }
        return body
                ? Finding.on(
                        confidence,
                        "body",
                        "No face is in the picture, though a person is seen",
                        Map.of("body", "seen"))
                : Finding.on(confidence, "nobody", "Nobody is in the picture", Map.of("body", "not_seen"));
    }
}
