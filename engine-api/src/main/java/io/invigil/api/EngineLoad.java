package io.invigil.api;

import java.util.Objects;

/**
 * How busy an engine is.
 *
 * @param load work asked for over work that can be done by all lanes, in the last seconds; 1 is exactly busy, more is overload
 *     and frames are superseded. A session that alone asks for more than one lane gives loses frames earlier. At least 0
 * @param shedding what is looked for less often because of it
 */
public record EngineLoad(double load, Shedding shedding) {
    /** Nothing to do. */
    public static final EngineLoad IDLE = new EngineLoad(0, Shedding.NONE);

    /** Checks the range. */
    public EngineLoad {
        Objects.requireNonNull(shedding, "shedding");
        if (!(load >= 0)) {
            throw new IllegalArgumentException("load is " + load + ", must be at least 0");
        }
    }
}
