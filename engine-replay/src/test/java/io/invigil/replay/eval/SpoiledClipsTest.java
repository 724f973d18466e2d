package io.invigil.replay.eval;

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
import io.invigil.replay.media.FrameSampler;
import io.invigil.replay.media.RecordingReader;
import io.invigil.testdata.TestClips;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Real people of whom less and less can be seen are never an empty chair. */
@Timeout(300)
class SpoiledClipsTest {
    private static final double CALM_S = 2;
    private static final double WORST_AT_S = 6;
    private static final double END_S = 7.8;

    @ParameterizedTest
    @CsvSource({
        "webcam_glasses_man, dark",
        "speech_woman_a, blurred",
        "speech_woman_a, board",
        "mouth_open_man, glare",
        "mouth_open_man, nearer",
        "signing_woman_orange, dark",
        "signing_woman_orange, board"
    })
    void shouldNeverTakeASpoiledPictureForAnEmptyChair(String clip, String trouble) throws Exception {
        Optional<Path> folder = TestClips.folder();
        Assumptions.assumeTrue(
                folder.isPresent(), "skipped: the labelled recordings are not here; set INVIGIL_DATA to their folder");
        List<AlertType> alerts = new ArrayList<>();
        List<String> reasons = new ArrayList<>();
        Map<Answer, Integer> answers = new EnumMap<>(Answer.class);
        try (ProctoringEngine engine = ProctoringEngine.create(
                        EngineConfig.builder().threading(ThreadingMode.CALLER).build());
                ProctoringSession session = engine.openSession(
                        SessionConfig.builder().policy(Policy.strict()).build());
                RecordingReader reader =
                        RecordingReader.open(folder.orElseThrow().resolve("clips/" + clip + ".mp4"))) {
            session.addListener(new SessionListener() {
                @Override
                public void onAlert(SessionId id, Alert alert) {
                    alerts.add(alert.type());
                }

                @Override
                public void onEvent(SessionId id, SessionEvent event) {
                    if (event.kind() == SessionEvent.Kind.QUALITY) {
                        reasons.add(event.message());
                    }
                }

                @Override
                public void onFrameResult(SessionId id, FrameResult result) {
                    answers.merge(result.observation().orElseThrow().face().answer(), 1, Integer::sum);
                }
            });
            FrameSampler sampler = new FrameSampler(5);
            while (reader.next() && reader.timestampNs() < END_S * 1e9) {
                if (sampler.isDue(reader.timestampNs())) {
                    double much = (reader.timestampNs() / 1e9 - CALM_S) / (WORST_AT_S - CALM_S);
                    session.offer(spoiled(reader.bgrFrame(), trouble, Math.max(0, Math.min(1, much))));
                }
            }
        }
        System.out.println(clip + " " + trouble + ": " + answers + " " + reasons + " " + alerts);
        assertThat(answers.get(Answer.PRESENT)).isGreaterThan(8);
        assertThat(alerts).doesNotContain(AlertType.NO_FACE);
        if (answers.containsKey(Answer.CANNOT_TELL)) {
            assertThat(reasons).isNotEmpty();
        }
    }

    private static Frame spoiled(Frame frame, String trouble, double much) {
        int width = frame.widthPx();
        int height = frame.heightPx();
        ByteBuffer data = frame.planes().get(0).data();
        int stride = frame.planes().get(0).strideBytes();
        byte[] from = new byte[3 * width * height];
        for (int y = 0; y < height; y++) {
            data.get(data.position() + y * stride, from, 3 * y * width, 3 * width);
        }
        byte[] to = new byte[from.length];
        double zoom = trouble.equals("nearer") ? 1 + 14 * much * much : 1;
        int radius = trouble.equals("blurred") ? (int) (0.03 * width * much) : 0;
        int right = trouble.equals("board") ? (int) (0.62 * width * much) : 0;
        double gain = switch (trouble) {
            case "dark" -> 1 - 0.97 * much;
            case "glare" -> 1 + 12 * much * much;
            default -> 1;
        };
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int fromX = (int) (width / 2.0 + (x - width / 2.0) / zoom);
                int fromY = (int) (0.42 * height + (y - 0.42 * height) / zoom);
                for (int c = 0; c < 3; c++) {
                    int level = radius > 0
                            ? mean(from, width, height, fromX, fromY, radius, c)
                            : from[3 * (fromY * width + fromX) + c] & 0xFF;
                    level = x < right ? 150 + (x + y) % 7 : (int) Math.min(255, level * gain);
                    to[3 * (y * width + x) + c] = (byte) level;
                }
            }
        }
        return Frame.packed(PixelFormat.BGR, width, height, ByteBuffer.wrap(to), 3 * width, frame.timestampNs())
                .withRotation(frame.rotation());
    }

    /** The mean of a sparse cross-section of a square: rough, but smooth enough for a lens out of focus. */
    private static int mean(byte[] bgr, int width, int height, int x, int y, int radius, int channel) {
        int sum = 0;
        int count = 0;
        int step = Math.max(1, radius / 3);
        for (int dy = -radius; dy <= radius; dy += step) {
            for (int dx = -radius; dx <= radius; dx += step) {
                int column = Math.max(0, Math.min(width - 1, x + dx));
                int row = Math.max(0, Math.min(height - 1, y + dy));
                sum += bgr[3 * (row * width + column) + channel] & 0xFF;
                count++;
            }
        }
        return sum / count;
    }
}
