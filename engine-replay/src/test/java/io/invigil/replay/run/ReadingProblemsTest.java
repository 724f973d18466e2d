package io.invigil.replay.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.invigil.api.Rotation;
import io.invigil.replay.TestVideos;
import io.invigil.replay.media.RawVideo;
import io.invigil.replay.media.RecordingReader;
import io.invigil.replay.media.Tracks;
import io.invigil.replay.media.Tracks.Track;
import io.invigil.replay.media.VideoSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ReadingProblemsTest {
    @TempDir
    Path folder;

    private Path video;

    @BeforeEach
    void setUp() throws Exception {
        video = TestVideos.write(folder.resolve("video.mp4"), TestVideos.mp4(), TestVideos.steady(20, 5));
    }

    private static List<String> read(Path file, Path grown) throws Exception {
        try (RecordingReader reader = RecordingReader.open(file)) {
            while (reader.next()) {
                if (grown != null) {
                    Files.write(grown, new byte[1], StandardOpenOption.APPEND);
                }
            }
            return ReadingProblems.of(reader, file);
        }
    }

    @Test
    void shouldSayNothingWhenTheRecordingIsWhole() throws Exception {
        assertThat(read(video, null)).isEmpty();
    }

    @Test
    void shouldSayThatTheRecordingIsDamaged() throws Exception {
        byte[] bytes = Files.readAllBytes(video);
        for (int at = bytes.length / 3; at < bytes.length * 2 / 3; at += 997) {
            bytes[at] ^= 0x5a;
        }
        assertThat(read(Files.write(folder.resolve("bits.mp4"), bytes), null))
                .singleElement()
                .asString()
                .startsWith("the recording is damaged or was joined from parts (damaged pieces: ");
    }

    @Test
    void shouldNotSayTwiceThatTheFileIsCutOff() throws Exception {
        Path whole = TestVideos.write(
                folder.resolve("first.mp4"),
                TestVideos.withContainerOptions(TestVideos.mp4(), Map.of("movflags", "faststart")),
                TestVideos.steady(20, 10));
        byte[] bytes = Files.readAllBytes(whole);
        Path cut = Files.write(folder.resolve("cut.mp4"), Arrays.copyOf(bytes, bytes.length * 6 / 10));
        assertThat(read(cut, null))
                .singleElement()
                .asString()
                .startsWith("the recording is cut off: it ends at ")
                .endsWith(" of 10.000 s");
    }

    @Test
    void shouldSayWhichVideoWasAnalysedWhenThereAreSeveral() throws Exception {
        Path two =
                Tracks.write(folder.resolve("two.mkv"), "matroska", new Track(video, 100, 0), new Track(video, 100, 0));
        assertThat(read(two, null))
                .containsExactly("the file holds 2 videos: only the one of " + TestVideos.WIDTH + " x "
                        + TestVideos.HEIGHT + " was analysed");
    }

    @ParameterizedTest
    @CsvSource({
        "40, 25000, 'the video begins 25.0 s after the recording does: nothing was seen of that time,"
                + " and times count from the first frame;the video ends 9.1 s before the recording does: nothing was seen of that time'",
        "30, 0, the video ends 24.1 s before the recording does: nothing was seen of that time",
        "7, 0, ''",
        "7, 1800, ''"
    })
    void shouldSayForHowLongOnlyTheSoundWentOn(int soundSeconds, long beginMs, String problems) throws Exception {
        Path file = Tracks.writeWithSound(
                folder.resolve("sound.mkv"), "matroska", soundSeconds, new Track(video, 100, beginMs));
        assertThat(String.join(";", read(file, null))).isEqualTo(problems);
    }

    /** What a clip cut without coding it anew still holds from before its beginning is not shown. */
    @ParameterizedTest
    @ValueSource(ints = {0, 2})
    void shouldSayNothingOfWhatIsNotShownWhenAClipWasTrimmed(int soundSeconds) throws Exception {
        Path trimmed = Tracks.writeWithSound(
                folder.resolve("trimmed.mov"), "mov", soundSeconds, new Track(video, 100, -3_000));
        try (RecordingReader reader = RecordingReader.open(trimmed)) {
            while (reader.next()) {}
            assertThat(reader.endNs()).isBetween(1_800_000_000L, 2_000_000_000L);
            assertThat(reader.beforeFirstNs()).isLessThan(200_000_000L);
            assertThat(ReadingProblems.of(reader, trimmed)).isEmpty();
        }
    }

    @Test
    void shouldSayNothingWhenTheLastFrameOfASlowVideoIsShownForLong() throws Exception {
        Path slow = TestVideos.write(folder.resolve("slow.mp4"), TestVideos.mp4(), TestVideos.steady(0.2, 25));
        Path file = Tracks.writeWithSound(folder.resolve("slow.mkv"), "matroska", 25, new Track(slow, 100, 0));
        assertThat(read(file, null)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"0, 25, 1760", "15, 15, 2933", "10, 10, 4400"})
    void shouldSayWhichRateWasAssumedWhenTheFileStatesNoTimes(int statedFps, int assumedFps, long endMs)
            throws Exception {
        Path bare = RawVideo.h264(folder.resolve("bare.h264"), 3);
        Path file = statedFps > 0 ? RawVideo.stateRate(bare, folder.resolve("stated.h264"), statedFps) : bare;
        try (RecordingReader reader = RecordingReader.open(file)) {
            while (reader.next()) {}
            assertThat(reader.decodedFrames()).isEqualTo(45);
            assertThat(reader.info().nominalFps()).isEqualTo(assumedFps);
            assertThat(reader.endNs() / 1_000_000).isEqualTo(endMs);
            assertThat(ReadingProblems.of(reader, file))
                    .containsExactly("the file states no times: " + assumedFps + " frames a second were assumed");
        }
    }

    @Test
    void shouldSayWhichRateWasAssumedOfPicturesInARow() throws Exception {
        VideoSettings settings = new VideoSettings(
                "mjpeg",
                "mjpeg",
                TestVideos.WIDTH,
                TestVideos.HEIGHT,
                15,
                4_000_000,
                Rotation.NONE,
                Map.of("strict", "unofficial"));
        Path file = TestVideos.write(folder.resolve("camera.mjpeg"), settings, TestVideos.steady(15, 1));
        assertThat(read(file, null)).containsExactly("the file states no times: 25 frames a second were assumed");
    }

    @Test
    void shouldTakeTheTimesThatThePicturesOfABareVideoCarry() throws Exception {
        VideoSettings settings = new VideoSettings(
                "m4v", "mpeg4", TestVideos.WIDTH, TestVideos.HEIGHT, 15, 400_000, Rotation.NONE, Map.of());
        Path file = TestVideos.write(folder.resolve("bare.m4v"), settings, TestVideos.steady(15, 4));
        try (RecordingReader reader = RecordingReader.open(file)) {
            while (reader.next()) {}
            assertThat(reader.endNs()).isCloseTo(3_933_000_000L, within(2_000_000L));
            assertThat(ReadingProblems.of(reader, file)).isEmpty();
        }
    }

    @Test
    void shouldNotCallTheRestMissingWhenTheReadingWasStopped() throws Exception {
        Path file = Tracks.writeWithSound(folder.resolve("sound.mkv"), "matroska", 30, new Track(video, 100, 0));
        try (RecordingReader reader = RecordingReader.open(file)) {
            reader.next();
            assertThat(ReadingProblems.of(reader, file)).isEmpty();
        }
    }

    @Test
    void shouldSayThatTheFileGrewMeanwhile() throws Exception {
        assertThat(read(video, video))
                .containsExactly(
                        "the file was changed, moved or deleted while it was read: what came late may be missing");
    }

    @Test
    void shouldSayThatTheFileIsGoneWhenItIsDeletedMeanwhile() throws Exception {
        try (RecordingReader reader = RecordingReader.open(video)) {
            while (reader.next()) {
                Files.deleteIfExists(video);
            }
            assertThat(ReadingProblems.of(reader, video))
                    .containsExactly(
                            "the file was changed, moved or deleted while it was read: what came late may be missing");
        }
    }
}
