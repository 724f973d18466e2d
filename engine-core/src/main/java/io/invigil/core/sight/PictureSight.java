package io.invigil.core.sight;

import io.invigil.api.CameraState;
import io.invigil.api.ImageQuality;

/** An {@link ImageQuality} that is filled anew; units and ranges are the same. Not thread-safe. */
public final class PictureSight {
    private final MotionSight motion = new MotionSight();
    private CameraState state = CameraState.OK;
    private double brightness;
    private double contrast;
    private double sharpness;
    private double change;
    private double peakChange;
    private boolean unchanged;
    private boolean sceneCut;

    /** A good picture of which nothing else is known. */
    public PictureSight() {}

    /** Takes the verdict on the camera and what the picture is like. */
    public void set(CameraState newState, double newBrightness, double newContrast, double newSharpness) {
        state = newState;
        brightness = newBrightness;
        contrast = newContrast;
        sharpness = newSharpness;
    }

    /** Takes how the picture differs from the one before. */
    public void setChange(double newChange, double newPeakChange, boolean isUnchanged, boolean isSceneCut) {
        change = newChange;
        peakChange = newPeakChange;
        unchanged = isUnchanged;
        sceneCut = isSceneCut;
    }

    /** Takes another's numbers over. */
    public void set(ImageQuality other) {
        set(other.state(), other.brightness(), other.contrast(), other.sharpness());
        setChange(other.change(), other.peakChange(), other.unchanged(), other.sceneCut());
        motion.set(other.motion());
    }

    /** The numbers as a value to keep. */
    public ImageQuality toImageQuality() {
        return new ImageQuality(
                state,
                brightness,
                contrast,
                sharpness,
                change,
                peakChange,
                unchanged,
                sceneCut,
                motion.toSceneMotion());
    }

    /** What moves in the picture, and how the picture itself moved; to be read and filled. */
    public MotionSight motion() {
        return motion;
    }

    /** The verdict the other numbers lead to. */
    public CameraState state() {
        return state;
    }

    /** Mean luma, 0 to 255. */
    public double brightness() {
        return brightness;
    }

    /** Standard deviation of luma, 0 to 128. */
    public double contrast() {
        return contrast;
    }

    /** Mean absolute difference to the previous analysed frame, 0 to 255. */
    public double change() {
        return change;
    }

    /** The largest mean difference in any block, 0 to 255. */
    public double peakChange() {
        return peakChange;
    }

    /** True when this frame equals the one before beyond what sensor noise and coding explain. */
    public boolean unchanged() {
        return unchanged;
    }

    /** True when this frame shows another scene than the one before. */
    public boolean sceneCut() {
        return sceneCut;
    }
}
