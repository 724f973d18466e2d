package io.invigil.replay.eval;

import io.invigil.api.ObjectDetection;
import io.invigil.api.Observation;
import io.invigil.testdata.LabelledImages.Image;
import java.util.List;

/**
 * One labelled still and what the engine made of it, shown for a while as a motionless picture.
 *
 * @param image the labels
 * @param looks what was seen in each frame, in order; empty when the file could not be analysed
 */
record StillReading(Image image, List<Observation> looks) {
    /** From here on a body counts, as it does for the rule on several persons. */
    static final double PERSON_SCORE = 0.5;

    private static final int RULE_LOOKS = 5;
    private static final int LEAST_LOOKS = 3;

    StillReading {
        looks = List.copyOf(looks);
    }

    boolean isAnalysed() {
        return !looks.isEmpty();
    }

    private Observation last() {
        return looks.get(looks.size() - 1);
    }

    int faces() {
        return last().faces().size();
    }

    int persons() {
        return (int) last().presence().persons().stream()
                .filter(person -> person.score() >= PERSON_SCORE)
                .count();
    }

    /** The best score of a thing at the first look, 0 when it is not seen. */
    double firstScore(String thing) {
        return taken().stream().findFirst().map(look -> score(look, thing)).orElse(0.0);
    }

    /** Looks the object detector really took: a frame that carries an earlier one on is no second opinion, to the rule neither. */
    private List<Observation> taken() {
        return looks.stream().filter(look -> look.presence().fresh()).toList();
    }

    /**
     * The score the rule on objects would have gone by: the best that the median of {@value #RULE_LOOKS} looks in a row came to;
     * of fewer, but at least {@value #LEAST_LOOKS}, at the beginning. Frames without a look of their own do not count.
     */
    double ruleScore(String thing) {
        List<Observation> taken = taken();
        double best = 0;
        for (int end = Math.min(LEAST_LOOKS, taken.size()); end <= taken.size() && end > 0; end++) {
            double[] scores = taken.subList(Math.max(0, end - RULE_LOOKS), end).stream()
                    .mapToDouble(look -> score(look, thing))
                    .sorted()
                    .toArray();
            best = Math.max(best, scores[(scores.length - 1) / 2]);
        }
        return best;
    }

    private static double score(Observation look, String thing) {
        return look.presence().objects().stream()
                .filter(object -> object.category().equals(thing))
                .mapToDouble(ObjectDetection::score)
                .max()
                .orElse(0);
    }

    /** Faces as labelled: {@code 2}, or {@code 1 to 4} where a range is accepted. */
    static String range(int least, int most) {
        return least == most ? Integer.toString(least) : least + " to " + most;
    }
}
