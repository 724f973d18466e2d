package io.invigil.replay.eval;

import io.invigil.api.AlertType;
import java.util.Map;
import java.util.Optional;

/** Which alert a labelled event asks for. */
final class EventKinds {
    private static final Map<String, AlertType> ALERTS = Map.of(
            "FACE_ABSENT", AlertType.NO_FACE,
            "MULTIPLE_FACES", AlertType.MULTIPLE_PERSONS,
            "MULTIPLE_PERSONS", AlertType.MULTIPLE_PERSONS,
            "GAZE_AWAY", AlertType.EYES_LOOKING_AWAY,
            "PHONE_VISIBLE", AlertType.PROHIBITED_OBJECT,
            "CAMERA_BLOCKED", AlertType.BLACK_SCREEN,
            "CAMERA_DARK", AlertType.BLACK_SCREEN,
            "VIDEO_FROZEN", AlertType.FROZEN_VIDEO,
            "VIDEO_LOOP", AlertType.FROZEN_VIDEO);

    private EventKinds() {}

    /** The alert for a labelled event; empty when the engine has none for it. */
    static Optional<AlertType> alertFor(String event) {
        return Optional.ofNullable(ALERTS.get(event));
    }
}
