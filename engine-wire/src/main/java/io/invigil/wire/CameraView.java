package io.invigil.wire;

import io.invigil.api.ImageQuality;

/**
 * What the camera delivers.
 *
 * @param state {@code ok}, {@code dark}, {@code black}, {@code covered}, {@code blurred}, {@code overexposed}, or
 *     {@code unknown} before the first frame
 * @param brightness mean luma, 0 to 255
 * @param contrast standard deviation of luma, 0 to 128
 * @param sharpness falls with blur
 */
public record CameraView(String state, double brightness, double contrast, double sharpness) {
    /** Nothing was seen yet. */
    public static final CameraView NONE = new CameraView("unknown", 0, 0, 0);

    /** Makes the numbers finite. */
    public CameraView {
        brightness = Finite.rounded(brightness);
        contrast = Finite.rounded(contrast);
        sharpness = Finite.rounded(sharpness);
    }

    /** The view of a picture's quality. */
    public static CameraView of(ImageQuality quality) {
        return new CameraView(
                quality.state().wireName(), quality.brightness(), quality.contrast(), quality.sharpness());
    }
}
