package io.invigil.replay.media;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.api.Rotation;
import io.invigil.replay.TestVideos;
import io.invigil.replay.media.JoinedRecording.Stretch;
import io.invigil.replay.media.Tracks.Track;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Recordings with a strange clock, with more than one video, and with damage inside. */
@Timeout(60)
class OddRecordingTest {
    private static final long MS = 1_000_000L;
    private static final long HOUR_MS = 3_600_000L;

    @TempDir
    Path folder;

    /** What came of a recording read to its end. */
    private record Reading(
            List<Long> times, long statedNs, boolean truncated, long restarts, long damaged, long damagedFrames) {
        long widestStepNs() {
            long widest = 0;
            for (int i = 1; i < times.size(); i++) {
                widest = Math.max(widest, times.get(i) - times.get(i - 1));
            }
            return widest;
        }
    }

    private static Reading read(Path file) throws RecordingException {
        List<Long> times = new ArrayList<>();
        try (RecordingReader reader = RecordingReader.open(file)) {
            while (reader.next()) {
                times.add(reader.timestampNs());
            }
            return new Reading(
                    times,
                    reader.info().durationNs(),
                    reader.isTruncated(),
                    reader.timeRestarts(),
                    reader.damagedPackets(),
                    reader.damagedFrames());
        }
    }

    private Path steady(double seconds) throws RecordingException {
        return TestVideos.write(folder.resolve("steady.mp4"), TestVideos.mp4(), TestVideos.steady(20, seconds));
    }

    /** Unlike in MP4, each stretch of it brings what its decoder has to know. */
    private Path forTransport(double seconds) throws RecordingException {
        VideoSettings settings = new VideoSettings(
                "mpegts", "mpeg4", TestVideos.WIDTH, TestVideos.HEIGHT, 20, 400_000, Rotation.NONE, Map.of("bf", "2"));
        return TestVideos.write(folder.resolve("steady.ts"), settings, TestVideos.steady(20, seconds));
    }

    @ParameterizedTest
    @ValueSource(longs = {90_000, HOUR_MS, 2 * HOUR_MS})
    void shouldShowNoGapWhenTheClockOfATransportStreamJumpsBack(long backMs) throws Exception {
        Path joined = JoinedRecording.write(
                forTransport(3),
                folder.resolve("joined.ts"),
                new Stretch(60, 2 * HOUR_MS),
                new Stretch(60, 2 * HOUR_MS - backMs));
        Reading reading = read(joined);
        assertThat(reading.times()).hasSizeBetween(118, 120);
        assertThat(reading.widestStepNs()).isLessThan(200 * MS);
        assertThat(reading.restarts()).isEqualTo(1);
        assertThat(reading.statedNs()).as("the container states no length").isNegative();
        assertThat(reading.truncated()).isFalse();
    }

    @Test
    void shouldGoOnWhenTheClockOfATransportStreamComesRound() throws Exception {
        long justBeforeMs = (1L << 33) / 90 - 3_000;
        Path file = JoinedRecording.write(forTransport(5), folder.resolve("round.ts"), new Stretch(100, justBeforeMs));
        Reading reading = read(file);
        assertThat(reading.times()).hasSizeBetween(98, 100);
        assertThat(reading.widestStepNs()).isLessThan(200 * MS);
        assertThat(reading.truncated()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"3, false", "30, true"})
    void shouldCountFromTheFirstPacketWhenTheClockIsBeyondTheLengthThatIsStated(int statedS, boolean truncated)
            throws Exception {
        long[] late = Arrays.stream(TestVideos.steady(20, 3))
                .map(t -> t + HOUR_MS * MS)
                .toArray();
        Path file = TestVideos.write(folder.resolve("late.webm"), TestVideos.webm(), late);
        stateLength(file, statedS * 1000.0);
        Reading reading = read(file);
        assertThat(reading.statedNs()).isEqualTo(statedS * 1000 * MS);
        assertThat(reading.times()).hasSize(60).endsWith(2_950 * MS);
        assertThat(reading.truncated()).isEqualTo(truncated);
    }

