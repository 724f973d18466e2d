package io.invigil.replay.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.invigil.api.Frame;
import io.invigil.testdata.TestClips;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(600)
class SampledReadingTest {
    /** Of these less than a frame in ten seconds is taken, so that the last one taken is far from the end. */
    private static final Set<String> RARE = Set.of("c_phone.mp4", "gaze_center.mp4", "s_session.mp4");

    private static final long SEED = 20261126;
    private static final int DAMAGES = 12;
    private static final int DAMAGED_BYTES = 600;

    @TempDir
    Path scratch;

    /** What a reading gave: the frames that were due, and the counts. */
    private record Reading(
            Map<Long, Long> due, long decoded, long notDecoded, long endNs, boolean truncated, long damaged) {}

    private static Reading read(Path file, int threads, double fps, boolean passOver) throws RecordingException {
        TreeMap<Long, Long> due = new TreeMap<>();
        FrameSampler sampler = new FrameSampler(fps);
        try (RecordingReader reader = RecordingReader.open(file, threads, passOver ? fps : 0)) {
            while (reader.next()) {
                if (sampler.isDue(reader.timestampNs())) {
                    due.put(reader.timestampNs(), checksum(reader.bgrFrame()));
                }
            }
            return new Reading(
                    due,
                    reader.decodedFrames(),
                    reader.notDecodedFrames(),
                    reader.endNs(),
                    reader.isTruncated(),
                    reader.damagedPackets());
        }
    }

    /** Of the pixels alone: what lies between rows may be anything. */
    private static long checksum(Frame frame) {
        Frame.Plane bgr = frame.planes().get(0);
        CRC32 pixels = new CRC32();
        for (int row = 0; row < frame.heightPx(); row++) {
            pixels.update(bgr.data().slice(row * bgr.strideBytes(), 3 * frame.widthPx()));
        }
        return pixels.getValue();
    }

    @Test
    void shouldGiveTheSameDueFramesOfRealRecordingsWhenOthersAreNotDecoded() throws Exception {
        Optional<Path> folder = TestClips.folder();
        assumeTrue(folder.isPresent(), "the labelled recordings are not here");
        long passedOver = 0;
        for (Path clip : clips(folder.orElseThrow())) {
            double fps = RARE.contains(clip.getFileName().toString()) ? 0.1 : 2;
            Reading all = read(clip, 1, fps, false);
            Reading sampled = read(clip, 2, fps, true);

            assertThat(all.due()).as("%s at %s", clip.getFileName(), fps).isNotEmpty();
            assertThat(sampled.due()).as("%s at %s", clip.getFileName(), fps).isEqualTo(all.due());
            assertThat(sampled.decoded() + sampled.notDecoded()).isEqualTo(all.decoded());
            assertThat(sampled.endNs()).isEqualTo(all.endNs());
            assertThat(sampled.truncated()).isEqualTo(all.truncated());
            passedOver += sampled.notDecoded();
        }
        System.out.println("SampledReadingTest: " + passedOver + " frames not decoded");
        assertThat(passedOver).isGreaterThan(1000);
    }

    /** What a decoder loses cannot be shown; what it does not lose must not be passed over for it, but for one slot. */
    @ParameterizedTest
    @ValueSource(ints = {1, 4})
    void shouldMissNoMoreThanOneSlotWhenARecordingIsDamaged(int threads) throws Exception {
        Optional<Path> folder = TestClips.folder();
        assumeTrue(folder.isPresent(), "the labelled recordings are not here");
        byte[] bytes = Files.readAllBytes(folder.orElseThrow().resolve("clips/s_session.mp4"));
        new Random(SEED).ints(DAMAGES, bytes.length / 4, bytes.length / 2).forEach(at -> {
            for (int i = at; i < at + DAMAGED_BYTES; i++) {
                bytes[i] = (byte) 0xFF;
            }
        });
        Path damaged = Files.write(scratch.resolve("damaged.mp4"), bytes);

        Reading all = read(damaged, 1, 2, false);
        Reading sampled = read(damaged, threads, 2, true);

        assertThat(all.damaged()).isPositive();
        assertThat(all.due()).hasSizeGreaterThan(100);
        assertThat(sampled.due().keySet()).hasSizeGreaterThanOrEqualTo(all.due().size() - 1);
        assertThat(sampled.endNs()).isEqualTo(all.endNs());
    }

    /** Recorders are stopped and started again, and clocks are set. */
    @ParameterizedTest
    @CsvSource({"0,20000,25.9", "5000,0,16.1", "0,9600,15.8"})
    void shouldGiveTheSameDueFramesWhenTimeJumps(long firstBeginMs, long secondBeginMs, double endSeconds)
            throws Exception {
        Optional<Path> folder = TestClips.folder();
        assumeTrue(folder.isPresent(), "the labelled recordings are not here");
        Path joined = JoinedRecording.write(
                folder.orElseThrow().resolve("clips/s_session.mp4"),
                scratch.resolve("joined.ts"),
                new JoinedRecording.Stretch(202, firstBeginMs),
                new JoinedRecording.Stretch(120, secondBeginMs));

        Reading all = read(joined, 1, 5, false);

        assertThat(all.endNs() / 1e9).isCloseTo(endSeconds, within(0.1));
        for (int threads : new int[] {1, 16}) {
            Reading sampled = read(joined, threads, 5, true);
            assertThat(sampled.notDecoded()).isPositive();
            assertThat(sampled.due()).isEqualTo(all.due());
            assertThat(sampled.decoded() + sampled.notDecoded()).isEqualTo(all.decoded());
            assertThat(sampled.endNs()).isEqualTo(all.endNs());
        }
    }

    private static List<Path> clips(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("clips"))) {
            return files.filter(file -> file.toString().endsWith(".mp4"))
                    .sorted()
                    .toList();
        }
    }
}
