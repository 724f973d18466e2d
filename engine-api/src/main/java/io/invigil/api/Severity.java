package io.invigil.api;

import java.util.Locale;

/** How much attention a policy asks for, from least to most. */
public enum Severity {
    /** Worth knowing. */
    LOW,
    /** Worth a look. */
    MEDIUM,
    /** Needs a look. */
    HIGH,
    /** Needs a look now. */
    CRITICAL;

    /** The fixed lower-case name in files and on the wire. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** True for {@link #HIGH} and {@link #CRITICAL}. */
    public boolean requiresAttention() {
        return compareTo(HIGH) >= 0;
    }
}
