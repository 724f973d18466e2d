package io.invigil.core.rules;

import java.util.Locale;

/**
 * Finds a candidate's own neutral: robust medians of head and eyes over the first calm seconds, accepted when they are steady
 * and plausible for somebody at a screen with the camera near it. Afterwards the neutral follows slow changes of posture, within
 * bounds, while the candidate does not look away.
 *
 * <p>The limits: {@link #MIN_SPAN_NS} and {@link #MIN_SAMPLES} because a glance lasts less; a spread of some degrees is what
 * talking and reading from a screen bring, a turn brings more; a camera on or beside the screen is seldom further than 15
 * degrees to the side, while above and below there is more room (a laptop on the knees). The eyes' zero differs between people
 * and is biased upwards, so they have a wide window up and down.
 */
final class Calibration {
    static final long MIN_SPAN_NS = 1_500_000_000L;
    static final int MIN_SAMPLES = 6;
    /** Samples are at least this far apart, so that a second weighs the same at any frame rate. */
    static final long SAMPLE_NS = 90_000_000L;

    static final int CAPACITY = 32;
    /** Older samples are dropped, unless there are too few. */
    static final long WINDOW_NS = 3_000_000_000L;
    /** A head is taken as neutral without its eyes when these gave none for this long. */
    static final long HEAD_ONLY_AFTER_NS = 4_000_000_000L;

    static final double MAX_HEAD_YAW_DEG = 15;
    static final double MAX_HEAD_PITCH_DEG = 25;
    static final double MAX_EYE_YAW_DEG = 12;
    static final double MAX_EYE_PITCH_DEG = 25;
    static final double MAX_GAZE_YAW_DEG = 15;

    private static final double MAX_HEAD_SPREAD_DEG = 3;
    private static final double MAX_EYE_SPREAD_DEG = 4;
    private static final double DRIFT_TIME_NS = 30e9;
    private static final double MAX_DRIFT_STEP_NS = 1e9;
    private static final double MAX_DRIFT_DEG = 5;
    private static final long NEVER = Long.MIN_VALUE;

    /** Why there is no neutral yet. */
    enum Refusal {
        FEW("too few frames show one face clearly"),
        UNSTEADY("the head or the eyes move too much"),
        ASIDE("head or eyes are turned too far from the camera to be a neutral"),
        EYES_UNREAD("the eyes cannot be read"),
        POOR_PICTURE("the picture is too poor"),
        CONTRADICTORY("the points contradict each other");

        final String words;

        Refusal(String words) {
            this.words = words;
        }
    }

    final long[] timesNs = new long[CAPACITY];
    final LookAngles[] samples = LookAngles.array(CAPACITY);
    private final LookAngles middle = new LookAngles();
    private final double[] scratch = new double[CAPACITY];
    int size;
    long firstSampleNs = NEVER;
    boolean done;
    Refusal refusal = Refusal.FEW;
    LookAngles neutral;
    LookAngles anchor;
    /** How many degrees of gaze the screen spans, by the host's points; 0 when that is not known. */
    double spanYawDeg;

    double spanPitchDeg;

    /** Starts looking for a neutral afresh; the present one stays until another is found. */
    void restart() {
        size = 0;
        firstSampleNs = NEVER;
        done = false;
        refusal = Refusal.FEW;
    }

    /** Forgets everything, the neutral included: it may be another person's or another camera's. */
    void forget() {
        restart();
        neutral = null;
        anchor = null;
        spanYawDeg = 0;
        spanPitchDeg = 0;
    }

    /** Takes the neutral that the host's points give; it is not looked for any more. */
    void accept(CalibrationPoints.Fit fit) {
        set(fit.middle());
        spanYawDeg = fit.spanYawDeg();
        spanPitchDeg = fit.spanPitchDeg();
        done = true;
    }

    /** Notes why a frame was no use. */
    void refuse(Refusal why) {
        refusal = done ? refusal : why;
    }

    /** Takes a good frame while no complete neutral is known. True when it set one, or completed it with the eyes. */
    boolean take(long timestampNs, LookAngles seen) {
        if (done || size > 0 && timestampNs - timesNs[size - 1] < SAMPLE_NS) {
            return false;
        }
        add(timestampNs, seen);
        if (size < MIN_SAMPLES || timestampNs - timesNs[0] < MIN_SPAN_NS) {
            return false;
        }
        int eyes = 0;
        for (int i = 0; i < size; i++) {
            eyes += samples[i].hasEyes() ? 1 : 0;
        }
        LookAngles middle = middle();
        if (spread(0, middle.headYawDeg()) > MAX_HEAD_SPREAD_DEG
                || spread(1, middle.headPitchDeg()) > MAX_HEAD_SPREAD_DEG) {
            refusal = Refusal.UNSTEADY;
            return false;
        }
        if (Math.abs(middle.headYawDeg()) > MAX_HEAD_YAW_DEG || Math.abs(middle.headPitchDeg()) > MAX_HEAD_PITCH_DEG) {
            refusal = Refusal.ASIDE;
            return false;
        }
        refusal = eyes < MIN_SAMPLES ? Refusal.EYES_UNREAD : eyeRefusal(middle);
        if (refusal == null) {
            refusal = Refusal.FEW;
            set(middle);
            done = true;
            return true;
        }
        // The head's neutral does not have to wait for the eyes'.
        if (timestampNs - firstSampleNs < HEAD_ONLY_AFTER_NS || neutral != null) {
            return false;
        }
        middle.setHead(middle.headYawDeg(), middle.headPitchDeg());
        set(middle);
        return true;
    }

