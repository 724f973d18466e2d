package io.invigil.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.api.Alert;
import io.invigil.api.AlertType;
import io.invigil.api.Answer;
import io.invigil.api.EngineConfig;
import io.invigil.api.Frame;
import io.invigil.api.FrameResult;
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
import io.invigil.testdata.Portrait;
import io.invigil.testdata.ScenarioRenderer;
import io.invigil.testdata.ScenarioScript;
import io.invigil.testdata.Scene;
import io.invigil.testdata.SceneRenderer;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Somebody is there the whole time and can be seen less and less: that is never an empty chair. */
@Timeout(120)
class HiddenFaceTest {
    private static final int WIDTH = 640;
    private static final int HEIGHT = 480;
    private static final double CALM_S = 3;
    private static final double WORST_AT_S = 10;

    /** How the picture gets worse; {@code much} runs from 0 to 1. */
    enum Trouble {
        DARK {
            @Override
            void spoil(byte[] bgr, double much) {
                gain(bgr, 1 - 0.98 * much);
            }
        },
        GLARE {
            @Override
            void spoil(byte[] bgr, double much) {
                gain(bgr, 1 + 12 * much * much);
            }
        },
        BLUR {
            @Override
            void spoil(byte[] bgr, double much) {
                int radius = (int) (30 * much);
                for (int pass = 0; radius > 0 && pass < 2; pass++) {
                    blur(bgr, WIDTH, HEIGHT, 3, 3 * WIDTH, radius);
                    blur(bgr, HEIGHT, WIDTH, 3 * WIDTH, 3, radius);
                }
            }
        },
        HAND {
            @Override
            void spoil(byte[] bgr, double much) {
                // A skin-coloured patch rises from the chin to the brow.
                int bottom = 380;
                int top = bottom - (int) (260 * much);
                for (int y = Math.max(0, top); y < bottom; y++) {
                    for (int x = 215; x < 425; x++) {
                        int i = 3 * (y * WIDTH + x);
                        bgr[i] = (byte) 120;
                        bgr[i + 1] = (byte) 150;
                        bgr[i + 2] = (byte) 200;
                    }
                }
            }
        },
        BOARD {
            @Override
            void spoil(byte[] bgr, double much) {
                // A grey board with a dark edge is moved in from the side, in front of most of the face.
                int right = (int) (370 * much);
                for (int y = 60; y < HEIGHT; y++) {
                    for (int x = 0; x < right; x++) {
                        int level = right - x < 4 ? 60 : 150 + (x + y) % 7;
                        for (int c = 0; c < 3; c++) {
                            bgr[3 * (y * WIDTH + x) + c] = (byte) level;
                        }
                    }
                }
            }
        },
        NEARER {
            @Override
            void spoil(byte[] bgr, double much) {
                // The middle of the face comes nearer until it is all there is.
                byte[] from = bgr.clone();
                double zoom = 1 + 14 * much * much;
                for (int y = 0; y < HEIGHT; y++) {
                    for (int x = 0; x < WIDTH; x++) {
                        int fromX = Math.max(0, Math.min(WIDTH - 1, (int) (320 + (x - 320) / zoom)));
                        int fromY = Math.max(0, Math.min(HEIGHT - 1, (int) (225 + (y - 225) / zoom)));
                        System.arraycopy(from, 3 * (fromY * WIDTH + fromX), bgr, 3 * (y * WIDTH + x), 3);
                    }
                }
            }
        },
        BACKLIT {
            @Override
            void spoil(byte[] bgr, double much) {
                // The room lights up behind somebody who becomes a silhouette.
                for (int i = 0; i < bgr.length; i += 3) {
                    int difference = 0;
                    for (int c = 0; c < 3; c++) {
                        difference += Math.abs((bgr[i + c] & 0xff) - (ROOM[i + c] & 0xff));
                    }
                    double factor = difference > 30 ? 1 - 0.985 * much : 1 + 2 * much;
                    for (int c = 0; c < 3; c++) {
                        bgr[i + c] = (byte) Math.min(255, Math.round((bgr[i + c] & 0xff) * factor));
                    }
                }
            }
        };

        private static final byte[] ROOM = new SceneRenderer(CameraModel.standard(WIDTH, HEIGHT), 0)
                .render(new Scene(List.of(), Optional.empty(), Scene.View.CLEAR, 1), 0, 0)
                .bgr();

        abstract void spoil(byte[] bgr, double much);

        private static void gain(byte[] bgr, double factor) {
            for (int i = 0; i < bgr.length; i++) {
                bgr[i] = (byte) Math.min(255, Math.round((bgr[i] & 0xff) * factor));
            }
        }

        private static void blur(byte[] bgr, int length, int lines, int step, int lineStep, int radius) {
            int[] line = new int[length];
            for (int l = 0; l < lines; l++) {
                for (int channel = 0; channel < 3; channel++) {
                    int base = l * lineStep + channel;
                    for (int i = 0; i < length; i++) {
                        line[i] = bgr[base + i * step] & 0xff;
                    }
                    int sum = 0;
                    for (int i = -radius; i <= radius; i++) {
                        sum += line[Math.max(0, Math.min(length - 1, i))];
                    }
                    for (int i = 0; i < length; i++) {
                        bgr[base + i * step] = (byte) (sum / (2 * radius + 1));
                        sum += line[Math.min(length - 1, i + radius + 1)] - line[Math.max(0, i - radius)];
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Trouble.class)
    void shouldNeverTakeAHiddenCandidateForAnEmptyChair(Trouble trouble) {
        // Another person for each trouble: none is shown only on the one who is easiest to find.
        Portrait portrait = Portrait.values()[trouble.ordinal() % Portrait.values().length];
        ScenarioScript script = ScenarioScript.builder(5)
                .size(WIDTH, HEIGHT)
                .framesPerSecond(5)
                .durationSeconds(13)
                .candidate(portrait, 48)
                .build();
        List<Alert> alerts = new ArrayList<>();
        List<SessionEvent> events = new ArrayList<>();
        Map<Answer, Integer> answers = new EnumMap<>(Answer.class);
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

                @Override
                public void onFrameResult(SessionId id, FrameResult result) {
                    answers.merge(result.observation().orElseThrow().face().answer(), 1, Integer::sum);
                }
            });
            for (FrameImage image : new ScenarioRenderer(script)) {
                byte[] bgr = image.bgr().clone();
                double seconds = image.timestampNs() / 1e9;
                trouble.spoil(bgr, Math.max(0, Math.min(1, (seconds - CALM_S) / (WORST_AT_S - CALM_S))));
                session.offer(Frame.packed(
                        PixelFormat.BGR, WIDTH, HEIGHT, ByteBuffer.wrap(bgr), 3 * WIDTH, image.timestampNs()));
            }
        }
        List<String> reasons = events.stream()
                .filter(event -> event.kind() == SessionEvent.Kind.QUALITY)
                .map(SessionEvent::message)
                .toList();
        System.out.println(trouble + ": " + answers + " " + reasons + " "
                + alerts.stream()
                        .map(alert -> alert.phase() + " " + alert.type())
                        .toList());
        assertThat(answers.get(Answer.PRESENT)).isGreaterThan(12);
        assertThat(answers)
                .as("seen to the end, or a time from which on it cannot be told")
                .satisfiesAnyOf(
                        all -> assertThat(all).containsOnlyKeys(Answer.PRESENT),
                        all -> assertThat(all).containsKey(Answer.CANNOT_TELL));
        assertThat(alerts).extracting(Alert::type).doesNotContain(AlertType.NO_FACE);
        assertThat(reasons).isNotEmpty();
    }
}
