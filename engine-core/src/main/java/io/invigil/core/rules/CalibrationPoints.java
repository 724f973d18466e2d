package io.invigil.core.rules;

import io.invigil.api.CalibrationTarget;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Collects where head and eyes point while the host shows the candidate points to look at. Each point is accepted or rejected by
 * itself; from the accepted ones of a run a line is fitted to each angle, which gives the angles at the middle of the screen
 * and how many degrees the screen spans as this candidate's gaze is seen.
 */
final class CalibrationPoints {
    static final int MOST = 16;
    /** Eyes arrive at a point this long after it is shown. */
    static final long ARRIVAL_NS = 350_000_000L;
    /** Points further apart than this belong to another run. */
    static final long RUN_NS = 20_000_000_000L;

    /** What is between points nearer than this is no time to judge a candidate in. */
    static final long PAUSE_NS = 2_000_000_000L;

    static final int CAPACITY = 64;

    private static final long SAMPLE_NS = 60_000_000L;
    private static final int LEAST_SAMPLES = 3;
    private static final double MAX_HEAD_SPREAD_DEG = 3;
    private static final double MAX_EYE_SPREAD_DEG = 5;
    private static final double MAX_HEAD_DEG = 40;
    private static final double MAX_SPAN_DEG = 70;
    private static final double MAX_MISFIT_DEG = 7;
    private static final long NEVER = Long.MIN_VALUE;

    /** An accepted point. */
    record Point(double x, double y, LookAngles seen) {
        static Point exchange(StateExchange state, Point value) {
            Point now = value == null ? new Point(0, 0, null) : value;
            return new Point(state.of(now.x), state.of(now.y), LookAngles.exchange(state, now.seen));
        }
    }

    /** The angles at the middle of the screen, and how many degrees of gaze the screen spans; 0 when that is not known. */
    record Fit(LookAngles middle, double spanYawDeg, double spanPitchDeg, int points) {}

    final List<CalibrationTarget> pending = new ArrayList<>();
    final List<Point> accepted = new ArrayList<>();
    final List<LookAngles> samples = new ArrayList<>();
    long lastSampleNs = NEVER;
    long runEndNs = NEVER;
    /** A point was accepted since the last fit. */
    boolean unfitted;

    /** Takes what the host shows; beyond {@value #MOST} at a time the oldest are given up. */
    void announce(CalibrationTarget target) {
        int at = pending.size();
        while (at > 0 && pending.get(at - 1).timestampNs() > target.timestampNs()) {
            at--;
        }
        pending.add(at, target);
        if (pending.size() > MOST) {
            pending.remove(0);
            samples.clear();
        }
    }

    /** True while a point is shown, or between two of a run. */
    boolean isShowing(long nowNs) {
        if (pending.isEmpty()) {
            return false;
        }
        long nextNs = pending.get(0).timestampNs();
        boolean between = runEndNs != NEVER && runEndNs <= nowNs && nextNs - runEndNs <= PAUSE_NS;
        return nextNs <= nowNs || between;
    }

    /** Takes where head and eyes point, while a point is shown. */
    void take(long nowNs, LookAngles seen) {
        CalibrationTarget shown = pending.get(0);
        boolean arrived = nowNs >= shown.timestampNs() + ARRIVAL_NS && nowNs <= shown.untilNs();
        if (arrived && samples.size() < CAPACITY && (lastSampleNs == NEVER || nowNs - lastSampleNs >= SAMPLE_NS)) {
            samples.add(seen.copy());
            lastSampleNs = nowNs;
        }
    }

    /** The next point that is over by now, taken off the list; null when there is none. */
    CalibrationTarget over(long nowNs) {
        return !pending.isEmpty() && pending.get(0).untilNs() < nowNs ? pending.remove(0) : null;
    }

    /** Judges the point that is over: null when it is accepted, otherwise why not. */
    Calibration.Refusal close(CalibrationTarget target) {
        if (runEndNs != NEVER && target.timestampNs() - runEndNs > RUN_NS) {
            accepted.clear();
            unfitted = false;
        }
        runEndNs = target.untilNs();
        List<LookAngles> seen = List.copyOf(samples);
        samples.clear();
        lastSampleNs = NEVER;
        if (seen.size() < LEAST_SAMPLES) {
            return Calibration.Refusal.FEW;
        }
        double[] middle = new double[4];
        for (int i = 0; i < 4; i++) {
            middle[i] = median(seen, i, Double.NaN);
            double spread = median(seen, i, middle[i]);
            if (spread > (i < 2 ? MAX_HEAD_SPREAD_DEG : MAX_EYE_SPREAD_DEG)) {
                return Calibration.Refusal.UNSTEADY;
            }
        }
        if (Math.abs(middle[0]) > MAX_HEAD_DEG || Math.abs(middle[1]) > MAX_HEAD_DEG) {
            return Calibration.Refusal.ASIDE;
        }
        if (accepted.size() == MOST) {
            accepted.remove(0);
        }
        LookAngles found = new LookAngles(middle[0], middle[1], middle[2], middle[3]);
        accepted.add(new Point(target.xShare(), target.yShare(), found));
        unfitted = true;
        return null;
    }

