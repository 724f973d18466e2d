package io.invigil.core.pipeline;

import io.invigil.api.EngineLoad;
import io.invigil.api.Shedding;
import java.util.Arrays;
import java.util.function.LongSupplier;

/**
 * How busy lanes that share their sessions are, and what they shed. Load is the busy share of their time, times the frames
 * that came for each that was worked on: below 1 it is utilisation, above it tells how much too much is asked. A level is shed when the load stays
 * above {@value #RAISE_ABOVE} for {@value #RAISE_WINDOWS} windows; it is taken back when the mean load of {@value #LOWER_WINDOWS}
 * windows, times how much dearer a frame was without it, would be below {@value #LOWER_BELOW}. A level that had to be shed again
 * soon after is kept for longer. Thread-safe.
 */
final class LaneLoad {
    /** Length of a window. */
    static final long WINDOW_NS = 1_000_000_000L;

    static final double RAISE_ABOVE = 1.05;
    static final double LOWER_BELOW = 0.85;
    static final int RAISE_WINDOWS = 2;
    /** As many seconds as sessions at rest wait from look to look while looks are shed: busy and calm ones count as they come. */
    static final int LOWER_WINDOWS = 7;
    /** After a change the next windows still show the work of before. */
    static final int SETTLE_WINDOWS = 2;

    /**
     * Scenes come to rest, and what a level saved when it set in it saves less and less: half of it counts after so many windows,
     * twice as many with each patience.
     */
    private static final int HALF_LIFE_WINDOWS = 15;

    /** A level that is shed again within so many windows was taken back too early, and the patience with it grows. */
    private static final int TRIAL_WINDOWS = 15;

    private static final int MOST_PATIENCE = 3;

    private final LongSupplier clockNs;
    private final int lanes;
    private long windowStartNs;
    private long busyNs;
    private int arrived;
    private int finished;
    private int highWindows;
    private int settling;
    /** Windows since {@link #onTrial} was taken back; it is null once it is known whether that was too early. */
    private int trialWindows;

    private Shedding onTrial;
    private final int[] patience = new int[Shedding.values().length];
    /** Loads of the last windows since the level changed, the newest over the oldest. */
    private final double[] loads = new double[LOWER_WINDOWS];

    private int loadsKept;
    private double frameNsBeforeRaise;
    private final double[] saved = new double[Shedding.values().length];
    private volatile EngineLoad current = EngineLoad.IDLE;

    LaneLoad(LongSupplier clockNs, int lanes) {
        this.clockNs = clockNs;
        this.lanes = lanes;
        windowStartNs = clockNs.getAsLong();
        Arrays.fill(saved, 1);
    }

    /** The load as last measured; that of idle lanes falls with every look at it. */
    EngineLoad current() {
        if (clockNs.getAsLong() - windowStartNs() >= 2 * WINDOW_NS) {
            roll();
        }
        return current;
    }

    private synchronized long windowStartNs() {
        return windowStartNs;
    }

    /** A live frame came, whether it is worked on or superseded later. */
    synchronized void arrived() {
        roll(); // First: the frame is not one of a window that is over, least of all of a long idle one.
        arrived++;
    }

    /**
     * A frame was worked on.
     *
     * @param elapsedNs how long it kept a lane from others
     */
    synchronized void finished(long elapsedNs) {
        finished++;
        busyNs += elapsedNs;
        roll();
    }

    private synchronized void roll() {
        long nowNs = clockNs.getAsLong();
        long elapsedNs = nowNs - windowStartNs;
        if (elapsedNs < WINDOW_NS) {
            return;
        }
        double utilisation = busyNs / ((double) elapsedNs * lanes);
        double asked = finished == 0 ? 1 : Math.max(1, arrived / (double) finished);
        double load = finished == 0 && arrived > 0 ? Math.max(1, current.load()) : utilisation * asked;
        double frameNs = finished == 0 ? 0 : busyNs / (double) finished;
        windowStartNs = nowNs;
        busyNs = 0;
        arrived = 0;
        finished = 0;
        current = new EngineLoad(load, next(load, frameNs, current.shedding()));
    }

    private Shedding next(double load, double frameNs, Shedding now) {
        if (onTrial != null && (frameNs == 0 || ++trialWindows > TRIAL_WINDOWS)) {
            patience[onTrial.ordinal()] = 0;
            onTrial = null;
        }
        if (settling > 0) {
            settling = frameNs == 0 ? settling : settling - 1;
            if (settling == 0 && frameNsBeforeRaise > 0) {
                saved[now.ordinal()] = Math.max(1, frameNsBeforeRaise / frameNs);
                frameNsBeforeRaise = 0;
            }
            return now;
        }
        saved[now.ordinal()] = 1 + fading(now) * (saved[now.ordinal()] - 1);
        highWindows = load > RAISE_ABOVE ? highWindows + 1 : 0;
        loads[loadsKept++ % LOWER_WINDOWS] = load;
        if (highWindows >= RAISE_WINDOWS && now != Shedding.PERSONS) {
            frameNsBeforeRaise = frameNs;
            Shedding next = Shedding.values()[now.ordinal() + 1];
            if (next == onTrial) {
                patience[next.ordinal()] = Math.min(MOST_PATIENCE, patience[next.ordinal()] + 1);
            }
            onTrial = null;
            return changed(next);
        }
        if (now != Shedding.NONE
                && highWindows == 0
                && loadsKept >= LOWER_WINDOWS
                && meanLoad() * saved[now.ordinal()] < LOWER_BELOW) {
            if (onTrial != null) {
                patience[onTrial.ordinal()] = 0; // It holds so well that the next is tried.
            }
            onTrial = now;
            trialWindows = 0;
            return changed(Shedding.values()[now.ordinal() - 1]);
        }
        return now;
    }

    /** What a window leaves of what a level saves. */
    private double fading(Shedding level) {
        return Math.pow(0.5, 1.0 / (HALF_LIFE_WINDOWS << patience[level.ordinal()]));
    }

    private double meanLoad() {
        double sum = 0;
        for (double load : loads) {
            sum += load;
        }
        return sum / LOWER_WINDOWS;
    }

    private Shedding changed(Shedding level) {
        highWindows = 0;
        loadsKept = 0;
        settling = SETTLE_WINDOWS;
        return level;
    }
}
