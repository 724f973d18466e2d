package io.invigil.replay.eval;

/** Labelled directions. */
final class Directions {
    private Directions() {}

    /** The part of a direction that the engine can answer with: sideways before up and down. */
    static String main(String label) {
        for (String part : new String[] {"image_left", "image_right", "up", "down"}) {
            if (label.contains(part)) {
                return part;
            }
        }
        return label;
    }
}
