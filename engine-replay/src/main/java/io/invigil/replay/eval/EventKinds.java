package io.invigil.replay.eval;

import io.invigil.api.Alert;
import io.invigil.api.AlertType;
import io.invigil.testdata.LabelledClips.Event;
import java.util.Map;
import java.util.Optional;

/** Which alert a labelled event asks for. */
final class EventKinds {
    private static final String PHONE_VISIBLE = "PHONE_VISIBLE";
    private static final Map<String, AlertType> ALERTS = Map.ofEntries(
            Map.entry("FACE_ABSENT", AlertType.NO_FACE),
            Map.entry("MULTIPLE_FACES", AlertType.MULTIPLE_PERSONS),
            Map.entry("MULTIPLE_PERSONS", AlertType.MULTIPLE_PERSONS),
            Map.entry("GAZE_AWAY", AlertType.EYES_LOOKING_AWAY),
            Map.entry(PHONE_VISIBLE, AlertType.PROHIBITED_OBJECT),
            Map.entry("CAMERA_BLOCKED", AlertType.BLACK_SCREEN),
            Map.entry("CAMERA_DARK", AlertType.BLACK_SCREEN),
            Map.entry("VIDEO_FROZEN", AlertType.FROZEN_VIDEO),
            Map.entry("VIDEO_LOOP", AlertType.FROZEN_VIDEO),
            Map.entry("IDENTITY_CHANGE", AlertType.IDENTITY_CHANGED),
            Map.entry("SPOOF", AlertType.SPOOF));

    private EventKinds() {}

    /** The alert for a labelled event; empty when the engine has none for it. */
    static Optional<AlertType> alertFor(Event event) {
        return Optional.ofNullable(ALERTS.get(event.type()));
    }

    /** True when the alert is of the kind, and of the object, that the event asks for; times do not matter. */
    static boolean sameKind(Alert alert, Event event) {
        return alertFor(event).filter(alert.type()::equals).isPresent()
                && (!event.type().equals(PHONE_VISIBLE) || ThingSeen.of(alert).equals(ThingSeen.PHONE));
    }
}
