package io.invigil.api;

import java.time.Duration;

/**
 * How the candidate is compared with who sat there at the start.
 *
 * @param interval how often the face is looked at for it, 0 to 60 s, 0 for every frame; up to 0.4 s where there is a doubt or no
 *     reference yet
 * @param pooledLooks of how many of the last looks the median counts, 1 to 50; at least three of them, or all where there are fewer
 */
public record IdentityLimits(Duration interval, int pooledLooks) {
    /** Checks the ranges. */
    public IdentityLimits {
        Ranges.checkAtMost("interval", interval, Duration.ofMinutes(1));
        Ranges.check("pooledLooks", pooledLooks, 1L, 50L);
    }
}
