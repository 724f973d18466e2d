package io.invigil.core.vision;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.testdata.CameraModel;
import io.invigil.testdata.HeadState;
import io.invigil.testdata.Portrait;
import io.invigil.testdata.PoseAngles;
import io.invigil.testdata.Scene;
import io.invigil.testdata.SceneRenderer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Loops and moved backgrounds, on drawn pictures without any model. */
@Timeout(120)
class SceneWatchesTest {
    private static final int WIDTH = 160;
    private static final int HEIGHT = 120;
    private static final long STEP_NS = 200_000_000L;

    private final SceneRenderer renderer = new SceneRenderer(CameraModel.standard(4 * WIDTH, 4 * HEIGHT), 1.8);

    /** A moment of somebody who talks and sways, with this noise; as the small grey copy. */
    private byte[] moment(int frame, int noise) {
        HeadState head = HeadState.frontal(48)
                .shifted(2.5 * Math.sin(0.31 * frame), 1.5 + Math.sin(0.47 * frame))
                .turned(new PoseAngles(8 * Math.sin(0.23 * frame), 3 * Math.sin(0.41 * frame), 0));
        return small(Scene.of(Portrait.P2, head), noise);
    }

    private byte[] small(Scene scene, int noise) {
        byte[] bgr = renderer.render(scene, 0, noise).bgr();
        byte[] grey = new byte[WIDTH * HEIGHT];
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < WIDTH; x++) {
                int sum = 0;
                for (int i = 0; i < 16; i++) {
                    int at = 3 * ((4 * y + i / 4) * 4 * WIDTH + 4 * x + i % 4);
                    sum += (bgr[at] & 0xFF) + (bgr[at + 1] & 0xFF) + (bgr[at + 2] & 0xFF);
                }
                grey[y * WIDTH + x] = (byte) (sum / 48);
            }
        }
        return grey;
    }

    private static int repeats(int frames, IntFunction<byte[]> pictures) {
        RepeatWatch watch = new RepeatWatch();
        RepeatWatch.RepeatMemory memory = new RepeatWatch.RepeatMemory();
        int repeats = 0;
        for (int i = 0; i < frames; i++) {
            repeats += watch.look(pictures.apply(i), i * STEP_NS, true, memory) > 0 ? 1 : 0;
        }
        return repeats;
    }

    @Test
    void shouldFindALoopFromItsSecondRoundOn() {
        byte[][] recording = new byte[30][];
        for (int i = 0; i < recording.length; i++) {
            recording[i] = moment(i, i);
        }
        int found = repeats(90, i -> recording[i % 30]);
        assertThat(found).isBetween(50, 60);
    }

    @Test
    void shouldFindNoLoopWhereNoiseIsNewThoughMotionRepeats() {
        assertThat(repeats(90, i -> moment(i % 30 < 15 ? i % 30 : 30 - i % 30, 1000 + i)))
                .isZero();
    }

    @Test
    void shouldFindNoLoopInAPictureThatStandsStill() {
        byte[] one = moment(0, 7);
        assertThat(repeats(60, i -> one)).isZero();
        assertThat(repeats(60, i -> moment(0, i))).isZero();
    }

    /** Against a memory of nothing but a list, at changing frame rates, so that the memory grows and wraps at any place. */
    @Test
    void shouldFindWhatALongMemoryOfAllPicturesWouldFind() {
        Random random = new Random(7);
        int found = 0;
        for (int session = 0; session < 20; session++) {
            RepeatWatch watch = new RepeatWatch();
            RepeatWatch.RepeatMemory memory = new RepeatWatch.RepeatMemory();
            byte[][] shown = new byte[2 + random.nextInt(120)][RepeatWatch.SAMPLES];
            for (byte[] one : shown) {
                random.nextBytes(one);
            }
            List<byte[]> pictures = new ArrayList<>();
            List<Long> timesNs = new ArrayList<>();
            long nowNs = 0;
            long intervalNs = 1_000_000_000L;
            for (int i = 0; i < 1500; i++) {
                intervalNs = random.nextInt(150) == 0 ? 100_000_000L + random.nextInt(1_900_000_000) : intervalNs;
                nowNs += intervalNs;
                byte[] picture = shown[random.nextInt(shown.length)];

                long repeatsAfterNs = watch.look(picture, nowNs, true, memory);
                found += repeatsAfterNs > 0 ? 1 : 0;
                assertThat(repeatsAfterNs)
                        .as("session %d, frame %d", session, i)
                        .isEqualTo(repeatsAfterNs(picture, nowNs, pictures, timesNs));
                if (timesNs.isEmpty() || nowNs - timesNs.get(timesNs.size() - 1) >= 150_000_000L) {
                    pictures.add(picture);
                    timesNs.add(nowNs);
                }
            }
        }
        assertThat(found).isPositive();
    }

    private static long repeatsAfterNs(byte[] picture, long nowNs, List<byte[]> pictures, List<Long> timesNs) {
        for (int i = pictures.size() - 2; i >= 1 && i >= pictures.size() - RepeatWatch.CAPACITY + 1; i--) {
            long agoNs = nowNs - timesNs.get(i);
            if (agoNs >= RepeatWatch.LEAST_NS
                    && agoNs <= RepeatWatch.REACH_NS
                    && pictures.get(i) == picture
                    && pictures.get(i - 1) != picture
                    && pictures.get(i + 1) != picture) {
                return agoNs;
            }
        }
        return 0;
    }

    @Test
    void shouldTakeNoMoreMemoryThanTheFrameRateNeeds() {
        RepeatWatch watch = new RepeatWatch();
        RepeatWatch.RepeatMemory memory = new RepeatWatch.RepeatMemory();
        byte[] picture = new byte[RepeatWatch.SAMPLES];
        for (int i = 0; i < 1000; i++) {
            watch.look(picture, i * 1_000_000_000L, true, memory);
        }

        assertThat(memory.timesNs).hasSize(128);
    }

    /** A background of patches; one of another seed is not found in it. */
    private static byte[] background(long seed) {
        Random random = new Random(seed);
        byte[] grey = new byte[WIDTH * HEIGHT];
        for (int y = 0; y < HEIGHT; y += 8) {
            for (int x = 0; x < WIDTH; x += 8) {
                byte level = (byte) random.nextInt(256);
                for (int i = 0; i < 64; i++) {
                    grey[(y + i / 8) * WIDTH + x + i % 8] = level;
                }
            }
        }
        return grey;
    }

    /** How long into looks at another background a new view begins, with a look at every step. */
    private static long lostAfterNs(ViewWatch watch, ViewMemory memory, long fromNs, long stepNs) {
        long nowNs = fromNs;
        while (memory.number == 1 && nowNs - fromNs < 100_000_000_000L) {
            watch.look(background(2), WIDTH, HEIGHT, nowNs, true, memory);
            nowNs += stepNs;
        }
        return nowNs - stepNs - fromNs;
    }

    @ParameterizedTest
    @CsvSource({"400, 5", "1000, 5", "2000, 6", "3000, 9"})
    void shouldBeginAnotherViewWhenTheBackgroundIsLostForFiveSeconds(long stepMs, double seconds) {
        ViewWatch watch = new ViewWatch();
        ViewMemory memory = new ViewMemory();
        watch.look(background(1), WIDTH, HEIGHT, 0, true, memory);

        assertThat(lostAfterNs(watch, memory, 1_000_000_000L, stepMs * 1_000_000) / 1e9)
                .isBetween(seconds, seconds + 0.4);
    }

    @ParameterizedTest
    @CsvSource({"true, 5, 5.7", "false, 2.8, 3.3"})
    void shouldNotCountDarknessNorAGapAsTimeInWhichTheBackgroundIsLost(boolean dark, double least, double most) {
        ViewWatch watch = new ViewWatch();
        ViewMemory memory = new ViewMemory();
        watch.look(background(1), WIDTH, HEIGHT, 9_000_000_000L, true, memory);
        watch.look(background(2), WIDTH, HEIGHT, 10_000_000_000L, true, memory);
        for (long nowNs = 11_000_000_000L; dark && nowNs < 60_000_000_000L; nowNs += STEP_NS) {
            watch.look(new byte[WIDTH * HEIGHT], WIDTH, HEIGHT, nowNs, false, memory);
        }

        assertThat(lostAfterNs(watch, memory, 60_000_000_000L, 400_000_000L) / 1e9)
                .isBetween(least, most);
    }

    @Test
    void shouldSeeNoMoveOfTheCameraWhenPeopleWalkAboutAndTheLightChanges() {
        ViewWatch watch = new ViewWatch();
        ViewMemory memory = new ViewMemory();
        for (int i = 0; i < 100; i++) {
            double x = 30 * Math.sin(0.1 * i);
            Scene scene = new Scene(
                    List.of(new Scene.Person(Portrait.P1, HeadState.frontal(60).shifted(x, 2))),
                    Optional.empty(),
                    Scene.View.CLEAR,
                    1 - 0.4 * i / 100);
            watch.look(small(scene, i), WIDTH, HEIGHT, i * STEP_NS, true, memory);
            assertThat(Math.max(Math.abs(memory.shiftX), Math.abs(memory.shiftY)))
                    .as("frame %d", i)
                    .isLessThan(ViewWatch.MOVED_SHARE);
        }
        assertThat(memory.number).isEqualTo(1);
    }
}
