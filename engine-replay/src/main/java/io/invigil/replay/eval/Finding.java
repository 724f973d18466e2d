package io.invigil.replay.eval;

import io.invigil.api.AlertType;
import java.util.Optional;

/**
 * Something a reviewer wants to look at.
 *
 * @param what why it is worth a look
 * @param file the clip or still, below the labelled folder
 * @param kind the kind of alert it concerns; empty for counts on stills
 * @param title the label or the alert, as words
 * @param startSeconds from; 0 for stills
 * @param endSeconds to; 0 for stills
 * @param text what the engine or the labels say
 * @param pictureSeconds media time of the frame to look at; 0 for stills
 */
record Finding(
        What what,
        String file,
        Optional<AlertType> kind,
        String title,
        double startSeconds,
        double endSeconds,
        String text,
        double pictureSeconds) {
    /** Why it is worth a look. */
    enum What {
        /** A labelled event that no alert answers. */
        MISSED("Missed events"),
        /** An alert that the labels contradict. */
        FALSE("False alerts"),
        /** An alert that the labels do not decide. */
        UNDECIDABLE("Alerts the labels do not decide"),
        /** An alert without a labelled event that the labelled picture bears out: nothing wrong, but worth a look. */
        EXPLAINED("Alerts without an event that the labelled picture bears out"),
        /** A thing on a still that was not found. */
        STILL_MISSED("Stills: missed things"),
        /** A thing on a still that is not there. */
        STILL_FALSE("Stills: things that are not there"),
        /** A still on which the number of faces is wrong. */
        STILL_COUNT("Stills: wrong number of faces");

        private final String title;

        What(String title) {
            this.title = title;
        }

        /** What such findings stand under, as a heading. */
        String title() {
            return title;
        }

        boolean isStill() {
            return this == STILL_MISSED || this == STILL_FALSE || this == STILL_COUNT;
        }
    }

    String name() {
        return file.substring(file.lastIndexOf('/') + 1);
    }
}
