package io.invigil.testdata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 120, unit = TimeUnit.SECONDS)
final class ScenarioRendererTest {
    private static final long SECOND = 1_000_000_000L;

    private static ScenarioScript everything(long seed) {
        return ScenarioScript.builder(seed)
                .size(320, 240)
                .framesPerSecond(10)
                .durationSeconds(40)
                .candidate(Portrait.P1, 48)
                .lookAwayByHead(2, 4, 0, 25)
                .lookAwayByEyes(5, 7, -25, 0)
                .leaves(9, 12, true)
                .secondPerson(15, 18, Portrait.P3, false)
                .phone(20, 22)
                .capped(24, 26)
                .coveredByFinger(27, 29)
                .lightsOut(31, 34)
                .frozen(36, 37)
                .gap(38, 39)
                .build();
    }

    @Test
    void shouldGiveIdenticalBytesWhenSeedAndTimeAreTheSame() {
        ScenarioRenderer a = new ScenarioRenderer(everything(11));
        ScenarioRenderer b = new ScenarioRenderer(everything(11));
        // Another order of times must not matter: a picture is a function of its time alone.
        FrameImage late = b.render(16 * SECOND);
        for (long t : new long[] {0, 3 * SECOND, 6 * SECOND, 16 * SECOND, 21 * SECOND, 25 * SECOND, 28 * SECOND}) {
            assertThat(b.render(t)).as("at %d ns", t).isEqualTo(a.render(t));
        }
        assertThat(late).isEqualTo(a.render(16 * SECOND));
    }

    @Test
    void shouldDifferWhenTheSeedDiffers() {
        FrameImage a = new ScenarioRenderer(everything(1)).render(SECOND);
        FrameImage b = new ScenarioRenderer(everything(2)).render(SECOND);
        assertThat(Arrays.equals(a.bgr(), b.bgr())).isFalse();
    }

    @Test
    void shouldRepeatOneFrameWhenFrozenAndMoveWhenLive() {
        ScenarioRenderer r = new ScenarioRenderer(everything(3));
        assertThat(r.render(36_900_000_000L).bgr())
                .isEqualTo(r.render(36 * SECOND).bgr());
        assertThat(r.render(36_900_000_000L).timestampNs()).isEqualTo(36_900_000_000L);
        assertThat(meanDifference(r.render(SECOND), r.render(1_100_000_000L))).isGreaterThan(1.0);
    }

    @Test
    void shouldMissTheFramesOfAGapOnly() {
        ScenarioScript script = everything(3);
        long[] times = script.timestampsNs();
        assertThat(times).contains(38 * SECOND, 39 * SECOND).doesNotContain(38_500_000_000L);
        assertThat(times).hasSize(400 - 9).isSorted();
        Iterator<FrameImage> frames = new ScenarioRenderer(script).iterator();
        assertThat(frames.next().timestampNs()).isZero();
        assertThat(frames.next().timestampNs()).isEqualTo(100_000_000L);
    }

    @Test
    void shouldBeDarkWhenLensIsCoveredOrLightsAreOut() {
        ScenarioRenderer r = new ScenarioRenderer(everything(5));
        assertThat(mean(r.render(25 * SECOND))).isBetween(2.0, 7.0);
        assertThat(mean(r.render(28 * SECOND))).isBetween(8.0, 40.0);
        assertThat(mean(r.render(32_500_000_000L))).isLessThan(8);
        assertThat(mean(r.render(SECOND))).isGreaterThan(80);
    }

