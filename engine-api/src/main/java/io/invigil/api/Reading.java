package io.invigil.api;

import java.util.Objects;
import java.util.Optional;

/**
 * A three-valued answer with its confidence and, when there is no answer, the reason.
 *
 * @param answer the answer
 * @param confidence how sure the answer is, 0 to 1; for {@link Answer#CANNOT_TELL} it is 0
 * @param doubt the reason; present exactly when the answer is {@link Answer#CANNOT_TELL}
 */
public record Reading(Answer answer, double confidence, Optional<Doubt> doubt) {
    private static final int STEPS = 100;

    // The usual answers, made once: several are part of every observation.
    private static final Reading[] PRESENT = steps(Answer.PRESENT);
    private static final Reading[] ABSENT = steps(Answer.ABSENT);
    private static final Reading[] CANNOT_TELL = doubts();

    /** Checks the combination. */
    public Reading {
        Objects.requireNonNull(answer, "answer");
        Objects.requireNonNull(doubt, "doubt");
        if (!(confidence >= 0 && confidence <= 1)) {
            throw new IllegalArgumentException("confidence is " + confidence + ", must be in 0..1");
        }
        if (doubt.isPresent() != (answer == Answer.CANNOT_TELL)) {
            throw new IllegalArgumentException("a doubt goes with CANNOT_TELL and with nothing else, got " + answer
                    + " and " + doubt.map(Doubt::wireName).orElse("none"));
        }
    }

    /** It was seen, with this confidence in 0..1. */
    public static Reading present(double confidence) {
        return answered(Answer.PRESENT, PRESENT, confidence);
    }

    /** It is not there, with this confidence in 0..1. */
    public static Reading absent(double confidence) {
        return answered(Answer.ABSENT, ABSENT, confidence);
    }

    /** No answer, for this reason. */
    public static Reading cannotTell(Doubt doubt) {
        return CANNOT_TELL[doubt.ordinal()];
    }

    private static Reading answered(Answer answer, Reading[] usual, double confidence) {
        int step = (int) Math.round(confidence * STEPS);
        boolean isUsual = step >= 0 && step <= STEPS && Double.compare(confidence, (double) step / STEPS) == 0;
        return isUsual ? usual[step] : new Reading(answer, confidence, Optional.empty());
    }

    private static Reading[] steps(Answer answer) {
        Reading[] readings = new Reading[STEPS + 1];
        for (int step = 0; step <= STEPS; step++) {
            readings[step] = new Reading(answer, (double) step / STEPS, Optional.empty());
        }
        return readings;
    }

    private static Reading[] doubts() {
        Doubt[] doubts = Doubt.values();
        Reading[] readings = new Reading[doubts.length];
        for (Doubt doubt : doubts) {
            readings[doubt.ordinal()] = new Reading(Answer.CANNOT_TELL, 0, Optional.of(doubt));
        }
        return readings;
    }

    /** True when there is no answer and this is the reason. */
    public boolean isUnknownFor(Doubt reason) {
        return doubt.isPresent() && doubt.get() == reason;
    }

    /** True when the answer is {@link Answer#PRESENT}. */
    public boolean isPresent() {
        return answer == Answer.PRESENT;
    }

    /** True when the answer is {@link Answer#ABSENT}. */
    public boolean isAbsent() {
        return answer == Answer.ABSENT;
    }

    /** True when the answer is {@link Answer#CANNOT_TELL}. */
    public boolean isUnknown() {
        return answer == Answer.CANNOT_TELL;
    }
}
