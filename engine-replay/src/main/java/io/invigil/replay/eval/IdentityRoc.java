package io.invigil.replay.eval;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How well distances tell one person from two.
 *
 * @param samePairs pairs of pictures of one person
 * @param otherPairs pairs of pictures of two persons
 * @param equalErrorRate the error rate at the threshold at which both errors are equally frequent, between points by
 *     straight lines; NaN without pairs of both kinds
 * @param equalErrorDistance that threshold
 * @param area the chance that a pair of one person is nearer than a pair of two, ties counted half (the area under the
 *     curve); NaN without pairs of both kinds
 * @param points the curve, by rising threshold
 */
record IdentityRoc(
        int samePairs,
        int otherPairs,
        double equalErrorRate,
        double equalErrorDistance,
        double area,
        List<Point> points) {
    /**
     * One threshold.
     *
     * @param distance pairs up to this far apart are taken for one person
     * @param falseAccepts share of the pairs of two persons that are taken for one
     * @param falseRejects share of the pairs of one person that are taken for two
     */
    record Point(double distance, double falseAccepts, double falseRejects) {}

    /** From distances of pairs of one person and of pairs of two. */
    static IdentityRoc of(double[] same, double[] other) {
        double[] near = Arrays.stream(same).sorted().toArray();
        double[] far = Arrays.stream(other).sorted().toArray();
        if (near.length == 0 || far.length == 0) {
            return new IdentityRoc(near.length, far.length, Double.NaN, Double.NaN, Double.NaN, List.of());
        }
        double[] thresholds = java.util.stream.DoubleStream.concat(Arrays.stream(near), Arrays.stream(far))
                .sorted()
                .distinct()
                .toArray();
        List<Point> points = new ArrayList<>();
        points.add(new Point(Math.nextDown(thresholds[0]), 0, 1));
        for (double threshold : thresholds) {
            points.add(new Point(threshold, upTo(far, threshold), 1 - upTo(near, threshold)));
        }
        double[] equal = equalError(points);
        return new IdentityRoc(near.length, far.length, equal[0], equal[1], area(near, far), List.copyOf(points));
    }

    private static double upTo(double[] sorted, double threshold) {
        int count = 0;
        while (count < sorted.length && sorted[count] <= threshold) {
            count++;
        }
        return (double) count / sorted.length;
    }

    private static double[] equalError(List<Point> points) {
        for (int i = 1; i < points.size(); i++) {
            Point before = points.get(i - 1);
            Point after = points.get(i);
            double gapBefore = before.falseRejects() - before.falseAccepts();
            double gapAfter = after.falseRejects() - after.falseAccepts();
            if (gapAfter <= 0) {
                double part = gapBefore / (gapBefore - gapAfter);
                return new double[] {
                    before.falseAccepts() + part * (after.falseAccepts() - before.falseAccepts()),
                    before.distance() + part * (after.distance() - before.distance())
                };
            }
        }
        throw new IllegalStateException("the largest distance accepts every pair");
    }

    private static double area(double[] near, double[] far) {
        double nearer = 0;
        for (double a : near) {
            for (double b : far) {
                nearer += a < b ? 1 : a == b ? 0.5 : 0;
            }
        }
        return nearer / near.length / far.length;
    }
}
