package io.invigil.replay.eval;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.api.Alert;
import io.invigil.api.AlertType;
import io.invigil.api.Answer;
import io.invigil.api.BoundingBox;
import io.invigil.api.EngineConfig;
import io.invigil.api.Frame;
import io.invigil.api.FrameResult;
import io.invigil.api.Observation;
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
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Real people of whom less and less can be seen, and who stay so for twelve seconds, are never an empty chair. The clips are
 * played to and fro.
 */
class SpoiledClipsTest {
    private static final double CALM_S = 4;
    private static final double WORST_AT_S = 10;
    private static final double END_S = 22;
    private static final int WIDTH_PX = 640;
    /** Clips with a person to be seen up to this time, in seconds. */
    private static final Map<String, Double> CLIPS = Map.ofEntries(
            Map.entry("gaze_center", 99.0),
            Map.entry("gaze_image_left", 99.0),
            Map.entry("webcam_glasses_man", 99.0),
            Map.entry("closeup_woman_down_turn", 99.0),
            Map.entry("closeup_woman_eyes", 99.0),
            Map.entry("mouth_open_man", 99.0),
            Map.entry("woman_head_turned", 99.0),
            Map.entry("man_outdoor_looking_away", 99.0),
            Map.entry("speech_woman_a", 99.0),
            Map.entry("signing_man_skull_shirt", 99.0),
            Map.entry("signing_woman_orange", 99.0),
            Map.entry("c_phone", 4.0),
            Map.entry("c_spoof_screen_replay", 99.0),
            Map.entry("c_camera_blocked", 4.0),
            Map.entry("c_leave_seat", 4.0),
            Map.entry("c_second_person", 4.0));

    /** What a spoiled clip gave. */
    private static final class Outcome {
        final Set<AlertType> alerts = new TreeSet<>();
        final Map<String, Integer> answers = new TreeMap<>();
        final List<String> reasons = new ArrayList<>();
        BoundingBox face;
        int seen;
    }

    @ParameterizedTest
    @Timeout(300)
    @CsvSource({
        "webcam_glasses_man, DARK",
        "webcam_glasses_man, NEARER",
        "webcam_glasses_man, PAPER",
        "speech_woman_a, BLURRED",
        "speech_woman_a, BOARD_FROM_THE_LEFT",
        "mouth_open_man, GLARE",
        "mouth_open_man, BOARD_FROM_ABOVE",
        "signing_woman_orange, HAND",
        "signing_woman_orange, BOARD_FROM_BELOW",
        "closeup_woman_down_turn, FOG",
        "closeup_woman_down_turn, BOARD_FROM_BELOW",
        "gaze_center, BACKLIT",
        "c_phone, PAPER",
        "c_second_person, PAPER",
        "c_spoof_screen_replay, PAPER",
        "closeup_woman_down_turn, PAPER",
        "mouth_open_man, PAPER",
        "man_outdoor_looking_away, NEARER",
        "signing_woman_orange, BOARD_FROM_THE_LEFT"
    })
    void shouldNeverTakeASpoiledPictureForAnEmptyChair(String clip, Spoiling trouble) throws Exception {
        Outcome outcome = play(clip, trouble, 5);
        assertThat(outcome.seen).isGreaterThan(8);
        assertThat(outcome.alerts).doesNotContain(AlertType.NO_FACE, AlertType.IDENTITY_CHANGED);
        if (outcome.answers.keySet().stream().anyMatch(answer -> answer.startsWith("CANNOT_TELL"))) {
            assertThat(outcome.reasons).isNotEmpty();
        }
    }

    /** All clips in all ways; about ten minutes on a quiet core at 5 frames a second, or {@code -Dinvigil.fps}. */
    @Test
    @EnabledIfSystemProperty(named = "invigil.allClips", matches = "true")
    void shouldNeverTakeASpoiledPictureForAnEmptyChairInAnyClip() throws Exception {
        double fps = Double.parseDouble(System.getProperty("invigil.fps", "5"));
        int cases = 0;
        long startNs = System.nanoTime();
        List<String> empty = new ArrayList<>();
        List<String> others = new ArrayList<>();
        for (String clip : new TreeSet<>(CLIPS.keySet())) {
            for (Spoiling trouble : Spoiling.values()) {
                cases++;
                Set<AlertType> alerts = play(clip, trouble, fps).alerts;
                if (alerts.contains(AlertType.NO_FACE)) {
                    empty.add(clip + " " + trouble);
                }
                if (alerts.contains(AlertType.IDENTITY_CHANGED)) {
                    others.add(clip + " " + trouble);
                }
            }
        }
        System.out.printf(
                Locale.ROOT,
                "%d spoiled clips at %.1f frames a second in %.1f minutes, no_face in %d: %s, identity_changed in %d: %s%n",
                cases,
                fps,
                (System.nanoTime() - startNs) / 60e9,
                empty.size(),
                empty,
                others.size(),
                others);
        assertThat(empty).isEmpty();
        assertThat(others).isEmpty();
    }

