package io.invigil.report.log;

import io.invigil.api.Rotation;
import java.util.Objects;

/**
 * What a container says about its video before a frame is decoded; or that there is none, because a session came live.
 *
 * @param container the container's short name, as FFmpeg calls it
 * @param codec the video codec's short name
 * @param widthPx width as stored, before rotation
 * @param heightPx height as stored, before rotation
 * @param rotation the turn the container asks for, before it has the picture mirrored perhaps
 * @param durationNs length the container states, in nanoseconds; -1 when it states none
 * @param nominalFps mean frame rate the container states, in frames a second, or the bit stream of a video without one; 0 when
 *     none is stated
 * @param sizeBytes the file's length
 */
public record RecordingInfo(
        String container,
        String codec,
        int widthPx,
        int heightPx,
        Rotation rotation,
        long durationNs,
        double nominalFps,
        long sizeBytes) {
    private static final String LIVE = "live";

    /**
     * A live session: pictures one by one, no container.
     *
     * @param widthPx width of its pictures, upright; 0 when not known
     * @param heightPx their height; 0 when not known
     */
    public static RecordingInfo live(int widthPx, int heightPx) {
        return new RecordingInfo(LIVE, LIVE, widthPx, heightPx, Rotation.NONE, -1, 0, 0);
    }

    /** True for a live session. */
    public boolean isLive() {
        return container.equals(LIVE);
    }

    /** Checks that nothing is null. */
    public RecordingInfo {
        Objects.requireNonNull(container, "container");
        Objects.requireNonNull(codec, "codec");
        Objects.requireNonNull(rotation, "rotation");
    }

    /** Width of the upright picture in pixels. */
    public int uprightWidthPx() {
        return rotation.swapsSides() ? heightPx : widthPx;
    }

    /** Height of the upright picture in pixels. */
    public int uprightHeightPx() {
        return rotation.swapsSides() ? widthPx : heightPx;
    }
}