    /** Overwrites the length in a Matroska file's head, a double in milliseconds. */
    private static void stateLength(Path file, double ms) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        String hex = HexFormat.of().formatHex(bytes, 0, 1000);
        int at = hex.indexOf("448988") / 2;
        assertThat(at).isPositive();
        ByteBuffer.wrap(bytes).putDouble(at + 3, ms);
        Files.write(file, bytes);
    }

    @Test
    void shouldNotSayTruncatedWhenTheVideoBeginsLongAfterTheSound() throws Exception {
        Path file =
                Tracks.writeWithSound(folder.resolve("late.mkv"), "matroska", 30, new Track(steady(5), 100, 25_000));
        Reading reading = read(file);
        assertThat(reading.times()).hasSizeBetween(98, 100).endsWith(4_950 * MS);
        assertThat(reading.statedNs()).isGreaterThan(29_000 * MS);
        assertThat(reading.truncated()).isFalse();
    }

    static List<VideoSettings> shouldNotSayTruncatedWhenStrayBytesFollow() {
        VideoSettings mp4 = TestVideos.mp4();
        return List.of(
                mp4,
                TestVideos.withContainerOptions(mp4, Map.of("movflags", "faststart")),
                TestVideos.withContainerOptions(mp4, Map.of("movflags", "frag_keyframe+empty_moov")),
                TestVideos.webm(),
                TestVideos.liveWebm());
    }

    @ParameterizedTest
    @MethodSource
    void shouldNotSayTruncatedWhenStrayBytesFollow(VideoSettings settings) throws Exception {
        Path file =
                TestVideos.write(folder.resolve("stray." + settings.container()), settings, TestVideos.steady(20, 5));
        Files.write(file, new byte[] {'\r', '\n'}, StandardOpenOption.APPEND);
        Reading reading = read(file);
        assertThat(reading.times()).hasSize(100);
        assertThat(reading.truncated()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"mp4, mpeg4, 0", "mov, mpeg4, 0", "matroska, mpeg4, 0", "webm, libvpx, 0", "mp4, mpeg4, 7"})
    void shouldNotSayTruncatedWhenTheLastPictureIsShownForLong(String container, String encoder, int beginS)
            throws Exception {
        Path file = TestVideos.write(
                folder.resolve("slow." + container), slow(container, encoder, Map.of()), everyFiveSeconds(beginS));
        Reading reading = read(file);
        assertThat(reading.statedNs()).isGreaterThanOrEqualTo(25_000 * MS);
        assertThat(reading.times()).containsExactly(0L, 5_000 * MS, 10_000 * MS, 15_000 * MS, 20_000 * MS);
        assertThat(reading.truncated()).isFalse();
    }

    @Test
    void shouldSayTruncatedWhenTheLastPicturesOfASlowRecordingAreMissing() throws Exception {
        VideoSettings settings = slow("mp4", "mpeg4", Map.of("movflags", "faststart"));
        Path whole = TestVideos.write(folder.resolve("slow.mp4"), settings, everyFiveSeconds(0));
        byte[] bytes = Files.readAllBytes(whole);
        // The last box goes on to its end, so that only the times tell.
        Arrays.fill(bytes, bytes.length * 7 / 10, bytes.length, (byte) 0);
        Reading reading = read(Files.write(folder.resolve("cut.mp4"), bytes));
        assertThat(reading.times()).hasSizeBetween(2, 4);
        assertThat(reading.truncated()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"0, 33, false", "0, 50, true", "30, 33, false", "30, 50, true"})
    void shouldSayTruncatedWhenLessIsMissingThanOnePauseLasted(int before, int statedS, boolean truncated)
            throws Exception {
        // Here MPEG-4 in Matroska does not state how long its pictures are shown.
        VideoSettings settings = new VideoSettings(
                "matroska", "mpeg4", TestVideos.WIDTH, TestVideos.HEIGHT, 20, 400_000, Rotation.NONE, Map.of());
        long[] times = LongStream.range(0, 60)
                .map(i -> (i * 50 + (i > before ? 30_000 : 0)) * MS)
                .toArray();
        Path file = TestVideos.write(folder.resolve("pause.mkv"), settings, times);
        stateLength(file, statedS * 1000.0);
        Reading reading = read(file);
        assertThat(reading.times()).hasSize(60).endsWith(32_950 * MS);
        assertThat(reading.truncated()).isEqualTo(truncated);
    }

    private static VideoSettings slow(String container, String encoder, Map<String, String> containerOptions) {
        return new VideoSettings(
                container,
                encoder,
                TestVideos.WIDTH,
                TestVideos.HEIGHT,
                0.2,
                400_000,
                Rotation.NONE,
                Map.of(),
                containerOptions);
    }

    private static long[] everyFiveSeconds(int beginS) {
        return LongStream.range(0, 5).map(i -> (beginS + 5 * i) * 1000 * MS).toArray();
    }

    @Test
    void shouldTellHowManyVideosAFileHolds() throws Exception {
        Path video = steady(1);
        Path two =
                Tracks.write(folder.resolve("two.mkv"), "matroska", new Track(video, 20, 0), new Track(video, 20, 0));
        try (RecordingReader one = RecordingReader.open(video);
                RecordingReader both = RecordingReader.open(two)) {
            assertThat(one.videos()).isEqualTo(1);
            assertThat(both.videos()).isEqualTo(2);
        }
    }

    @Test
    void shouldTellOfFramesDecodedOnlyInPart() throws Exception {
        Path file = steady(5);
        assertThat(read(file).damagedFrames()).isZero();
        byte[] bytes = Files.readAllBytes(file);
        for (int at = bytes.length / 3; at < bytes.length * 2 / 3; at += 997) {
            bytes[at] ^= 0x5a;
        }
        assertThat(read(Files.write(folder.resolve("bits.mp4"), bytes)).damagedFrames())
                .isPositive();
    }

    @Test
    void shouldTellOfLostPacketsOfATransportStream() throws Exception {
        VideoSettings settings = new VideoSettings(
                "mpegts", "libopenh264", TestVideos.WIDTH, TestVideos.HEIGHT, 20, 400_000, Rotation.NONE, Map.of());
        Path file = TestVideos.write(folder.resolve("whole.ts"), settings, TestVideos.steady(20, 5));
        assertThat(read(file).damaged()).isZero();
        byte[] bytes = Files.readAllBytes(file);
        int from = bytes.length / 2 / 188 * 188;
        Arrays.fill(bytes, from, from + 5 * 188, (byte) 0);
        assertThat(read(Files.write(folder.resolve("hole.ts"), bytes)).damaged())
                .isPositive();
    }

    @Test
    void shouldSayTruncatedWhenThePartsOfAFragmentedFileEndInZeros() throws Exception {
        Path file = TestVideos.write(
                folder.resolve("parts.mp4"),
                TestVideos.withContainerOptions(
                        TestVideos.mp4(),
                        Map.of("movflags", "empty_moov+default_base_moof", "frag_duration", "1000000")),
                TestVideos.steady(20, 6));
        assertThat(read(file).truncated()).isFalse();
        byte[] bytes = Files.readAllBytes(file);
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        int third = text.indexOf("moof", text.indexOf("moof", text.indexOf("moof") + 1) + 1) - 4;
        assertThat(third).isPositive();
        Arrays.fill(bytes, third, bytes.length, (byte) 0);
        Reading cut = read(Files.write(folder.resolve("hole.mp4"), bytes));
        assertThat(cut.times()).hasSizeBetween(10, 100);
        assertThat(cut.truncated()).isTrue();
    }
}