    @Test
    void shouldTellTheTruthAsScripted() {
        ScenarioScript s = everything(5);
        assertThat(s.intervals())
                .extracting(TruthInterval::kind)
                .containsExactly(
                        "eyes_looking_away",
                        "eyes_looking_away",
                        "no_face",
                        "multiple_persons",
                        "prohibited_object",
                        "black_screen",
                        "black_screen",
                        "black_screen",
                        "frozen_video",
                        "stream_gap");
        assertThat(s.intervals().get(0)).isEqualTo(new TruthInterval("eyes_looking_away", 2, 4, "up", "head", ""));
        assertThat(s.intervals().get(1))
                .isEqualTo(new TruthInterval("eyes_looking_away", 5, 7, "image_left", "eyes", ""));
        assertThat(s.intervals().get(4).objectClass()).isEqualTo("cell phone");
        assertThat(s.truth(3 * SECOND).head().orElseThrow().pitchDeg()).isCloseTo(25, within(1.5));
        FrameTruth eyes = s.truth(6 * SECOND);
        assertThat(eyes.head().orElseThrow().yawDeg()).isCloseTo(0, within(2.5));
        assertThat(eyes.gaze().orElseThrow().yawDeg()).isCloseTo(-25, within(1.5));
        assertThat(s.truth(SECOND).gaze().orElseThrow().yawDeg()).isCloseTo(0, within(1.5));
    }

    @Test
    void shouldChangeTheFaceCountAtTheScriptedMoments() {
        ScenarioScript s = everything(5);
        for (double[] change : new double[][] {{9, 1, 0}, {12, 0, 1}, {15, 1, 2}, {18, 2, 1}, {24, 1, 0}, {26, 0, 1}}) {
            long at = Math.round(change[0] * 1e9);
            assertThat(s.truth(at - 100_000_000L).faces())
                    .as("before %s s", change[0])
                    .isEqualTo((int) change[1]);
            assertThat(s.truth(at + 100_000_000L).faces())
                    .as("after %s s", change[0])
                    .isEqualTo((int) change[2]);
        }
        assertThat(s.truth(21 * SECOND).phones()).isEqualTo(1);
        assertThat(s.truth(19 * SECOND).phones()).isZero();
    }

    @Test
    void shouldCodeFramesAsJpegAndPng() {
        FrameImage f = new ScenarioRenderer(everything(1)).render(0);
        byte[] fine = ImageCoding.jpeg(f, 0.9);
        byte[] coarse = ImageCoding.jpeg(f, 0.3);
        assertThat(fine).startsWith(0xFF, 0xD8);
        assertThat(coarse.length).isLessThan(fine.length);
        assertThat(ImageCoding.png(f)).startsWith(0x89, 'P', 'N', 'G');
        assertThatThrownBy(() -> ImageCoding.jpeg(f, 0)).hasMessageContaining("quality");
    }

    @Test
    void shouldRefuseEpisodesThatCannotBe() {
        assertThatThrownBy(() -> ScenarioScript.builder(1).phone(3, 3)).hasMessageContaining("empty");
        assertThatThrownBy(() ->
                        ScenarioScript.builder(1).durationSeconds(5).phone(3, 8).build())
                .hasMessageContaining("beyond the duration");
    }

    @Test
    void shouldHoldEveryKindOnceWithCalmBetweenWhenSample() {
        ScenarioScript s = SampleRecording.script();
        List<TruthInterval> intervals = s.intervals();
        assertThat(intervals)
                .extracting(TruthInterval::kind)
                .contains(
                        "no_face",
                        "multiple_persons",
                        "eyes_looking_away",
                        "prohibited_object",
                        "black_screen",
                        "frozen_video",
                        "stream_gap");
        assertThat(s.durationSeconds()).isGreaterThanOrEqualTo(60);
        assertThat(intervals.get(0).startSeconds()).isGreaterThanOrEqualTo(8);
        List<Double> calm = new ArrayList<>();
        for (int i = 1; i < intervals.size(); i++) {
            calm.add(intervals.get(i).startSeconds() - intervals.get(i - 1).endSeconds());
        }
        assertThat(calm).allMatch(d -> d >= 3);
    }

    private static double mean(FrameImage f) {
        long sum = 0;
        for (byte b : f.bgr()) {
            sum += b & 255;
        }
        return sum / (double) f.bgr().length;
    }

    private static double meanDifference(FrameImage a, FrameImage b) {
        long sum = 0;
        for (int i = 0; i < a.bgr().length; i++) {
            sum += Math.abs((a.bgr()[i] & 255) - (b.bgr()[i] & 255));
        }
        return sum / (double) a.bgr().length;
    }
}
