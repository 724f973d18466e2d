package io.invigil.replay;

import io.invigil.api.Alert;
import io.invigil.api.AlertPhase;
import io.invigil.api.AlertType;
import io.invigil.api.Attention;
import io.invigil.api.BoundingBox;
import io.invigil.api.CameraState;
import io.invigil.api.Doubt;
import io.invigil.api.EngineException;
import io.invigil.api.EngineLoad;
import io.invigil.api.ErrorCode;
import io.invigil.api.Evidence;
import io.invigil.api.FaceObservation;
import io.invigil.api.Frame;
import io.invigil.api.FrameCounts;
import io.invigil.api.FrameResult;
import io.invigil.api.Gaze;
import io.invigil.api.HeadPose;
import io.invigil.api.ImageQuality;
import io.invigil.api.Observation;
import io.invigil.api.OfferResult;
import io.invigil.api.PixelFormat;
import io.invigil.api.PresenceObservation;
import io.invigil.api.ProctoringSession;
import io.invigil.api.Reading;
import io.invigil.api.Registration;
import io.invigil.api.SessionConfig;
import io.invigil.api.SessionEvent;
import io.invigil.api.SessionId;
import io.invigil.api.SessionListener;
import io.invigil.api.SessionReport;
import io.invigil.api.SessionScore;
import io.invigil.api.SessionSignal;
import io.invigil.api.SessionState;
import io.invigil.api.StageTimings;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** A session of the engine without models. */
final class FakeSession implements ProctoringSession {
    private static final double DARK = 40;

    private final SessionConfig config;
    private final List<SessionListener> listeners = new ArrayList<>();
    private Optional<Alert> open = Optional.empty();
    private long lastNs = -1;
    private long offered;
    private long rejected;
    private int alerts;
    private boolean closed;

    private final Function<Frame, Optional<OfferResult>> refusing;

    FakeSession(SessionConfig config, Function<Frame, Optional<OfferResult>> refusing) {
        this.config = config;
        this.refusing = refusing;
    }

    @Override
    public SessionId id() {
        return config.id();
    }

    @Override
    public OfferResult offer(Frame frame) {
        offered++;
        Optional<OfferResult> refusal = refusing.apply(frame);
        if (refusal.isPresent()) {
            rejected++;
            if (refusal.orElseThrow() == OfferResult.REJECTED_INVALID) {
                EngineException error = new EngineException(ErrorCode.FRAME_TOO_LARGE, "the frame is too large");
                listeners.forEach(listener -> listener.onError(id(), error));
            }
            return refusal.orElseThrow();
        }
        if (frame.timestampNs() <= lastNs) {
            rejected++;
            return OfferResult.REJECTED_OUT_OF_ORDER;
        }
        lastNs = frame.timestampNs();
        double brightness = brightness(frame);
        long index = offered - 1;
        judge(brightness < DARK, index);
        boolean dark = brightness < DARK;
        Observation seen = new Observation(
                index,
                lastNs,
                frame.widthPx(),
                frame.heightPx(),
                new ImageQuality(dark ? CameraState.BLACK : CameraState.OK, brightness, 30, 0.25, 1, 2, false, false),
                dark ? Reading.cannotTell(Doubt.COVERED) : Reading.present(0.9),
                dark ? List.of() : List.of(face(brightness)),
                PresenceObservation.NONE);
        FrameResult result = new FrameResult(
                index,
                lastNs,
                Optional.of(seen),
                Optional.of(Attention.cannotTell(Doubt.UNCALIBRATED)),
                List.of(),
                Optional.empty(),
                StageTimings.NONE,
                EngineLoad.IDLE);
        listeners.forEach(listener -> listener.onFrameResult(id(), result));
        return OfferResult.ACCEPTED;
    }

    private static FaceObservation face(double brightness) {
        return new FaceObservation(
                1,
                new BoundingBox(10, 12.5, 40, 50),
                0.9,
                0,
                Optional.of(new HeadPose(brightness / 10, -2.5, 0, 60, 1.5)),
                Optional.of(new Gaze(1, 2, 3, 4, 0.3)),
                Reading.present(0.8));
    }

    private void judge(boolean dark, long index) {
        if (dark && open.isEmpty()) {
            tell(alert(AlertPhase.OPENED, ++alerts, lastNs, lastNs, new Evidence(index, lastNs)));
        } else if (dark) {
            Alert before = open.orElseThrow();
            tell(alert(AlertPhase.UPDATED, alerts, before.startNs(), lastNs, before.evidence()));
        } else if (open.isPresent()) {
            Alert before = open.orElseThrow();
            tell(alert(AlertPhase.CLOSED, alerts, before.startNs(), lastNs, before.evidence()));
        }
    }

    private static Alert alert(AlertPhase phase, int number, long startNs, long endNs, Evidence evidence) {
        return new Alert(
                "black_screen-" + number,
                AlertType.BLACK_SCREEN,
                phase,
                io.invigil.api.Severity.HIGH,
                startNs,
                endNs,
                "The camera was dark.",
                0.9,
                evidence,
                Map.of("state", "black"));
    }

    private void tell(Alert alert) {
        open = alert.phase() == AlertPhase.CLOSED ? Optional.empty() : Optional.of(alert);
        listeners.forEach(listener -> listener.onAlert(id(), alert));
    }

    /** Mean of the first plane; of BGR that is near enough to the luma. */
    private static double brightness(Frame frame) {
        ByteBuffer data = frame.planes().get(0).data();
        int stride = frame.planes().get(0).strideBytes();
        int rowBytes = frame.format() == PixelFormat.BGR ? frame.widthPx() * 3 : frame.widthPx();
        long sum = 0;
        for (int y = 0; y < frame.heightPx(); y++) {
            for (int x = 0; x < rowBytes; x++) {
                sum += data.get(y * stride + x) & 255;
            }
        }
        return Math.round(1000.0 * sum / rowBytes / frame.heightPx()) / 1000.0;
    }

    @Override
    public Registration addListener(SessionListener listener) {
        listeners.add(listener);
        return new Registration() {
            @Override
            public long failures() {
                return 0;
            }

            @Override
            public long conflated() {
                return 0;
            }

            @Override
            public void close() {
                listeners.remove(listener);
            }
        };
    }

    @Override
    public SessionState state() {
        return closed ? SessionState.CLOSED : SessionState.OPEN;
    }

    @Override
    public boolean isPaused() {
        return false;
    }

    @Override
    public FrameCounts frames() {
        return new FrameCounts(offered, offered - rejected, 0, 0, rejected, 0, 0);
    }

    @Override
    public Optional<Alert> report(SessionSignal signal) {
        return Optional.empty();
    }

    @Override
    public byte[] snapshot() {
        return new byte[0];
    }

    @Override
    public List<Alert> openAlerts() {
        return open.stream().toList();
    }

    @Override
    public SessionScore score() {
        return SessionScore.ZERO;
    }

    @Override
    public boolean drain(Duration timeout) {
        return true;
    }

    @Override
    public SessionReport close(Duration timeout) {
        if (!closed) {
            closed = true;
            open.ifPresent(alert -> tell(alert(
                    AlertPhase.CLOSED, alerts, alert.startNs(), Math.max(alert.startNs(), lastNs), alert.evidence())));
            SessionEvent event = new SessionEvent(
                    SessionEvent.Kind.NOT_CALIBRATED, 0, Math.max(0, lastNs), "No neutral was learned.");
            listeners.forEach(listener -> listener.onEvent(id(), event));
        }
        return new SessionReport(frames(), true);
    }

    @Override
    public void close() {
        close(Duration.ofSeconds(10));
    }
}
