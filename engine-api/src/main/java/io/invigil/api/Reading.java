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
        return new Reading(Answer.PRESENT, confidence, Optional.empty());
    }

    /** It is not there, with this confidence in 0..1. */
    public static Reading absent(double confidence) {
        return new Reading(Answer.ABSENT, confidence, Optional.empty());
    }

    /** No answer, for this reason. */
    public static Reading cannotTell(Doubt doubt) {
        return new Reading(Answer.CANNOT_TELL, 0, Optional.of(doubt));
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
