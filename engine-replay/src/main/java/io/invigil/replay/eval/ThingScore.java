package io.invigil.replay.eval;

import io.invigil.api.Detector;
import io.invigil.api.Policy;
import io.invigil.report.card.Proportion;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;

/**
 * How well one kind of thing is found on stills: by the score the rule would have gone by, whole stills counted, wherever the
 * thing lies.
 *
 * @param thing the category
 * @param lookedFor false when the policy has objects off, so that nothing is measured
 * @param threshold the policy's; empty when the policy does not forbid the thing, or has objects off
 * @param readings stills that were analysed
 * @param wanted of these, the ones that show the thing
 * @param sweep recall and precision at each threshold, rising; none when nothing was looked for
 */
record ThingScore(
        String thing,
        boolean lookedFor,
        OptionalDouble threshold,
        List<StillReading> readings,
        List<StillReading> wanted,
        List<Point> sweep) {
    private static final int STEPS = 19;

    /**
     * One threshold.
     *
     * @param threshold the score from which on a still counts as showing the thing
     * @param recall stills found, of those that show it
     * @param precision stills that show it, of those found
     */
    record Point(double threshold, Proportion recall, Proportion precision) {}

    static ThingScore of(
            String thing, ToIntFunction<StillReading> labelled, List<StillReading> readings, Policy policy) {
        List<StillReading> wanted = readings.stream()
                .filter(reading -> labelled.applyAsInt(reading) > 0)
                .toList();
        boolean lookedFor = policy.needs(Detector.OBJECTS);
        Double threshold = lookedFor ? policy.prohibitedObjects().get(thing) : null;
        List<Point> sweep = new ArrayList<>();
        IntStream.rangeClosed(1, lookedFor ? STEPS : 0)
                .forEach(step -> sweep.add(point(step / (STEPS + 1.0), thing, wanted, readings)));
        return new ThingScore(
                thing,
                lookedFor,
                threshold == null ? OptionalDouble.empty() : OptionalDouble.of(threshold),
                readings,
                wanted,
                List.copyOf(sweep));
    }

    private static Point point(double threshold, String thing, List<StillReading> wanted, List<StillReading> readings) {
        long hits = wanted.stream()
                .filter(reading -> reading.ruleScore(thing) >= threshold)
                .count();
        long found = readings.stream()
                .filter(reading -> reading.ruleScore(thing) >= threshold)
                .count();
        return new Point(threshold, new Proportion(hits, wanted.size()), new Proportion(hits, found));
    }

    /** At the policy's threshold, or at one half when it has none. */
    Point atThreshold() {
        return !lookedFor
                ? new Point(0.5, Proportion.NONE, Proportion.NONE)
                : point(threshold.orElse(0.5), thing, wanted, readings);
    }

    /** At the policy's threshold, going by the first look alone. */
    Proportion recallAtFirstLook() {
        if (!lookedFor) {
            return Proportion.NONE;
        }
        return new Proportion(
                wanted.stream()
                        .filter(reading -> reading.firstScore(thing) >= threshold.orElse(0.5))
                        .count(),
                wanted.size());
    }

    List<StillReading> missed() {
        return wanted.stream().filter(reading -> !isFound(reading)).toList();
    }

    List<StillReading> falselyFound() {
        return readings.stream()
                .filter(reading -> !wanted.contains(reading) && isFound(reading))
                .toList();
    }

    private boolean isFound(StillReading reading) {
        return reading.ruleScore(thing) >= threshold.orElse(0.5);
    }
}