    private static Outcome play(String clip, Spoiling trouble, double fps) throws Exception {
        Optional<Path> folder = TestClips.folder();
        Assumptions.assumeTrue(
                folder.isPresent(), "skipped: the labelled recordings are not here; set INVIGIL_CLIPS to their folder");
        List<Frame> frames = frames(folder.orElseThrow().resolve("clips/" + clip + ".mp4"), CLIPS.get(clip), fps);
        Outcome outcome = new Outcome();
        try (ProctoringEngine engine = ProctoringEngine.create(
                        EngineConfig.builder().threading(ThreadingMode.CALLER).build());
                ProctoringSession session = engine.openSession(
                        SessionConfig.builder().policy(Policy.strict()).build())) {
            session.addListener(noting(outcome));
            for (int i = 0; i < END_S * fps; i++) {
                int turn = i % (2 * frames.size() - 2);
                Frame frame = frames.get(turn < frames.size() ? turn : 2 * frames.size() - 2 - turn);
                double much = (i / fps - CALM_S) / (WORST_AT_S - CALM_S);
                session.offer(spoiled(frame, trouble, Math.max(0, Math.min(1, much)), outcome.face, i, fps));
            }
        }
        System.out.println(
                clip + " " + trouble + ": " + outcome.answers + " " + outcome.reasons + " " + outcome.alerts);
        return outcome;
    }

    private static SessionListener noting(Outcome outcome) {
        return new SessionListener() {
            @Override
            public void onAlert(SessionId id, Alert alert) {
                outcome.alerts.add(alert.type());
            }

            @Override
            public void onEvent(SessionId id, SessionEvent event) {
                if (event.kind() == SessionEvent.Kind.QUALITY) {
                    outcome.reasons.add(event.message());
                }
            }

            @Override
            public void onFrameResult(SessionId id, FrameResult result) {
                Observation seen = result.observation().orElseThrow();
                Answer answer = seen.face().answer();
                outcome.seen += answer == Answer.PRESENT ? 1 : 0;
                outcome.answers.merge(
                        answer + seen.face().doubt().map(doubt -> " " + doubt).orElse(""), 1, Integer::sum);
                if (outcome.face == null && !seen.faces().isEmpty()) {
                    outcome.face = seen.faces().get(0).box();
                }
            }
        };
    }

    /** The frames of a clip, at most {@value #WIDTH_PX} px wide. */
    private static List<Frame> frames(Path file, double untilS, double fps) throws Exception {
        List<Frame> frames = new ArrayList<>();
        FrameSampler sampler = new FrameSampler(fps);
        try (RecordingReader reader = RecordingReader.open(file)) {
            while (reader.next() && reader.timestampNs() < Math.min(untilS, END_S) * 1e9) {
                if (sampler.isDue(reader.timestampNs())) {
                    frames.add(shrunk(reader.bgrFrame()));
                }
            }
        }
        return frames;
    }

    private static Frame shrunk(Frame frame) {
        int skip = Math.max(1, Math.round((float) frame.widthPx() / WIDTH_PX));
        int width = frame.widthPx() / skip;
        int height = frame.heightPx() / skip;
        ByteBuffer data = frame.planes().get(0).data();
        int stride = frame.planes().get(0).strideBytes();
        byte[] to = new byte[3 * width * height];
        for (int i = 0; i < to.length; i++) {
            int x = i / 3 % width * skip;
            int y = i / 3 / width * skip;
            int sum = 0;
            for (int dy = 0; dy < skip; dy++) {
                for (int dx = 0; dx < skip; dx++) {
                    sum += data.get(data.position() + (y + dy) * stride + 3 * (x + dx) + i % 3) & 0xFF;
                }
            }
            to[i] = (byte) (sum / (skip * skip));
        }
        return Frame.packed(PixelFormat.BGR, width, height, ByteBuffer.wrap(to), 3 * width, 0)
                .withRotation(frame.rotation());
    }

    private static Frame spoiled(Frame frame, Spoiling trouble, double much, BoundingBox face, int number, double fps) {
        byte[] bgr = frame.planes().get(0).data().array().clone();
        Spoiling.Picture picture = new Spoiling.Picture(frame.widthPx(), frame.heightPx(), bgr);
        if (much > 0) {
            trouble.spoil(picture, face, much);
        }
        picture.noise(1.5, number);
        return Frame.packed(
                        PixelFormat.BGR,
                        picture.width,
                        picture.height,
                        ByteBuffer.wrap(bgr),
                        3 * picture.width,
                        Math.round(number * 1e9 / fps))
                .withRotation(frame.rotation());
    }
}