    /** Why the eyes' medians are no neutral; null when they are one. */
    private Refusal eyeRefusal(LookAngles middle) {
        if (spread(2, middle.eyeYawDeg()) > MAX_EYE_SPREAD_DEG) {
            return Refusal.UNSTEADY;
        }
        boolean aside = Math.abs(middle.eyeYawDeg()) > MAX_EYE_YAW_DEG
                || Math.abs(middle.eyePitchDeg()) > MAX_EYE_PITCH_DEG
                || Math.abs(middle.headYawDeg() + middle.eyeYawDeg()) > MAX_GAZE_YAW_DEG;
        return aside ? Refusal.ASIDE : null;
    }

    private void set(LookAngles found) {
        neutral = found.copy();
        anchor = found.copy();
    }

    private void add(long timestampNs, LookAngles seen) {
        if (firstSampleNs == NEVER) {
            firstSampleNs = timestampNs;
        }
        int dropped = 0;
        while (size - dropped >= MIN_SAMPLES && timestampNs - timesNs[dropped] > WINDOW_NS) {
            dropped++;
        }
        if (dropped == 0 && size == CAPACITY) {
            dropped = 1;
        }
        size -= dropped;
        System.arraycopy(timesNs, dropped, timesNs, 0, size);
        LookAngles.drop(samples, dropped, size);
        timesNs[size] = timestampNs;
        samples[size].set(seen);
        size++;
    }

    private LookAngles middle() {
        middle.set(medianOf(0, 0), medianOf(1, 0), medianOf(2, 0), medianOf(3, 0));
        return middle;
    }

    /** Median distance from the median: half of the samples lie nearer. */
    private double spread(int which, double middle) {
        return medianOf(which + 4, middle);
    }

    private double medianOf(int which, double middle) {
        double[] values = scratch;
        int count = 0;
        for (int i = 0; i < size; i++) {
            LookAngles sample = samples[i];
            double value = switch (which % 4) {
                case 0 -> sample.headYawDeg();
                case 1 -> sample.headPitchDeg();
                case 2 -> sample.eyeYawDeg();
                default -> sample.eyePitchDeg();
            };
            if (!Double.isNaN(value)) {
                values[count++] = which < 4 ? value : Math.abs(value - middle);
            }
        }
        return count == 0 ? Double.NaN : LookWindow.median(values, count);
    }

    /** Moves the neutral a little towards where an attentive candidate is now. */
    void follow(long elapsedNs, LookAngles seen) {
        double share = Math.min(MAX_DRIFT_STEP_NS, elapsedNs) / DRIFT_TIME_NS;
        neutral.set(
                drift(neutral.headYawDeg(), seen.headYawDeg(), anchor.headYawDeg(), share),
                drift(neutral.headPitchDeg(), seen.headPitchDeg(), anchor.headPitchDeg(), share),
                drift(neutral.eyeYawDeg(), seen.eyeYawDeg(), anchor.eyeYawDeg(), share),
                drift(neutral.eyePitchDeg(), seen.eyePitchDeg(), anchor.eyePitchDeg(), share));
    }

    private static double drift(double from, double to, double around, double share) {
        if (Double.isNaN(to) || Double.isNaN(from)) {
            return from;
        }
        return Math.max(around - MAX_DRIFT_DEG, Math.min(around + MAX_DRIFT_DEG, from + share * (to - from)));
    }

    /** True when there is something to compare with. */
    boolean isSet() {
        return neutral != null;
    }

    /** The neutral; null before one is set. */
    LookAngles neutral() {
        return neutral;
    }

    /** When the samples behind the last decision began. */
    long sinceNs() {
        return timesNs[0];
    }

    /** Why there is no complete neutral yet. */
    Refusal refusal() {
        return refusal;
    }

    /** The neutral in words, for an event. */
    String describe() {
        String head = String.format(
                Locale.ROOT,
                "The neutral was set: head yaw %.1f and pitch %.1f degrees",
                anchor.headYawDeg(),
                anchor.headPitchDeg());
        return anchor.hasEyes()
                ? head
                        + String.format(
                                Locale.ROOT,
                                ", eyes yaw %.1f and pitch %.1f degrees",
                                anchor.eyeYawDeg(),
                                anchor.eyePitchDeg())
                : head + "; the eyes have none yet";
    }

    void exchange(StateExchange state) {
        size = state.count(size, CAPACITY);
        for (int i = 0; i < size; i++) {
            timesNs[i] = state.of(timesNs[i]);
            samples[i] = LookAngles.exchange(state, samples[i]);
        }
        firstSampleNs = state.of(firstSampleNs);
        done = state.of(done);
        refusal = state.of(refusal, Refusal.values());
        neutral = LookAngles.exchange(state, neutral);
        anchor = LookAngles.exchange(state, anchor);
        spanYawDeg = state.of(spanYawDeg);
        spanPitchDeg = state.of(spanPitchDeg);
    }
}
