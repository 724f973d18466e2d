package io.invigil.core.vision;

/**
 * How sure it is that a thing other than a phone is what the detector takes it for.
 *
 * <p>The detector's own score is low for most books and laptops that are right, and high for some that are not; its share
 * against the best other class at the same place tells them apart better. The score here is 0.5 at a word of
 * {@value #EVEN_WORD} (see {@link PhoneEvidence#word}), from which nine of ten were right on pictures that nothing else was
 * chosen on (engine-models/cards/nanodet.md).
 */
final class ThingScore {
    private static final double EVEN_WORD = 0.27;
    private static final double STEEPNESS = 15;

    private ThingScore() {}

    /** The score of a candidate that is neither phone nor person, 0 to 1. */
    static double of(ObjectCandidates candidates, int i) {
        return 1 / (1 + StrictMath.exp(-STEEPNESS * (PhoneEvidence.word(candidates, i) - EVEN_WORD)));
    }
}
