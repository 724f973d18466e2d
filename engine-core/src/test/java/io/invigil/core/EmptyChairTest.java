package io.invigil.core;

import io.invigil.api.Alert;
import io.invigil.api.AlertPhase;
import io.invigil.api.AlertType;
import io.invigil.api.EngineConfig;
import io.invigil.api.Frame;
import io.invigil.api.PixelFormat;
import io.invigil.api.Policy;
import io.invigil.api.ProctoringEngine;
import io.invigil.api.ProctoringSession;
import io.invigil.api.SessionConfig;
import io.invigil.api.SessionId;
import io.invigil.api.SessionListener;
import io.invigil.api.ThreadingMode;
import io.invigil.testdata.FrameImage;
import io.invigil.testdata.Portrait;
import io.invigil.testdata.ScenarioRenderer;
import io.invigil.testdata.ScenarioScript;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Somebody gets up and goes: the chair is empty, on whichever of the frames of the way out the camera was looked at last. */
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EmptyChairTest {
    private static final int WIDTH = 640;
    private static final int HEIGHT = 480;
    private static final int FRAMES_PER_SECOND = 6;
    /** When a reference of what does not move is ten seconds old and taken anew, with somebody half-way out in it. */
    private static final double LEAVES_S = 10;

    private static final long SECOND_NS = 1_000_000_000L;

    private final List<FrameImage> images = new ArrayList<>();

    @BeforeAll
    void render() {
        ScenarioScript script = ScenarioScript.builder(6)
                .size(WIDTH, HEIGHT)
                .framesPerSecond(FRAMES_PER_SECOND)
                .durationSeconds(LEAVES_S + 6)
                .candidate(Portrait.P2, 48)
                .leaves(LEAVES_S, LEAVES_S + 5.8, false)
                .build();
        new ScenarioRenderer(script).forEach(images::add);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void shouldTellThatNobodyIsThereWhicheverFrameOfTheWayOutWasSeen(int perSecond) {
        int every = FRAMES_PER_SECOND / perSecond;
        SoftAssertions all = new SoftAssertions();
        try (ProctoringEngine engine = ProctoringEngine.create(
                EngineConfig.builder().threading(ThreadingMode.CALLER).build())) {
            for (int first = 0; first < every; first++) {
                List<Alert> opened = watch(engine, first, every);
                String from = "from frame " + first + ", " + perSecond + " a second";
                all.assertThat(opened).as(from).extracting(Alert::type).containsExactly(AlertType.NO_FACE);
                for (Alert alert : opened) {
                    long lateNs = alert.startNs() - (long) (LEAVES_S * SECOND_NS);
                    all.assertThat(lateNs).as(from).isBetween(-SECOND_NS, SECOND_NS);
                }
            }
        }
        all.assertAll();
    }

    private List<Alert> watch(ProctoringEngine engine, int first, int every) {
        List<Alert> opened = new ArrayList<>();
        try (ProctoringSession session = engine.openSession(
                SessionConfig.builder().policy(Policy.interview()).build())) {
            session.addListener(new SessionListener() {
                @Override
                public void onAlert(SessionId id, Alert alert) {
                    if (alert.phase() == AlertPhase.OPENED) {
                        opened.add(alert);
                    }
                }
            });
            for (int i = first; i < images.size(); i += every) {
                FrameImage image = images.get(i);
                session.offer(Frame.packed(
                        PixelFormat.BGR, WIDTH, HEIGHT, ByteBuffer.wrap(image.bgr()), 3 * WIDTH, image.timestampNs()));
            }
        }
        return opened;
    }
}
