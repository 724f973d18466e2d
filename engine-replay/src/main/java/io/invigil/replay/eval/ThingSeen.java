package io.invigil.replay.eval;

import io.invigil.api.Alert;

/** The thing an alert speaks of. */
final class ThingSeen {
    static final String PHONE = "cell phone";
    static final String BOOK = "book";

    private ThingSeen() {}

    /** Its category, empty when the alert names none. */
    static String of(Alert alert) {
        return alert.details().getOrDefault("object", "");
    }
}
