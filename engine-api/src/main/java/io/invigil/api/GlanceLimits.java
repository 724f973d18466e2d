package io.invigil.api;

import java.time.Duration;

/**
 * From where on short looks away are repeated ones: both limits must be met within the window. The rule's {@code enter} and
 * {@code exit} are shares of them.
 *
 * @param window the sliding window of media time, 10 s to 10 min
 * @param count glances in it, 2 to 100
 * @param share of the time in it in which the candidate could be judged, 0.01 to 1
 */
public record GlanceLimits(Duration window, int count, double share) {
    /** Checks the ranges. */
    public GlanceLimits {
        Ranges.checkWithin("window", window, Duration.ofSeconds(10), Duration.ofMinutes(10));
        Ranges.check("count", count, 2L, 100L);
        Ranges.check("share", share, 0.01, 1.0);
    }
}
