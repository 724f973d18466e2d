package io.invigil.api;

import java.util.Locale;

/** What shows that somebody looks away. */
public enum Modality {
    /** Nothing: they do not look away. */
    NONE,
    /** The head is turned. */
    HEAD,
    /** The eyes alone are turned. */
    EYES;

    /** The fixed lower-case name in files and on the wire. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
