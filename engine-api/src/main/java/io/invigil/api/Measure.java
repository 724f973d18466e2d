package io.invigil.api;

import java.util.Objects;
import java.util.Optional;

/**
 * What the thresholds of a kind's rule speak of. A condition sets in at the rule's {@code enter} and holds on down to its
 * {@code exit}, so that it does not flicker.
 *
 * @param quantity what is measured, a few words
 * @param unit of what the numbers are
 * @param least the least threshold
 * @param most the greatest threshold
 * @param hasExit false when the condition ends by itself, so that there is nothing to leave
 */
public record Measure(String quantity, String unit, double least, double most, boolean hasExit) {
    /** Checks that the words are there. */
    public Measure {
        Objects.requireNonNull(quantity, "quantity");
        Objects.requireNonNull(unit, "unit");
    }

    /** What the thresholds of this kind speak of; empty for kinds the host reports, which are told and not measured. */
    public static Optional<Measure> of(AlertType type) {
        return switch (type) {
            case NO_FACE -> measure("certainty that no face is in the picture", "certainty", 0.05, 1);
            case MULTIPLE_PERSONS -> measure("score of the second person, by face or by body", "score", 0.3, 1);
            case EYES_LOOKING_AWAY -> measure("turn of head or eyes, 1 at a limit of look_away", "share", 0.3, 3);
            case PROHIBITED_OBJECT ->
                measure("median score of the last looks, 1 at the score in prohibited_objects", "share", 0.1, 2);
            case BLACK_SCREEN ->
                measure("certainty that nothing can be seen: black 0.98, covered 0.9, dark 0.75", "certainty", 0.05, 1);
            case FROZEN_VIDEO ->
                Optional.of(
                        new Measure("frames equal to the one before, of all since it set in", "share", 0.5, 1, false));
            case STREAM_GAP ->
                Optional.of(new Measure(
                        "distance between frames, 1 at the stream's usual distance", "ratio", 1.5, 50, false));
            case PARTIAL_FACE ->
                measure(
                        "how much of the face is hidden or how near it is, 1 at a limit of partial_face",
                        "share",
                        0.5,
                        2);
            case REPEATED_GLANCES ->
                measure("glances in the window, 1 when both limits of repeated_glances are met", "share", 0.1, 3);
            case IDENTITY_CHANGED ->
                measure(
                        "Euclidean distance of the face from the reference, median of the last looks",
                        "distance",
                        0.05,
                        2);
            case SPOOF ->
                measure("share of an outline seen around the face, median of the last looks", "score", 0.05, 1);
            case TAB_SWITCH, AUDIO_ANOMALY, WINDOW_BLUR, PASTE, SECOND_DISPLAY, HOST_DEFINED -> Optional.empty();
        };
    }

    private static Optional<Measure> measure(String quantity, String unit, double least, double most) {
        return Optional.of(new Measure(quantity, unit, least, most, true));
    }

    /** A threshold that is harder to reach by this factor: of a certainty or score the room up to 1 shrinks by it. */
    double relaxed(double threshold, double factor) {
        double harder = most == 1 ? 1 - (1 - threshold) / factor : threshold * factor;
        return Math.min(most, harder);
    }
}
