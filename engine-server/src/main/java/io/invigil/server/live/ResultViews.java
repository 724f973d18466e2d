package io.invigil.server.live;

import io.invigil.api.Alert;
import io.invigil.api.AlertType;
import io.invigil.api.Attention;
import io.invigil.api.BoundingBox;
import io.invigil.api.FaceObservation;
import io.invigil.api.FrameResult;
import io.invigil.api.HeadPose;
import io.invigil.api.ObjectDetection;
import io.invigil.api.Observation;
import io.invigil.api.Policy;
import io.invigil.api.PresenceObservation;
import io.invigil.api.Shedding;
import io.invigil.server.record.AlertRecord;
import io.invigil.wire.AlertView;
import io.invigil.wire.EyeTrackingView;
import io.invigil.wire.FaceDetectionView;
import io.invigil.wire.FrameResultView;
import io.invigil.wire.ObjectDetectionView;
import io.invigil.wire.ViolationView;
import io.invigil.wire.WireTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Turns the engine's results into the wire's. */
final class ResultViews {
    private static final double NANOS_PER_SECOND = 1e9;
    private static final String PHONE = "cell phone";
    private static final Map<String, Integer> COCO = Map.ofEntries(
            Map.entry("person", 0),
            Map.entry("tv", 62),
            Map.entry("laptop", 63),
            Map.entry("mouse", 64),
            Map.entry("remote", 65),
            Map.entry("keyboard", 66),
            Map.entry(PHONE, 67),
            Map.entry("book", 73));

    private final String sessionId;
    private final Policy policy;
    private final AlertLedger ledger;

    ResultViews(String sessionId, Policy policy, AlertLedger ledger) {
        this.sessionId = sessionId;
        this.policy = policy;
        this.ledger = ledger;
    }

    /** The view of a result, its alerts aside. */
    FrameResultView of(FrameResult result, long frameIndex) {
        String timestamp = WireTime.iso(result.timestampNs());
        if (result.failure().isPresent()) {
            return FrameResultView.failed(
                    timestamp, sessionId, frameIndex, result.failure().get().getMessage());
        }
        Observation seen = result.observation().orElseThrow();
        List<Alert> open = openAlerts();
        return new FrameResultView(
                timestamp,
                sessionId,
                violations(open, timestamp),
                List.of(),
                faces(seen, open),
                eyes(seen, result.attention().orElseThrow(), open, result.timestampNs()),
                objects(seen.presence(), open),
                open.isEmpty() ? "ok" : "violations_detected",
                true,
                null,
                null,
                frameIndex,
                result.load().load(),
                word(result.load().shedding()),
                List.of());
    }

    /** The wire's word for what is looked for less often. */
    static String word(Shedding shedding) {
        return switch (shedding) {
            case NONE -> "none";
            case OBJECTS -> "objects";
            case PERSONS -> "persons";
        };
    }

    /** Loops instead of streams from here on: this runs for every frame. */
    private List<Alert> openAlerts() {
        List<AlertRecord> records = ledger.open();
        if (records.isEmpty()) {
            return List.of();
        }
        List<Alert> open = new ArrayList<>(records.size());
        for (AlertRecord record : records) {
            open.add(record.alert());
        }
        return open;
    }

    private List<ViolationView> violations(List<Alert> open, String timestamp) {
        if (open.isEmpty()) {
            return List.of();
        }
        List<ViolationView> violations = new ArrayList<>(open.size());
        for (Alert alert : open) {
            violations.add(violation(alert, timestamp));
        }
        return violations;
    }

    private ViolationView violation(Alert alert, String timestamp) {
        Map<String, String> data = new HashMap<>(alert.details());
        data.put("alert_id", AlertView.idOf(sessionId, alert.id()));
        return new ViolationView(
                alert.type().wireName(), alert.severity().wireName(), alert.message(), timestamp, data);
    }

