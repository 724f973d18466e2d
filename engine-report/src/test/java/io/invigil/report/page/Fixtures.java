package io.invigil.report.page;

import io.invigil.api.Alert;
import io.invigil.api.AlertPhase;
import io.invigil.api.AlertType;
import io.invigil.api.CameraState;
import io.invigil.api.Direction;
import io.invigil.api.Doubt;
import io.invigil.api.Evidence;
import io.invigil.api.FrameCounts;
import io.invigil.api.Modality;
import io.invigil.api.Policy;
import io.invigil.api.Reading;
import io.invigil.api.Rotation;
import io.invigil.api.SessionEvent;
import io.invigil.api.Severity;
import io.invigil.api.StageTimings;
import io.invigil.api.ThreadingMode;
import io.invigil.report.log.FrameAccounting;
import io.invigil.report.log.RecordingInfo;
import io.invigil.report.log.RecordingResult;
import io.invigil.report.log.RunSettings;
import io.invigil.report.log.RunTiming;
import io.invigil.report.log.TracePoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** An invented recording of 80 seconds in which every kind of alert occurs. */
public final class Fixtures {
    private static final long SECOND = 1_000_000_000L;
    private static final long SEED = 20261123;

    private Fixtures() {}

    /** The whole result under a file name. */
    public static RecordingResult result(String fileName, Map<String, byte[]> pictures) {
        FrameCounts counts = new FrameCounts(380, 378, 0, 0, 0, 2, 0);
        return new RecordingResult(
                fileName,
                new RecordingInfo(
                        "mov,mp4,m4a,3gp,3g2,mj2", "h264", 640, 480, Rotation.NONE, 80 * SECOND, 20, 2_882_858),
                79_950_000_000L,
                settings(),
                new FrameAccounting(1520, 0, 1140, 0, counts, 0, 0, 0, 0),
                new RunTiming(
                        5_612_000_000L,
                        1_100_000_000L,
                        new StageTimings(800_000_000L, 1_900_000_000L, 400_000_000L, 2_300_000_000L, 9_000_000L)),
                false,
                false,
                List.of(),
                alerts(),
                List.of(
                        new SessionEvent(
                                SessionEvent.Kind.CALIBRATED,
                                3 * SECOND,
                                3 * SECOND,
                                "The neutral position was learned from 2.8 s of steady looking at the camera."),
                        new SessionEvent(
                                SessionEvent.Kind.QUALITY,
                                47 * SECOND,
                                53 * SECOND,
                                "The picture was too dark to tell whether anybody is there.")),
                traces(),
                pictures);
    }

    static RunSettings settings() {
        return new RunSettings(
                Policy.openBook().toBuilder()
                        .name("interview-custom")
                        .rule(AlertType.EYES_LOOKING_AWAY, Policy.interview().rule(AlertType.EYES_LOOKING_AWAY))
                        .rule(
                                AlertType.STREAM_GAP,
                                Policy.interview().rule(AlertType.STREAM_GAP).off())
                        .build(),
                5,
                2,
                ThreadingMode.FUSED,
                "0.1.0",
                Map.of(
                        "face_detection_full_range",
                        "2f3a0e9a7f9c8e0b1c2d3e4f5a6b7c8d9e0f1a2b3c4d5e6f708192a3b4c5d6e7",
                        "face_mesh_attention",
                        "8b1f0e9a7f9c8e0b1c2d3e4f5a6b7c8d9e0f1a2b3c4d5e6f708192a3b4c5d6e7",
                        "nanodet",
                        "c91e0e9a7f9c8e0b1c2d3e4f5a6b7c8d9e0f1a2b3c4d5e6f708192a3b4c5d6e7"),
                "2026-11-24T00:20:00Z");
    }

