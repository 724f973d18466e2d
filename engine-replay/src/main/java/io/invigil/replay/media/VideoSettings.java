package io.invigil.replay.media;

import io.invigil.api.Rotation;
import java.util.Map;
import java.util.Objects;

/**
 * How a recording is written.
 *
 * @param container FFmpeg's name of the container: {@code webm}, {@code mp4}, {@code matroska}
 * @param encoder FFmpeg's name of the encoder: {@code libvpx-vp9}, {@code libvpx}, {@code libopenh264}, {@code mpeg4}
 * @param widthPx width, even
 * @param heightPx height, even
 * @param framesPerSecond usual rate; timestamps may differ from it
 * @param bitRate bits a second aimed at; 0 for constant quality
 * @param rotation the turn a player is told to make
 * @param options the encoder's own options by name
 * @param containerOptions the container's own options by name
 */
public record VideoSettings(
        String container,
        String encoder,
        int widthPx,
        int heightPx,
        double framesPerSecond,
        long bitRate,
        Rotation rotation,
        Map<String, String> options,
        Map<String, String> containerOptions) {
    /** Settings without options of the container. */
    public VideoSettings(
            String container,
            String encoder,
            int widthPx,
            int heightPx,
            double framesPerSecond,
            long bitRate,
            Rotation rotation,
            Map<String, String> options) {
        this(container, encoder, widthPx, heightPx, framesPerSecond, bitRate, rotation, options, Map.of());
    }

    /** Copies the options and checks the size. */
    public VideoSettings {
        Objects.requireNonNull(container, "container");
        Objects.requireNonNull(encoder, "encoder");
        Objects.requireNonNull(rotation, "rotation");
        options = Map.copyOf(options);
        containerOptions = Map.copyOf(containerOptions);
        if (widthPx < 2 || heightPx < 2 || widthPx % 2 != 0 || heightPx % 2 != 0) {
            throw new IllegalArgumentException("size is " + widthPx + "x" + heightPx + ", must be even and 2 or more");
        }
    }
}
