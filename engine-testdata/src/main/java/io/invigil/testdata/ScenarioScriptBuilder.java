package io.invigil.testdata;

import java.util.ArrayList;
import java.util.List;

/** Collects the episodes of a {@link ScenarioScript}. Times are media seconds; every method returns this builder. */
public final class ScenarioScriptBuilder {
    final long seed;
    CameraModel camera = CameraModel.standard(640, 480);
    double framesPerSecond = 15;
    double durationSeconds = 10;
    double noiseLevels = 1.8;
    Portrait candidate = Portrait.P2;
    double distanceCm = 48;
    final List<Episode> episodes = new ArrayList<>();

    ScenarioScriptBuilder(long seed) {
        this.seed = seed;
    }

    /**
     * Size of the picture.
     *
     * @param width px
     * @param height px
     * @return this
     */
    public ScenarioScriptBuilder size(int width, int height) {
        camera = CameraModel.standard(width, height);
        return this;
    }

    /**
     * Frame rate.
     *
     * @param perSecond above 0 to 120
     * @return this
     */
    public ScenarioScriptBuilder framesPerSecond(double perSecond) {
        framesPerSecond = within("framesPerSecond", perSecond, 0.1, 120);
        return this;
    }

    /**
     * Length.
     *
     * @param seconds above 0 to a day
     * @return this
     */
    public ScenarioScriptBuilder durationSeconds(double seconds) {
        durationSeconds = within("durationSeconds", seconds, 0.1, 86_400);
        return this;
    }

    /**
     * Sensor noise.
     *
     * @param levels standard deviation in levels of 0..255
     * @return this
     */
    public ScenarioScriptBuilder noise(double levels) {
        noiseLevels = within("noise", levels, 0, 40);
        return this;
    }

    /**
     * Who sits there.
     *
     * @param portrait who
     * @param centimetres distance of the middle of the head from the lens
     * @return this
     */
    public ScenarioScriptBuilder candidate(Portrait portrait, double centimetres) {
        candidate = portrait;
        distanceCm = within("distance", centimetres, 25, 200);
        return this;
    }

    /**
     * The candidate turns the head, eyes with it.
     *
     * @param start from
     * @param end to
     * @param yawDeg to image right
     * @param pitchDeg up
     * @return this
     */
    public ScenarioScriptBuilder lookAwayByHead(double start, double end, double yawDeg, double pitchDeg) {
        return add(new Episode(Episode.Kind.HEAD, start, end, yawDeg, pitchDeg, candidate, 0));
    }

    /**
     * The candidate looks away with the eyes only.
     *
     * @param start from
     * @param end to
     * @param yawDeg to image right
     * @param pitchDeg up
     * @return this
     */
    public ScenarioScriptBuilder lookAwayByEyes(double start, double end, double yawDeg, double pitchDeg) {
        return add(new Episode(Episode.Kind.EYES, start, end, yawDeg, pitchDeg, candidate, 0));
    }

    /**
     * The candidate leaves and comes back.
     *
     * @param start the face's middle passes the edge
     * @param end it passes it again
     * @param toRight to image right, else left
     * @return this
     */
    public ScenarioScriptBuilder leaves(double start, double end, boolean toRight) {
        return add(new Episode(Episode.Kind.LEAVE, start, end, 0, 0, candidate, toRight ? 1 : -1));
    }

    /**
     * Somebody else comes in behind the candidate and goes again.
     *
     * @param start the face's middle passes the edge
     * @param end it passes it again
     * @param who somebody other than the candidate
     * @param fromRight from image right, else left
     * @return this
     */
    public ScenarioScriptBuilder secondPerson(double start, double end, Portrait who, boolean fromRight) {
        return add(new Episode(Episode.Kind.SECOND, start, end, 0, 0, who, fromRight ? 1 : -1));
    }

    /**
     * A phone is held up from the lower edge.
     *
     * @param start its middle is at the lower edge
     * @param end again
     * @return this
     */
    public ScenarioScriptBuilder phone(double start, double end) {
        return add(plain(Episode.Kind.PHONE, start, end));
    }

    /**
     * A cap on the lens.
     *
     * @param start from
     * @param end to
     * @return this
     */
    public ScenarioScriptBuilder capped(double start, double end) {
        return add(plain(Episode.Kind.CAP, start, end));
    }

    /**
     * A finger on the lens.
     *
     * @param start from
     * @param end to
     * @return this
     */
    public ScenarioScriptBuilder coveredByFinger(double start, double end) {
        return add(plain(Episode.Kind.FINGER, start, end));
    }

    /**
     * The lights go out, within two seconds, and on again.
     *
     * @param start half dark
     * @param end half light
     * @return this
     */
    public ScenarioScriptBuilder lightsOut(double start, double end) {
        return add(plain(Episode.Kind.DARK, start, end));
    }

    /**
     * One frame repeats.
     *
     * @param start from
     * @param end to
     * @return this
     */
    public ScenarioScriptBuilder frozen(double start, double end) {
        return add(plain(Episode.Kind.FREEZE, start, end));
    }

    /**
     * Frames are missing.
     *
     * @param start last frame before
     * @param end first frame after
     * @return this
     */
    public ScenarioScriptBuilder gap(double start, double end) {
        return add(plain(Episode.Kind.GAP, start, end));
    }

    /**
     * Checks and finishes.
     *
     * @return the script
     * @throws IllegalArgumentException if an episode ends after the recording
     */
    public ScenarioScript build() {
        for (Episode e : episodes) {
            if (e.end() > durationSeconds) {
                throw new IllegalArgumentException(
                        "episode end " + e.end() + " lies beyond the duration of " + durationSeconds + " s");
            }
        }
        return new ScenarioScript(this);
    }

    private Episode plain(Episode.Kind kind, double start, double end) {
        return new Episode(kind, start, end, 0, 0, candidate, 0);
    }

    private ScenarioScriptBuilder add(Episode e) {
        if (!(e.start() >= 0 && e.end() > e.start())) {
            throw new IllegalArgumentException("episode " + e.start() + " to " + e.end() + " s is empty or negative");
        }
        episodes.add(e);
        return this;
    }

    private static double within(String name, double value, double low, double high) {
        if (!(value >= low && value <= high)) {
            throw new IllegalArgumentException(name + " " + value + " must lie in " + low + ".." + high);
        }
        return value;
    }
}
