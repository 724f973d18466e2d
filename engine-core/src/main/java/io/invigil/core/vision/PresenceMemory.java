package io.invigil.core.vision;

import io.invigil.api.CameraState;
import io.invigil.api.Detector;
import io.invigil.api.ImageQuality;
import io.invigil.api.Policy;
import io.invigil.api.PresenceObservation;

/**
 * What the presence step remembers of one session: when it last looked, what it saw, how strongly it suspects a phone, and how many runs
 * of the detector it may spend. All from media time and the session's own frames, so that replay equals live. Holds no
 * natives; for one thread at a time.
 */
final class PresenceMemory {
    /** Runs of the detector earned in one interval of the policy, and the most that are saved up. */
    private static final double RUNS_PER_INTERVAL = 2;

    private static final double MOST_SAVED_RUNS = 4;

    /** A frame that comes this share of an interval early still counts: frame times are rounded. */
    private static final double EARLY_SHARE = 0.05;

    /** Evidence and movement that call for looking again after half an interval. */
    private static final double PRESSING_EVIDENCE = 0.08;

    private static final double PRESSING_PEAK_CHANGE = 25;

    private final long plannedIntervalNs;
    private long intervalNs;
    private boolean started;
    private long lastLookNs;
    private double savedRuns = RUNS_PER_INTERVAL;
    private long looks;
    private PresenceObservation seen = PresenceObservation.NONE;

    private final PhoneCase phoneCase = new PhoneCase();
    private final boolean wantsObjects;

    PresenceMemory(Policy policy) {
        wantsObjects = policy.needs(Detector.OBJECTS);
        plannedIntervalNs = policy.presenceInterval().toNanos();
        intervalNs = plannedIntervalNs;
    }

    /** Looks this many times less often than planned. */
    void stretch(int times) {
        intervalNs = times * plannedIntervalNs;
    }

    /** True when the detector should run on the frame of this time. Earns the runs of the time that has passed. */
    boolean due(long timestampNs, ImageQuality quality) {
        if (quality.state() == CameraState.BLACK || quality.state() == CameraState.COVERED) {
            return false;
        }
        if (!started || quality.sceneCut() && saved(timestampNs) >= 1) {
            return true;
        }
        long passedNs = timestampNs - lastLookNs;
        if (passedNs >= intervalNs * (1 - EARLY_SHARE)) {
            return true;
        }
        boolean pressing = phoneCase.evidence() >= PRESSING_EVIDENCE || quality.peakChange() >= PRESSING_PEAK_CHANGE;
        return pressing && passedNs >= intervalNs * (0.5 - EARLY_SHARE) && saved(timestampNs) >= RUNS_PER_INTERVAL;
    }

    private double saved(long timestampNs) {
        if (!started) {
            return savedRuns;
        }
        double earned = intervalNs == 0
                ? RUNS_PER_INTERVAL
                : RUNS_PER_INTERVAL * Math.max(0, timestampNs - lastLookNs) / intervalNs;
        return Math.min(MOST_SAVED_RUNS, savedRuns + earned);
    }

    /** Opens a look at the frame of this time; one run is spent. */
    void beginLook(long timestampNs, boolean sceneCut) {
        savedRuns = Math.max(0, saved(timestampNs) - 1);
        started = true;
        lastLookNs = timestampNs;
        looks++;
        if (sceneCut) {
            phoneCase.close();
        }
    }

    /** Spends a further run, if there is one; half a run short is overlooked, since frames come a little early. */
    boolean spendRun() {
        if (savedRuns < 0.5) {
            return false;
        }
        savedRuns = Math.max(0, savedRuns - 1);
        return true;
    }

    /** Looks taken so far, this one included. */
    long looks() {
        return looks;
    }

    /** The spot that most likely shows a phone. */
    PhoneCase phoneCase() {
        return phoneCase;
    }

    /** False when only bodies are asked for: no look is spent on anything else, and nothing else is kept. */
    boolean wantsObjects() {
        return wantsObjects;
    }

    /** Keeps what was seen, for the frames up to the next look. */
    void keep(PresenceObservation observation) {
        seen = observation.carriedOn();
    }

    /** What was last seen, not fresh. */
    PresenceObservation seen() {
        return seen;
    }
}
