package io.invigil.replay.eval;

import io.invigil.api.Answer;
import io.invigil.report.card.Proportion;
import java.util.List;

/**
 * How well the engine tells one person from two on labelled pairs of stills.
 *
 * @param roc at every threshold
 * @param notCompared pairs the engine did not compare: a face was not fit for it, or a still could not be read
 * @param alarms pairs of one person that a single look takes for two, of those compared
 * @param found pairs of two persons that a single look takes for two, of those compared
 * @param unclear pairs of which a single look does not say, of those compared
 */
record IdentityScore(IdentityRoc roc, long notCompared, Proportion alarms, Proportion found, Proportion unclear) {
    /**
     * One pair.
     *
     * @param samePerson what the labels say
     * @param compared whether the engine compared the faces
     * @param distance how far apart they are, when compared
     * @param answer what one look says: ABSENT when it takes them for two persons
     */
    record Look(boolean samePerson, boolean compared, double distance, Answer answer) {}

    static IdentityScore of(List<Look> looks) {
        List<Look> compared = looks.stream().filter(Look::compared).toList();
        return new IdentityScore(
                IdentityRoc.of(distances(compared, true), distances(compared, false)),
                looks.size() - (long) compared.size(),
                told(compared, true),
                told(compared, false),
                new Proportion(
                        compared.stream()
                                .filter(look -> look.answer() == Answer.CANNOT_TELL)
                                .count(),
                        compared.size()));
    }

    private static double[] distances(List<Look> looks, boolean samePerson) {
        return looks.stream()
                .filter(look -> look.samePerson() == samePerson)
                .mapToDouble(Look::distance)
                .toArray();
    }

    private static Proportion told(List<Look> looks, boolean samePerson) {
        List<Look> those =
                looks.stream().filter(look -> look.samePerson() == samePerson).toList();
        return new Proportion(
                those.stream().filter(look -> look.answer() == Answer.ABSENT).count(), those.size());
    }

    /** False without pairs of both kinds. */
    boolean isMeasured() {
        return !Double.isNaN(roc.equalErrorRate());
    }
}
