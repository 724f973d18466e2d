package io.invigil.replay;

import io.invigil.api.Rotation;
import io.invigil.replay.media.RecordingException;
import io.invigil.replay.media.VideoEncoder;
import io.invigil.replay.media.VideoSettings;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;

/** Tiny recordings made on the spot. */
public final class TestVideos {
    /** Width of every recording. */
    public static final int WIDTH = 64;

    /** Height of every recording. */
    public static final int HEIGHT = 48;

    private static final int TEXTURE_ROWS = 12;
    private static final long SEED = 7;

    private TestVideos() {}

    /** MPEG-4 in MP4, with B-frames, so that frames are not stored in the order they are shown. */
    public static VideoSettings mp4() {
        return new VideoSettings("mp4", "mpeg4", WIDTH, HEIGHT, 20, 400_000, Rotation.NONE, Map.of("bf", "2"));
    }

    /** VP8 in WebM. */
    public static VideoSettings webm() {
        return new VideoSettings(
                "webm", "libvpx", WIDTH, HEIGHT, 20, 400_000, Rotation.NONE, Map.of("deadline", "realtime"));
    }

    /** VP8 in WebM as a browser writes it while it records: no duration, no index. */
    public static VideoSettings liveWebm() {
        return new VideoSettings(
                "webm",
                "libvpx",
                WIDTH,
                HEIGHT,
                20,
                400_000,
                Rotation.NONE,
                Map.of("deadline", "realtime"),
                Map.of("live", "1"));
    }

    /** The settings with a rotation flag. */
    public static VideoSettings rotated(VideoSettings settings, Rotation rotation) {
        return new VideoSettings(
                settings.container(),
                settings.encoder(),
                settings.widthPx(),
                settings.heightPx(),
                settings.framesPerSecond(),
                settings.bitRate(),
                rotation,
                settings.options(),
                settings.containerOptions());
    }

    /** The settings with options of the container. */
    public static VideoSettings withContainerOptions(VideoSettings settings, Map<String, String> options) {
        return new VideoSettings(
                settings.container(),
                settings.encoder(),
                settings.widthPx(),
                settings.heightPx(),
                settings.framesPerSecond(),
                settings.bitRate(),
                settings.rotation(),
                settings.options(),
                options);
    }

    /** Times of a steady stream, in nanoseconds. */
    public static long[] steady(double framesPerSecond, double seconds) {
        return LongStream.range(0, Math.round(seconds * framesPerSecond))
                .map(i -> Math.round(i * 1e9 / framesPerSecond))
                .toArray();
    }

    /** Writes frames at these times; those from {@code darkFromNs} to {@code darkToNs} are black, the others light. */
    public static Path write(Path file, VideoSettings settings, long[] timesNs, long darkFromNs, long darkToNs)
            throws RecordingException {
        byte[] bgr = new byte[settings.widthPx() * settings.heightPx() * 3];
        Random random = new Random(SEED);
        try (VideoEncoder encoder = VideoEncoder.create(file, settings)) {
            for (long timeNs : timesNs) {
                boolean dark = timeNs >= darkFromNs && timeNs < darkToNs;
                Arrays.fill(bgr, (byte) (dark ? 4 : 170));
                if (!dark) {
                    // The left third is blue, so that turns and channel orders show.
                    for (int y = 0; y < settings.heightPx(); y++) {
                        for (int x = 0; x < settings.widthPx() / 3; x++) {
                            int at = (y * settings.widthPx() + x) * 3;
                            bgr[at] = (byte) 230;
                            bgr[at + 1] = 20;
                            bgr[at + 2] = 20;
                        }
                    }
                }
                if (!dark) {
                    texture(bgr, settings.widthPx(), random);
                }
                encoder.write(bgr, timeNs);
            }
            encoder.finish();
        }
        return file;
    }

    /** Something that changes in the top rows, so that every frame takes its share of the file. */
    private static void texture(byte[] bgr, int widthPx, Random random) {
        for (int i = 0; i < TEXTURE_ROWS * widthPx * 3; i++) {
            bgr[i] = (byte) (130 + random.nextInt(80));
        }
    }

    /** Writes a light recording. */
    public static Path write(Path file, VideoSettings settings, long[] timesNs) throws RecordingException {
        return write(file, settings, timesNs, -1, -1);
    }
}
