package io.invigil.replay.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.invigil.api.Frame;
import io.invigil.api.PixelFormat;
import io.invigil.api.Rotation;
import io.invigil.replay.TestVideos;
import io.invigil.replay.media.RecordingException.Problem;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class RecordingReaderTest {
    @TempDir
    Path folder;

    @Test
    void shouldGiveMediaTimesFromZeroWhenFramesAreStoredOutOfOrder() throws Exception {
        long[] times = TestVideos.steady(20, 3);
        Path file = TestVideos.write(folder.resolve("steady.mp4"), TestVideos.mp4(), times);
        assertThat(timesOf(file)).containsExactly(Arrays.stream(times).boxed().toArray(Long[]::new));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 4, 16})
    void shouldGiveTheSameFramesHoweverManyThreadsDecode(int threads) throws Exception {
        Path file = TestVideos.write(folder.resolve("threads.mp4"), TestVideos.mp4(), TestVideos.steady(20, 3));
        List<Integer> one = frames(file, 1);
        assertThat(one).hasSize(60);
        assertThat(one.stream().distinct().count()).isGreaterThan(30);
        assertThat(frames(file, threads)).isEqualTo(one);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 17})
    void shouldNameTheRangeOfDecodingThreads(int threads) {
        assertThatThrownBy(() -> RecordingReader.open(folder, threads))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("decodingThreads is " + threads + ", must be in 1..16");
    }

    /** The hash of each frame's pixels and time. */
    private static List<Integer> frames(Path file, int threads) throws RecordingException {
        List<Integer> hashes = new ArrayList<>();
        try (RecordingReader reader = RecordingReader.open(file, threads)) {
            while (reader.next()) {
                hashes.add(
                        31 * reader.bgrFrame().planes().get(0).data().hashCode() + Long.hashCode(reader.timestampNs()));
            }
        }
        return hashes;
    }

    @Test
    void shouldKeepEveryJumpWhenRateVaries() throws Exception {
        long[] times = {0, 33_000_000L, 100_000_000L, 101_000_000L, 700_000_000L, 5_700_000_000L, 5_733_000_000L};
        Path file = TestVideos.write(folder.resolve("browser.webm"), TestVideos.webm(), times);
        assertThat(timesOf(file)).containsExactly(Arrays.stream(times).boxed().toArray(Long[]::new));
    }

    @Test
    void shouldCountFromFirstFrameWhenStreamStartsLate() throws Exception {
        long[] late = Arrays.stream(TestVideos.steady(10, 1))
                .map(t -> t + 42_000_000_000L)
                .toArray();
        Path file = TestVideos.write(folder.resolve("late.webm"), TestVideos.webm(), late);
        assertThat(timesOf(file)).hasSize(10).startsWith(0L, 100_000_000L).endsWith(900_000_000L);
    }

    @ParameterizedTest
    @EnumSource(Rotation.class)
    void shouldTellRotationWhenContainerCarriesOne(Rotation rotation) throws Exception {
        Path file = TestVideos.write(
                folder.resolve("turned.mp4"),
                TestVideos.rotated(TestVideos.mp4(), rotation),
                TestVideos.steady(10, 0.5));
        try (RecordingReader reader = RecordingReader.open(file)) {
            assertThat(reader.info().rotation()).isEqualTo(rotation);
            assertThat(reader.next()).isTrue();
            assertThat(reader.frame().rotation()).isEqualTo(rotation);
            assertThat(reader.info().uprightWidthPx())
                    .isEqualTo(rotation.swapsSides() ? TestVideos.HEIGHT : TestVideos.WIDTH);
        }
    }

    /** The matrix by rows, and whether the picture's left and its top are then seen at the left and at the top, or across. */
    @ParameterizedTest
    @CsvSource({
        "-1, 0, 0, 1, NONE, right, top",
        "1, 0, 0, -1, CLOCKWISE_180, left, bottom",
        "0, 1, 1, 0, CLOCKWISE_90, top, left",
        "0, -1, -1, 0, CLOCKWISE_270, bottom, right",
        "1, 0, 0, 1, NONE, left, top",
        "0, 1, -1, 0, CLOCKWISE_90, top, right"
    })
    void shouldShowThePictureAsAPlayerDoesWhenItIsMirrored(
            int a, int b, int c, int d, Rotation turn, String left, String top) throws Exception {
        Path file = TestVideos.write(folder.resolve("mirror.mp4"), TestVideos.mp4(), TestVideos.steady(10, 0.5));
        stateMatrix(file, a, b, c, d);
        try (RecordingReader reader = RecordingReader.open(file)) {
            assertThat(reader.info().rotation()).isEqualTo(turn);
            assertThat(reader.next()).isTrue();
            assertThat(blueSides(reader.bgrFrame())).containsExactlyInAnyOrder(left, opposite(top));
            assertThat(reader.frame().format()).isEqualTo(a * d - b * c < 0 ? PixelFormat.BGR : PixelFormat.I420);
        }
    }

    /** Overwrites the display matrix in an MP4 file's head, which is after the box's name, times, number and layer. */
    private static void stateMatrix(Path file, int a, int b, int c, int d) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        int at = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("tkhd") + 44;
        int one = 1 << 16;
        ByteBuffer.wrap(bytes)
                .position(at)
                .putInt(a * one)
                .putInt(b * one)
                .putInt(0)
                .putInt(c * one)
                .putInt(d * one);
        Files.write(file, bytes);
    }

    private static String opposite(String side) {
        return Map.of("left", "right", "right", "left", "top", "bottom", "bottom", "top")
                .get(side);
    }

    /** The two sides of the upright picture at whose corner it is blue; as stored, that is at the left below. */
    private static Set<String> blueSides(Frame frame) {
        Set<String> sides = new HashSet<>();
        boolean across = frame.rotation().swapsSides();
        int width = across ? frame.heightPx() : frame.widthPx();
        int height = across ? frame.widthPx() : frame.heightPx();
        for (int x : new int[] {4, width - 5}) {
            for (int y : new int[] {4, height - 5}) {
                if (isBlue(frame, x, y)) {
                    sides.add(x == 4 ? "left" : "right");
                    sides.add(y == 4 ? "top" : "bottom");
                }
            }
        }
        return sides;
    }

    private static boolean isBlue(Frame frame, int x, int y) {
        int right = frame.widthPx() - 1;
        int bottom = frame.heightPx() - 1;
        int storedX = switch (frame.rotation()) {
            case NONE -> x;
            case CLOCKWISE_90 -> y;
            case CLOCKWISE_180 -> right - x;
            case CLOCKWISE_270 -> right - y;
        };
        int storedY = switch (frame.rotation()) {
            case NONE -> y;
            case CLOCKWISE_90 -> bottom - x;
            case CLOCKWISE_180 -> bottom - y;
            case CLOCKWISE_270 -> x;
        };
        Frame.Plane plane = frame.planes().get(0);
        int at = storedY * plane.strideBytes() + storedX * 3;
        return (plane.data().get(at) & 255) > 190 && (plane.data().get(at + 2) & 255) < 70;
    }

    @Test
    void shouldLendTheSamePictureWhenShownAsI420AndAsBgr() throws Exception {
        Path file = TestVideos.write(folder.resolve("colour.webm"), TestVideos.webm(), TestVideos.steady(10, 0.5));
        try (RecordingReader reader = RecordingReader.open(file)) {
            assertThat(reader.next()).isTrue();
            Frame planar = reader.frame();
            assertThat(planar.format()).isEqualTo(PixelFormat.I420);
            ByteBuffer luma = planar.planes().get(0).data();
            int stride = planar.planes().get(0).strideBytes();
            assertThat(luma.isDirect()).isTrue();
            // Limited range: light grey 170 is 16 + 170 * 219 / 255.
            assertThat(luma.get(24 * stride + 50) & 255).isCloseTo(162, within(4));
            Frame packed = reader.bgrFrame();
            ByteBuffer pixels = packed.planes().get(0).data();
            int rowBytes = packed.planes().get(0).strideBytes();
            assertThat(pixels.get(24 * rowBytes + 50 * 3) & 255).isCloseTo(170, within(5));
            assertThat(pixels.get(24 * rowBytes + 5 * 3) & 255).as("blue").isGreaterThan(190);
            assertThat(pixels.get(24 * rowBytes + 5 * 3 + 2) & 255).as("red").isLessThan(70);
        }
    }

    static List<VideoSettings> shouldSayTruncatedAndKeepWhatIsThereWhenFileIsCutOff() {
        VideoSettings mp4 = TestVideos.mp4();
        return List.of(
                TestVideos.withContainerOptions(mp4, Map.of("movflags", "faststart")),
                TestVideos.withContainerOptions(mp4, Map.of("movflags", "frag_keyframe+empty_moov")),
                TestVideos.webm(),
                TestVideos.liveWebm());
    }

    @ParameterizedTest
    @MethodSource
    void shouldSayTruncatedAndKeepWhatIsThereWhenFileIsCutOff(VideoSettings settings) throws Exception {
        Path whole =
                TestVideos.write(folder.resolve("whole." + settings.container()), settings, TestVideos.steady(20, 12));
        byte[] bytes = Files.readAllBytes(whole);
        for (int percent : new int[] {70, 71, 90}) {
            Path cut = folder.resolve("cut" + percent + '.' + settings.container());
            Files.write(cut, Arrays.copyOf(bytes, bytes.length * percent / 100));
            try (RecordingReader reader = RecordingReader.open(cut)) {
                int frames = 0;
                while (reader.next()) {
                    frames++;
                }
                assertThat(frames).as("frames at %d %%", percent).isBetween(20, 239);
                assertThat(reader.isTruncated())
                        .as("truncated at %d %%", percent)
                        .isTrue();
            }
        }
        try (RecordingReader reader = RecordingReader.open(whole)) {
            while (reader.next()) {
                assertThat(reader.isTruncated()).isFalse();
            }
            assertThat(reader.isTruncated()).isFalse();
            assertThat(reader.decodedFrames()).isEqualTo(240);
        }
    }

    @Test
    void shouldNotSayTruncatedWhenFileIsWhole() throws Exception {
        Path file = TestVideos.write(folder.resolve("whole.webm"), TestVideos.webm(), TestVideos.steady(20, 3));
        try (RecordingReader reader = RecordingReader.open(file)) {
            while (reader.next()) {
                assertThat(reader.isTruncated()).isFalse();
            }
            assertThat(reader.isTruncated()).isFalse();
            assertThat(reader.progress()).isGreaterThan(0.9);
        }
    }

    @Test
    void shouldNameTheProblemWhenThereIsNoVideoToRead() throws Exception {
        Path text = Files.writeString(folder.resolve("notes.txt"), "not a video at all\n".repeat(100));
        Path liar = Files.writeString(folder.resolve("liar.mp4"), "not a video at all\n".repeat(100));
        Path list = Files.writeString(
                folder.resolve("list.m3u8"), "#EXTM3U\n#EXTINF:1,\nhttp://127.0.0.1:9/a.ts\n#EXT-X-ENDLIST\n");
        Path empty = Files.write(folder.resolve("empty.webm"), new byte[0]);
        assertProblem(folder.resolve("nowhere.mp4"), Problem.MISSING);
        assertProblem(folder, Problem.NOT_A_VIDEO);
        assertProblem(text, Problem.NOT_A_VIDEO);
        assertProblem(liar, Problem.NOT_A_VIDEO);
        assertProblem(list, Problem.NOT_A_VIDEO);
        assertProblem(empty, Problem.ZERO_FRAMES);
    }

    @Test
    void shouldNameTheProblemWhenFileMustNotBeRead() throws Exception {
        assumeFalse("root".equals(System.getProperty("user.name")), "root may read everything");
        Path file = TestVideos.write(folder.resolve("secret.webm"), TestVideos.webm(), TestVideos.steady(10, 0.5));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));
        assertProblem(file, Problem.NO_PERMISSION);
    }

    @Test
    void shouldReadFileWhenItsNameIsHostile() throws Exception {
        for (String name : List.of("http:%2F%2Fx.mp4", "a b'\"<i>&\u00e4.mp4", "-o.mp4", "concat:a|b.mp4")) {
            Path file = folder.resolve(new String(name.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8));
            TestVideos.write(file, TestVideos.mp4(), TestVideos.steady(10, 0.5));
            assertThat(timesOf(file)).hasSize(5);
        }
    }

    private static void assertProblem(Path file, Problem problem) {
        assertThatThrownBy(() -> RecordingReader.open(file).close())
                .isInstanceOfSatisfying(RecordingException.class, failure -> {
                    assertThat(failure.problem()).isEqualTo(problem);
                    assertThat(failure.getMessage()).isNotBlank().doesNotContain("\n");
                });
    }

    private static List<Long> timesOf(Path file) throws RecordingException {
        List<Long> times = new ArrayList<>();
        try (RecordingReader reader = RecordingReader.open(file)) {
            while (reader.next()) {
                times.add(reader.timestampNs());
            }
        }
        return times;
    }

    @Test
    void shouldSayThatItIsClosedWhenReadAfterwards() throws Exception {
        Path file = TestVideos.write(folder.resolve("closed.webm"), TestVideos.webm(), TestVideos.steady(10, 0.5));
        RecordingReader reader = RecordingReader.open(file);
        assertThat(reader.next()).isTrue();
        reader.close();
        reader.close();
        assertThatThrownBy(reader::next)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the recording is closed");
        assertThatThrownBy(reader::frame).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(reader::bgrFrame).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void shouldNotSayTruncatedWhenTheVideoBeginsLate() throws Exception {
        long[] late = Arrays.stream(TestVideos.steady(10, 3))
                .map(t -> t + 42_000_000_000L)
                .toArray();
        Path file = TestVideos.write(folder.resolve("late.webm"), TestVideos.webm(), late);
        try (RecordingReader reader = RecordingReader.open(file)) {
            while (reader.next()) {
                assertThat(reader.info().durationNs()).isGreaterThan(40_000_000_000L);
            }
            assertThat(reader.endNs()).isEqualTo(2_900_000_000L);
            assertThat(reader.isTruncated()).isFalse();
        }
    }

    @Test
    void shouldReadPicturesInARowWhenTheSuffixSaysThatTheyAreAVideo() throws Exception {
        BufferedImage picture = new BufferedImage(640, 480, BufferedImage.TYPE_INT_RGB);
        Random random = new Random(3);
        ByteArrayOutputStream jpegs = new ByteArrayOutputStream();
        for (int i = 0; i < 4; i++) {
            for (int x = 0; x < 640 * 480; x++) {
                picture.setRGB(x % 640, x / 640, random.nextInt());
            }
            ImageIO.write(picture, "jpeg", jpegs);
        }
        assertThat(timesOf(Files.write(folder.resolve("Camera.MJPEG"), jpegs.toByteArray())))
                .hasSize(4);
        assertProblem(Files.write(folder.resolve("pictures.mp4"), jpegs.toByteArray()), Problem.NOT_A_VIDEO);
    }
}
