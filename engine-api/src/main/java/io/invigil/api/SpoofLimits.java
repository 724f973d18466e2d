package io.invigil.api;

import java.time.Duration;

/**
 * How a print or a screen held to the camera is looked for.
 *
 * @param interval how often it is looked for, 0 to 60 s, 0 for every frame
 * @param pooledLooks of how many of the last looks the median counts, 1 to 50; at least three of them, or all where there are fewer
 */
public record SpoofLimits(Duration interval, int pooledLooks) {
    /** Checks the ranges. */
    public SpoofLimits {
        Ranges.checkAtMost("interval", interval, Duration.ofMinutes(1));
        Ranges.check("pooledLooks", pooledLooks, 1L, 50L);
    }
}
