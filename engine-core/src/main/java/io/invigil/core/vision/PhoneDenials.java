package io.invigil.core.vision;

/**
 * What the second detector has denied in one session, wherever it lay: hands, sleeves and things of the room that the first takes
 * for a phone again and again, a little elsewhere each time. Once it has denied several in a row, only what looks more like a
 * phone than those did is asked about at once. For one thread at a time.
 */
final class PhoneDenials {
    /** Evidence below which an answer is a denial. */
    private static final double DENIED_EVIDENCE = 0.08;

    private static final int ENOUGH = 4;
    /** How much stronger the first detector's word must be than those that were denied. */
    private static final double STRONGER = 1.5;

    /** What is left of a denied word's strength after a look: half after some seventy. */
    private static final double FADING = 0.99;

    private int inARow;
    private double strongestWord;

    /** Forgets all: another scene. */
    void clear() {
        inARow = 0;
        strongestWord = 0;
    }

    /**
     * Takes note of what came out of a look.
     *
     * @param asked whether the second detector was asked
     * @param word the first detector's strongest word, 0 to 1
     * @param evidence what both say together, 0 to 1
     */
    void conclude(boolean asked, double word, double evidence) {
        strongestWord *= FADING;
        if (evidence >= DENIED_EVIDENCE) {
            clear();
        } else if (asked) {
            inARow++;
            strongestWord = Math.max(strongestWord, word);
        }
    }

    /** Whether a word of this strength is what was denied before. */
    boolean isUsual(double word) {
        return inARow >= ENOUGH && word < STRONGER * strongestWord;
    }
}
