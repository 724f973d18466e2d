package io.invigil.replay.eval;

import io.invigil.api.Alert;
import java.util.Locale;

/**
 * One alert and what the labels say of it.
 *
 * @param alert the alert
 * @param verdict what they say
 * @param labels the labels in its middle, as words
 */
record AlertScore(Alert alert, Verdict verdict, String labels) {
    /** What the labels say of an alert. */
    enum Verdict {
        /** It answers a labelled event. */
        ANSWERS,
        /** No event, but the state of the picture bears it out. */
        EXPLAINED,
        /** The labels do not say. */
        UNDECIDABLE,
        /** The labels say otherwise. */
        FALSE;

        String words() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    double startSeconds() {
        return alert.startNs() / 1e9;
    }

    double endSeconds() {
        return alert.endNs() / 1e9;
    }
}
