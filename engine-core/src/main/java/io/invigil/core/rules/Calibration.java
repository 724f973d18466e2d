package io.invigil.core.rules;

import java.util.Locale;

/**
 * Finds a candidate's own neutral: robust medians of head and eyes over the first calm seconds, accepted when they are steady
 * and plausible for somebody at a screen with the camera near it. Afterwards the neutral follows slow changes of posture, within
 * bounds, while the candidate does not look away.
 *
 * <p>The limits: {@link #MIN_SPAN_NS} and {@link LookSamples#MIN_SAMPLES} because a glance lasts less; a spread of some degrees
 * is what talking and reading from a screen bring, a turn brings more; a camera on or beside the screen is seldom further than 15
 * degrees to the side, while above and below there is more room (a laptop on the knees). The eyes' zero differs between people
 * and is biased upwards, so they have a wide window up and down.
 */
final class Calibration {
    static final long MIN_SPAN_NS = 1_500_000_000L;
    /** A head is taken as neutral without its eyes when these gave none for this long. */
    static final long HEAD_ONLY_AFTER_NS = 4_000_000_000L;

    static final double MAX_HEAD_YAW_DEG = 15;
    static final double MAX_HEAD_PITCH_DEG = 25;
    static final double MAX_EYE_YAW_DEG = 12;
    static final double MAX_EYE_PITCH_DEG = 25;
    static final double MAX_GAZE_YAW_DEG = 15;

    /** A neutral to which the candidate has kept for this long gives way to no other. */
    static final long SETTLED_NS = 30_000_000_000L;

    private static final double FACING_DEG = 8;
    private static final double NEARER_DEG = 2;
    private static final double SAME_HEIGHT_DEG = 3;
    private static final double MAX_HEAD_SPREAD_DEG = 3;
    private static final double MAX_EYE_SPREAD_DEG = 4;
    private static final double DRIFT_TIME_NS = 30e9;
    private static final long MAX_DRIFT_STEP_NS = 1_000_000_000L;
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

    final LookSamples samples = new LookSamples();
    /** Of another pose than the neutral, which may turn out to be the one at the screen. */
    final LookSamples others = new LookSamples();

    long firstSampleNs = NEVER;
    boolean done;
    Refusal refusal = Refusal.FEW;
    LookAngles neutral;
    LookAngles anchor;
    /** How many degrees of gaze the screen spans, by the host's points; 0 when that is not known. */
    double spanYawDeg;

    double spanPitchDeg;

    /** For how long the candidate has kept to the neutral, and for how long to poses nearer to the camera. */
    long keptNs;

    long nearerNs;

    /** Starts looking for a neutral afresh; the present one stays until another is found. */
    void restart() {
        samples.clear();
        others.clear();
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
        set(fit.middle(), SETTLED_NS);
        others.clear();
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
        if (done || !samples.add(timestampNs, seen)) {
            return false;
        }
        if (firstSampleNs == NEVER) {
            firstSampleNs = timestampNs;
        }
        if (samples.size < LookSamples.MIN_SAMPLES || samples.spanNs() < MIN_SPAN_NS) {
            return false;
        }
        LookAngles middle = samples.middle();
        Refusal unfit = headRefusal(samples, middle);
        if (unfit != null) {
            refusal = unfit;
            return false;
        }
        refusal = eyeRefusal(samples, middle);
        if (refusal == null) {
            refusal = Refusal.FEW;
            boolean completes = neutral != null && !neutral.hasEyes();
            set(middle, Math.max(samples.spanNs(), completes ? keptNs : 0));
            others.clear();
            done = true;
            return true;
        }
        // The head's neutral does not have to wait for the eyes'.
        if (timestampNs - firstSampleNs < HEAD_ONLY_AFTER_NS || neutral != null) {
            return false;
        }
        middle.setHead(middle.headYawDeg(), middle.headPitchDeg());
        set(middle, samples.spanNs());
        others.clear();
        return true;
    }

    /**
     * Takes a good frame on which the candidate keeps to another pose than a neutral that is not settled. Where that was found
     * while the candidate looked down at the keys or aside, it gives way to a pose that faces the camera better and was kept for
     * as long. Never to a lower one: who begins at the screen and then looks down at something looks away. Once kept for {@link
     * #SETTLED_NS} a neutral stays.
     *
     * @return true when it set another neutral
     */
    boolean contest(long timestampNs, long elapsedNs, LookAngles seen) {
        nearerNs += isNearer(seen) ? Math.min(MAX_DRIFT_STEP_NS, elapsedNs) : 0;
        if (!others.add(timestampNs, seen)
                || nearerNs < keptNs
                || others.size < LookSamples.MIN_SAMPLES
                || others.spanNs() < MIN_SPAN_NS) {
            return false;
        }
        LookAngles middle = others.middle();
        boolean eyes = others.eyes() >= LookSamples.MIN_SAMPLES;
        if (headRefusal(others, middle) != null || eyes && eyeRefusal(others, middle) != null) {
            return false;
        }
        if (!eyes) {
            middle.setHead(middle.headYawDeg(), middle.headPitchDeg());
        }
        if (!isNearer(middle)) {
            return false;
        }
        set(middle, nearerNs);
        samples.clear();
        done = eyes;
        return true;
    }

