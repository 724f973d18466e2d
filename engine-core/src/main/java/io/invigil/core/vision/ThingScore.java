package io.invigil.core.vision;

/**
 * How sure it is that a thing other than a phone is what the detector takes it for.
 *
 * <p>The detector's own score is low for most books and laptops that are right, and high for some that are not; its share
 * against the best other class at the same place tells them apart better. The score here is 0.5 at a word of
 * {@value #EVEN_WORD} (see {@link PhoneEvidence#word}); what that finds is measured in docs/accuracy.md.
 *
 * <p>Most books in pictures stand on shelves, seen as narrow spines. A shelf behind a candidate is furniture: such a book
 * counts from {@value #EVEN_WORD_OF_A_SPINE} only.
 */
final class ThingScore {
    private static final double EVEN_WORD = 0.27;
    private static final double EVEN_WORD_OF_A_SPINE = 0.45;
    private static final double STEEPNESS = 15;

    /** Height over width from which a book is a spine; one held up or lying open is wider. */
    private static final double SPINE = 1.6;

    private ThingScore() {}

    /** The score of a candidate that is neither phone nor person, 0 to 1. */
    static double of(ObjectCandidates candidates, int i) {
        double even = isSpine(candidates, i) ? EVEN_WORD_OF_A_SPINE : EVEN_WORD;
        return 1 / (1 + StrictMath.exp(-STEEPNESS * (PhoneEvidence.word(candidates, i) - even)));
    }

    private static boolean isSpine(ObjectCandidates candidates, int i) {
        return candidates.category(i) == NanoDetClasses.BOOK
                && candidates.bottom(i) - candidates.top(i) >= SPINE * (candidates.right(i) - candidates.left(i));
    }
}
