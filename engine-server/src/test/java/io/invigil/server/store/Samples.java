package io.invigil.server.store;

import io.invigil.api.Alert;
import io.invigil.api.AlertPhase;
import io.invigil.api.AlertType;
import io.invigil.api.CameraState;
import io.invigil.api.Direction;
import io.invigil.api.Doubt;
import io.invigil.api.Evidence;
import io.invigil.api.FrameCounts;
import io.invigil.api.Modality;
import io.invigil.api.Reading;
import io.invigil.api.SessionEvent;
import io.invigil.api.SessionScore;
import io.invigil.api.Severity;
import io.invigil.report.log.TracePoint;
import io.invigil.server.record.AlertRecord;
import io.invigil.server.record.SessionProgress;
import io.invigil.server.record.SessionRecord;
import io.invigil.wire.AccommodationView;
import io.invigil.wire.ReviewView;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Records for tests. */
final class Samples {
    static final long SECOND = 1_000_000_000L;
    static final long START_NS = 1_764_000_000L * SECOND;

    private Samples() {}

    static SessionRecord session(String id) {
        return session(id, START_NS);
    }

    static SessionRecord session(String id, long startNs) {
        return new SessionRecord(
                id,
                "Zoë \"Q\" O'Neil \u2603 \ud83d\ude42",
                "technical",
                60,
                "{\"name\":\"interview\"}",
                List.of(new AccommodationView(
                        "eyes_looking_away", "relax", 2.5, "a person", "2026-11-25T10:00:00.000Z", "on file")),
                true,
                Map.of("exam", "7", "room", ""),
                "host",
                startNs,
                SessionRecord.State.ACTIVE,
                OptionalLong.empty(),
                startNs,
                FrameCounts.ZERO,
                Optional.empty());
    }

    static AlertRecord alert(String sessionId, int number, AlertPhase phase, long endNs) {
        Alert alert = new Alert(
                "no_face-" + number,
                number % 2 == 0 ? AlertType.MULTIPLE_PERSONS : AlertType.NO_FACE,
                phase,
                number % 2 == 0 ? Severity.HIGH : Severity.MEDIUM,
                START_NS + number * SECOND,
                endNs,
                "Nobody's face is in the picture.",
                0.1 + 0.2,
                new Evidence(number * 3L, START_NS + number * SECOND + 7),
                Map.of("count", Integer.toString(number), "direction", "left"));
        return new AlertRecord(sessionId, number, alert, START_NS + number * SECOND + 7, endNs, false, ReviewView.OPEN);
    }

    static SessionEvent event(int number) {
        return new SessionEvent(
                SessionEvent.Kind.QUALITY,
                START_NS + number * SECOND,
                START_NS + (number + 1) * SECOND,
                "Too dark to tell for 1.0 s.");
    }

    static TracePoint point(int number) {
        boolean even = number % 2 == 0;
        return new TracePoint(
                START_NS + number * SECOND,
                even ? CameraState.OK : CameraState.BLACK,
                !even,
                even ? Reading.present(0.93) : Reading.cannotTell(Doubt.DARK),
                even ? 1 : 0,
                number,
                even ? -12.25 : Double.NaN,
                even ? 1.0 / 3 : Double.NaN,
                Double.NaN,
                0.5,
                even ? Optional.of(Doubt.BLURRED) : Optional.empty(),
                even ? Reading.absent(0.5) : Reading.cannotTell(Doubt.BLURRED),
                Direction.CENTER,
                Modality.NONE,
                even ? "cell phone" : "",
                even ? 0.75 : 0);
    }

    static SessionProgress progress(String sessionId, int step, byte[] snapshot, AlertRecord... alerts) {
        return new SessionProgress(
                sessionId,
                SessionRecord.State.ACTIVE,
                OptionalLong.empty(),
                START_NS + step * SECOND,
                new FrameCounts(step + 1L, step, 0, 1, 0, 0, 0),
                Optional.empty(),
                Optional.ofNullable(snapshot),
                List.of(alerts),
                List.of(event(step)),
                List.of(point(step)));
    }

    static SessionScore score() {
        long sessionNs = 7 * SECOND;
        return SessionScore.of(
                sessionNs,
                List.of(
                        SessionScore.Term.of(
                                AlertType.NO_FACE, 1.0 / 3, 2 * SECOND + 1, sessionNs, List.of("no_face-1")),
                        SessionScore.Term.of(
                                AlertType.MULTIPLE_PERSONS, 50, SECOND, sessionNs, List.of("no_face-2", "no_face-4"))));
    }

    static SessionProgress ended(String sessionId, int step) {
        return new SessionProgress(
                sessionId,
                SessionRecord.State.ENDED,
                OptionalLong.of(START_NS + step * SECOND),
                START_NS + step * SECOND,
                FrameCounts.ZERO,
                Optional.of(score()),
                Optional.empty(),
                List.of(),
                List.of(),
                List.of());
    }
}