    /** Whether a pose faces the camera, clearly better than the neutral does, and is no lower. */
    private boolean isNearer(LookAngles pose) {
        boolean eyes = pose.hasEyes() && neutral.hasEyes();
        double lowerDeg = neutral.headPitchDeg() - pose.headPitchDeg();
        if (eyes) {
            lowerDeg = Math.max(lowerDeg, lowerDeg + neutral.eyePitchDeg() - pose.eyePitchDeg());
        }
        double asideDeg = Math.abs(pose.headYawDeg());
        if (pose.hasEyes()) {
            asideDeg = Math.max(asideDeg, Math.abs(pose.headYawDeg() + pose.eyeYawDeg()));
        }
        return lowerDeg <= SAME_HEIGHT_DEG
                && asideDeg <= FACING_DEG
                && distance(pose, eyes) <= distance(neutral, eyes) - NEARER_DEG;
    }

    private static double distance(LookAngles pose, boolean eyes) {
        double head = Math.hypot(pose.headYawDeg(), pose.headPitchDeg());
        return eyes ? Math.hypot(head, Math.hypot(pose.eyeYawDeg(), pose.eyePitchDeg())) : head;
    }

    /** Why the head's medians are no neutral; null when they are one. */
    private static Refusal headRefusal(LookSamples of, LookAngles middle) {
        if (of.spread(0, middle.headYawDeg()) > MAX_HEAD_SPREAD_DEG
                || of.spread(1, middle.headPitchDeg()) > MAX_HEAD_SPREAD_DEG) {
            return Refusal.UNSTEADY;
        }
        boolean aside = Math.abs(middle.headYawDeg()) > MAX_HEAD_YAW_DEG
                || Math.abs(middle.headPitchDeg()) > MAX_HEAD_PITCH_DEG;
        return aside ? Refusal.ASIDE : null;
    }

    /** Why the eyes' medians are no neutral; null when they are one. */
    private static Refusal eyeRefusal(LookSamples of, LookAngles middle) {
        if (of.eyes() < LookSamples.MIN_SAMPLES) {
            return Refusal.EYES_UNREAD;
        }
        if (of.spread(2, middle.eyeYawDeg()) > MAX_EYE_SPREAD_DEG) {
            return Refusal.UNSTEADY;
        }
        boolean aside = Math.abs(middle.eyeYawDeg()) > MAX_EYE_YAW_DEG
                || Math.abs(middle.eyePitchDeg()) > MAX_EYE_PITCH_DEG
                || Math.abs(middle.headYawDeg() + middle.eyeYawDeg()) > MAX_GAZE_YAW_DEG;
        return aside ? Refusal.ASIDE : null;
    }

    private void set(LookAngles found, long keptForNs) {
        neutral = found.copy();
        anchor = found.copy();
        keptNs = keptForNs;
        nearerNs = 0;
    }

    /** Moves the neutral a little towards where an attentive candidate is now. */
    void follow(long elapsedNs, LookAngles seen) {
        keptNs = Math.min(SETTLED_NS, keptNs + Math.min(MAX_DRIFT_STEP_NS, elapsedNs));
        others.clear();
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

    /** Whether the neutral is the candidate's beyond doubt: the host's points gave it, or the candidate kept to it. */
    boolean isSettled() {
        return keptNs >= SETTLED_NS;
    }

    /** When the samples behind a neutral that was just set began. */
    long sinceNs() {
        return others.size > 0 ? others.sinceNs() : samples.sinceNs();
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
        samples.exchange(state);
        others.exchange(state);
        firstSampleNs = state.of(firstSampleNs);
        done = state.of(done);
        refusal = state.of(refusal, Refusal.values());
        neutral = LookAngles.exchange(state, neutral);
        anchor = LookAngles.exchange(state, anchor);
        spanYawDeg = state.of(spanYawDeg);
        spanPitchDeg = state.of(spanPitchDeg);
        keptNs = state.of(keptNs);
        nearerNs = state.of(nearerNs);
    }
}
