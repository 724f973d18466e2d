package io.invigil.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.api.Alert;
import io.invigil.api.AlertType;
import io.invigil.api.EngineConfig;
import io.invigil.api.Frame;
import io.invigil.api.PixelFormat;
import io.invigil.api.Policy;
import io.invigil.api.ProctoringEngine;
import io.invigil.api.ProctoringSession;
import io.invigil.api.SessionConfig;
import io.invigil.api.SessionEvent;
import io.invigil.api.SessionId;
import io.invigil.api.SessionListener;
import io.invigil.api.ThreadingMode;
import io.invigil.testdata.CameraModel;
import io.invigil.testdata.FrameImage;
import io.invigil.testdata.HeadState;
import io.invigil.testdata.Portrait;
import io.invigil.testdata.Scene;
import io.invigil.testdata.SceneRenderer;
import io.invigil.testdata.TurnedCamera;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A camera that is turned by ten degrees is found and told, and the candidate pays nothing for it. */
@Timeout(180)
class TurnedCameraTest {
    private static final CameraModel CAMERA = CameraModel.standard(640, 480);
    private static final double TURNED_AT_S = 6;
    private static final double SECONDS = 16;

    @ParameterizedTest
    @CsvSource({"10, 0", "0, 10", "-7, -7"})
    void shouldTellThatTheCameraWasTurnedAndRaiseNothing(double yawDeg, double pitchDeg) {
        TurnedCamera turned = new TurnedCamera(CAMERA, 1.6);
        SceneRenderer renderer = new SceneRenderer(turned.wide(), 1.5);
        List<Alert> alerts = new ArrayList<>();
        List<SessionEvent> events = new ArrayList<>();
        try (ProctoringEngine engine = ProctoringEngine.create(
                        EngineConfig.builder().threading(ThreadingMode.CALLER).build());
                ProctoringSession session = engine.openSession(
                        SessionConfig.builder().policy(Policy.strict()).build())) {
            session.addListener(new SessionListener() {
                @Override
                public void onAlert(SessionId id, Alert alert) {
                    alerts.add(alert);
                }

                @Override
                public void onEvent(SessionId id, SessionEvent event) {
                    events.add(event);
                }
            });
            for (int i = 0; i < SECONDS * 5; i++) {
                double seconds = i / 5.0;
                HeadState head = HeadState.frontal(48)
                        .shifted(0.4 * Math.sin(seconds), 1.5 + 0.2 * Math.cos(1.3 * seconds))
                        .looking(0, 0);
                FrameImage wide = renderer.render(Scene.of(Portrait.P2, head), i, i);
                double share = seconds < TURNED_AT_S ? 0 : 1;
                byte[] bgr = turned.see(wide, share * yawDeg, share * pitchDeg);
                session.offer(Frame.packed(
                        PixelFormat.BGR,
                        CAMERA.width(),
                        CAMERA.height(),
                        ByteBuffer.wrap(bgr),
                        3 * CAMERA.width(),
                        Math.round(seconds * 1e9)));
            }
        }
        assertThat(alerts).extracting(Alert::type).doesNotContain(AlertType.EYES_LOOKING_AWAY);
        assertThat(events)
                .filteredOn(event -> event.kind() == SessionEvent.Kind.CAMERA_MOVED)
                .singleElement()
                .satisfies(event -> assertThat(event.endNs() / 1e9).isBetween(TURNED_AT_S, TURNED_AT_S + 30));
        assertThat(events)
                .filteredOn(event -> event.kind() == SessionEvent.Kind.CALIBRATED)
                .hasSize(2);
    }
}