    static List<Alert> alerts() {
        return List.of(
                alert(
                        AlertType.EYES_LOOKING_AWAY,
                        1,
                        Severity.MEDIUM,
                        8.4,
                        12.6,
                        0.91,
                        "Looked to image left for 4.2 s, by turning the head.",
                        Map.of("direction", "image_left", "modality", "head")),
                alert(
                        AlertType.EYES_LOOKING_AWAY,
                        2,
                        Severity.MEDIUM,
                        17.0,
                        20.2,
                        0.74,
                        "Looked to image right for 3.2 s with the eyes alone.",
                        Map.of("direction", "image_right", "modality", "eyes")),
                alert(
                        AlertType.NO_FACE,
                        1,
                        Severity.HIGH,
                        24.0,
                        29.2,
                        0.98,
                        "Nobody was in the picture for 5.2 s.",
                        Map.of()),
                alert(
                        AlertType.MULTIPLE_PERSONS,
                        1,
                        Severity.HIGH,
                        33.6,
                        38.8,
                        0.88,
                        "Two people were in the picture for 5.2 s.",
                        Map.of("count", "2", "by", "faces")),
                alert(
                        AlertType.PROHIBITED_OBJECT,
                        1,
                        Severity.CRITICAL,
                        41.0,
                        45.4,
                        0.52,
                        "A cell phone was in the picture for 4.4 s.",
                        Map.of("object", "cell phone")),
                alert(
                        AlertType.BLACK_SCREEN,
                        1,
                        Severity.HIGH,
                        47.0,
                        53.0,
                        0.99,
                        "The camera was covered for 6.0 s.",
                        Map.of("state", "covered")),
                alert(
                        AlertType.FROZEN_VIDEO,
                        1,
                        Severity.HIGH,
                        58.0,
                        64.0,
                        0.97,
                        "The picture did not change for 6.0 s.",
                        Map.of()),
                alert(
                        AlertType.STREAM_GAP,
                        1,
                        Severity.MEDIUM,
                        68.0,
                        72.0,
                        1,
                        "No frame arrived for 4.0 s.",
                        Map.of()));
    }

    private static Alert alert(
            AlertType type,
            int number,
            Severity severity,
            double startS,
            double endS,
            double confidence,
            String message,
            Map<String, String> details) {
        long startNs = Math.round(startS * 1e9);
        long evidenceNs = startNs + 2 * SECOND;
        return new Alert(
                type.wireName() + '-' + number,
                type,
                AlertPhase.CLOSED,
                severity,
                startNs,
                Math.round(endS * 1e9),
                message,
                confidence,
                new Evidence(evidenceNs / (SECOND / 5), evidenceNs),
                details);
    }

    static List<TracePoint> traces() {
        Random random = new Random(SEED);
        List<TracePoint> points = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            double t = i / 5.0;
            if (t > 68 && t < 72) {
                continue;
            }
            points.add(point(t, random));
        }
        return points;
    }

    private static TracePoint point(double t, Random random) {
        boolean covered = t >= 47 && t < 53;
        boolean absent = t >= 24 && t < 29.2;
        boolean frozen = t >= 58 && t < 64;
        boolean headAway = t >= 8.4 && t < 12.6;
        boolean eyesAway = t >= 17 && t < 20.2;
        boolean seen = !covered && !absent;
        double noise = random.nextGaussian();
        Reading face =
                covered ? Reading.cannotTell(Doubt.COVERED) : absent ? Reading.absent(0.95) : Reading.present(0.97);
        Reading attention = t < 3
                ? Reading.cannotTell(Doubt.UNCALIBRATED)
                : !seen
                        ? Reading.cannotTell(covered ? Doubt.COVERED : Doubt.NOT_EVALUATED)
                        : frozen
                                ? Reading.cannotTell(Doubt.STALE)
                                : headAway || eyesAway ? Reading.present(0.9) : Reading.absent(0.9);
        Direction direction = headAway ? Direction.IMAGE_LEFT : eyesAway ? Direction.IMAGE_RIGHT : Direction.CENTER;
        double headYaw = (headAway ? -38 * Math.min(1, (t - 8.4) * 2) : 2 * Math.sin(t / 2)) + noise * 0.8;
        double eyeYaw = (headAway ? -6 : eyesAway ? 24 : 1.5 * Math.sin(t)) + random.nextGaussian();
        boolean two = t >= 33.6 && t < 38.8;
        boolean phone = t >= 41 && t < 45.4;
        return new TracePoint(
                Math.round(t * 1e9),
                covered ? CameraState.COVERED : t >= 54 && t < 56 ? CameraState.DARK : CameraState.OK,
                frozen,
                face,
                seen ? two ? 2 : 1 : 0,
                seen ? two ? 2 : 1 : 0,
                seen ? headYaw : Double.NaN,
                seen ? -6 + 3 * Math.sin(t / 3) + random.nextGaussian() : Double.NaN,
                seen ? eyeYaw : Double.NaN,
                seen ? -4 + random.nextGaussian() * 1.5 : Double.NaN,
                headAway ? Optional.of(Doubt.ROTATED) : Optional.empty(),
                attention,
                attention.isPresent() ? direction : Direction.CENTER,
                headAway ? Modality.HEAD : eyesAway ? Modality.EYES : Modality.NONE,
                phone ? "cell phone" : "",
                phone ? 0.35 + 0.25 * random.nextDouble() : random.nextInt(20) == 0 ? 0.12 : 0);
    }
}
