package io.invigil.wire;

import java.util.List;

/**
 * Whether a picture is good enough to start with.
 *
 * @param ok true when there is nothing to better
 * @param camera what the camera delivers
 * @param light {@code ok}, {@code dark}, {@code bright} or {@code backlit}
 * @param faces faces in the picture
 * @param hints what the candidate can better, in English
 */
public record PrecheckView(boolean ok, CameraView camera, String light, int faces, List<String> hints) {
    /** Copies the list. */
    public PrecheckView {
        hints = List.copyOf(hints);
    }
}