    /** The fit of all accepted points once none is to come; null when they are none or contradict each other. */
    Fit fit() {
        unfitted = false;
        List<Point> points = new ArrayList<>(accepted);
        boolean eyes = points.stream().filter(point -> point.seen.hasEyes()).count() * 2 > points.size();
        points.removeIf(point -> eyes && !point.seen.hasEyes());
        if (points.isEmpty()) {
            return null;
        }
        double[] at = new double[4];
        double[] slope = new double[4];
        for (int i = 0; i < 4; i++) {
            boolean across = i % 2 == 0;
            if (i >= 2 && !eyes) {
                at[i] = Double.NaN;
                continue;
            }
            double meanPlace = 0;
            double meanAngle = 0;
            for (Point point : points) {
                meanPlace += (across ? point.x : point.y) / points.size();
                meanAngle += angle(point.seen, i) / points.size();
            }
            double products = 0;
            double squares = 0;
            for (Point point : points) {
                double d = (across ? point.x : point.y) - meanPlace;
                products += d * (angle(point.seen, i) - meanAngle);
                squares += d * d;
            }
            // Points that lie in one line say nothing about the other direction.
            slope[i] = squares < 0.01 ? 0 : products / squares;
            at[i] = squares < 0.01 ? meanAngle : meanAngle + slope[i] * (0.5 - meanPlace);
            for (Point point : points) {
                double expected = at[i] + slope[i] * ((across ? point.x : point.y) - 0.5);
                if (squares >= 0.01 && Math.abs(angle(point.seen, i) - expected) > MAX_MISFIT_DEG) {
                    return null;
                }
            }
        }
        double spanYawDeg = Math.abs(slope[0] + slope[2]);
        double spanPitchDeg = Math.abs(slope[1] + slope[3]);
        return spanYawDeg > MAX_SPAN_DEG || spanPitchDeg > MAX_SPAN_DEG
                ? null
                : new Fit(new LookAngles(at[0], at[1], at[2], at[3]), spanYawDeg, spanPitchDeg, points.size());
    }

    /** Forgets what was seen of the candidate so far; points to come stay announced. */
    void forget() {
        accepted.clear();
        samples.clear();
        lastSampleNs = NEVER;
        unfitted = false;
    }

    /** A point in words. */
    static String describe(CalibrationTarget target) {
        return String.format(
                Locale.ROOT,
                "the calibration point at %.0f %% across and %.0f %% down",
                100 * target.xShare(),
                100 * target.yShare());
    }

    private static double angle(LookAngles seen, int which) {
        return switch (which) {
            case 0 -> seen.headYawDeg();
            case 1 -> seen.headPitchDeg();
            case 2 -> seen.eyeYawDeg();
            default -> seen.eyePitchDeg();
        };
    }

    /** The median of an angle, or of its distance from a middle; not a number when fewer than half of the samples have it. */
    private static double median(List<LookAngles> seen, int which, double middle) {
        double[] values = new double[seen.size()];
        int count = 0;
        for (LookAngles sample : seen) {
            double value = angle(sample, which);
            if (!Double.isNaN(value)) {
                values[count++] = Double.isNaN(middle) ? value : Math.abs(value - middle);
            }
        }
        return 2 * count < seen.size() ? Double.NaN : LookWindow.median(values, count);
    }

    void exchange(StateExchange state) {
        exchangePending(state);
        List<Point> points = new ArrayList<>(accepted);
        int count = state.count(points.size(), MOST);
        accepted.clear();
        for (int i = 0; i < count; i++) {
            accepted.add(Point.exchange(state, i < points.size() ? points.get(i) : null));
        }
        List<LookAngles> before = new ArrayList<>(samples);
        count = state.count(before.size(), CAPACITY);
        samples.clear();
        for (int i = 0; i < count; i++) {
            samples.add(LookAngles.exchange(state, i < before.size() ? before.get(i) : null));
        }
        lastSampleNs = state.of(lastSampleNs);
        runEndNs = state.of(runEndNs);
        unfitted = state.of(unfitted);
    }

    private void exchangePending(StateExchange state) {
        List<CalibrationTarget> before = new ArrayList<>(pending);
        int count = state.count(before.size(), MOST);
        pending.clear();
        CalibrationTarget none = new CalibrationTarget(0, 1_000_000_000L, 0, 0);
        for (int i = 0; i < count; i++) {
            CalibrationTarget now = i < before.size() ? before.get(i) : none;
            pending.add(new CalibrationTarget(
                    state.of(now.timestampNs()),
                    state.of(now.untilNs()),
                    state.of(now.xShare()),
                    state.of(now.yShare())));
        }
    }
}