    private static Optional<Alert> open(List<Alert> open, AlertType type) {
        for (Alert alert : open) {
            if (alert.type() == type) {
                return Optional.of(alert);
            }
        }
        return Optional.empty();
    }

    private static FaceDetectionView faces(Observation seen, List<Alert> open) {
        Optional<Alert> persons = open(open, AlertType.MULTIPLE_PERSONS);
        List<FaceDetectionView.FaceView> faces = new ArrayList<>(seen.faces().size());
        for (FaceObservation face : seen.faces()) {
            faces.add(new FaceDetectionView.FaceView(box(face.box()), face.score()));
        }
        return new FaceDetectionView(
                persons.isPresent(),
                seen.faces().size(),
                1,
                faces,
                persons.map(alert -> alert.type().wireName()).orElse(null));
    }

    private static FaceDetectionView.BoxView box(BoundingBox box) {
        return new FaceDetectionView.BoxView(box.leftPx(), box.topPx(), box.widthPx(), box.heightPx());
    }

    private EyeTrackingView eyes(Observation seen, Attention attention, List<Alert> open, long nowNs) {
        FaceObservation face = seen.faces().isEmpty() ? null : seen.faces().get(0);
        HeadPose pose = face == null ? null : face.headPose().orElse(null);
        Optional<Alert> away = open(open, AlertType.EYES_LOOKING_AWAY);
        boolean looksAway = attention.reading().isPresent();
        return new EyeTrackingView(
                face != null,
                looksAway,
                away.isPresent(),
                direction(attention),
                pose == null ? null : (Double) pose.pitchDeg(),
                pose == null ? null : (Double) pose.yawDeg(),
                pose == null ? null : (Double) pose.rollDeg(),
                away.map(alert -> (nowNs - alert.startNs()) / NANOS_PER_SECOND).orElse(0.0),
                face == null ? null : (Double) (ledger.totalNs(AlertType.EYES_LOOKING_AWAY) / NANOS_PER_SECOND),
                away.map(alert -> alert.type().wireName()).orElse(null));
    }

    private static String direction(Attention attention) {
        if (attention.reading().isUnknown()) {
            return "unknown";
        }
        return switch (attention.direction()) {
            case CENTER -> "center";
            case IMAGE_LEFT -> "left";
            case IMAGE_RIGHT -> "right";
            case UP -> "up";
            case DOWN -> "down";
        };
    }

    private Object objects(PresenceObservation presence, List<Alert> open) {
        if (presence.evaluatedAtNs() == PresenceObservation.NEVER) {
            return FrameResultView.NOT_RUN;
        }
        Optional<Alert> prohibited = open(open, AlertType.PROHIBITED_OBJECT);
        List<ObjectDetectionView.ObjectView> objects =
                presence.objects().stream().map(this::object).toList();
        List<ObjectDetectionView.ObjectView> high = objects.stream()
                .filter(ObjectDetectionView.ObjectView::isHighPriority)
                .toList();
        return new ObjectDetectionView(
                prohibited.isPresent(),
                high.stream().anyMatch(object -> object.className().equals(PHONE)),
                objects.size(),
                objects,
                high,
                prohibited
                        .map(alert -> PHONE.equals(alert.details().get("object"))
                                ? "phone_detected"
                                : "prohibited_object_detected")
                        .orElse(null));
    }

    private ObjectDetectionView.ObjectView object(ObjectDetection found) {
        Double least = policy.prohibitedObjects().get(found.category());
        boolean high = least != null && found.score() >= least;
        BoundingBox box = found.box();
        return new ObjectDetectionView.ObjectView(
                COCO.getOrDefault(found.category(), -1),
                found.category(),
                found.score(),
                new ObjectDetectionView.CornersView(
                        box.leftPx(), box.topPx(), box.rightPx(), box.bottomPx(), box.widthPx(), box.heightPx()),
                high,
                high ? "high" : "normal");
    }
}
