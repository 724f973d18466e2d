package io.invigil.api;

import java.time.Duration;

/**
 * What the host tells a session beside frames, in the session's media time. Signals go through the policy onto the same
 * timeline as what the engine sees, and into the observation log, so that judging again takes them into account.
 */
public sealed interface SessionSignal permits HostEvent, Pause, CalibrationTarget {
    /**
     * How far after the newest media time that the session knows, of a frame it judged or of a signal, a signal may lie. One on
     * another clock, such as milliseconds of 1970 beside frames from 0, would make all that comes later late. After
     * a longer silence a frame has to come first.
     */
    Duration MOST_AHEAD = Duration.ofHours(24);

    /** As {@link #MOST_AHEAD} while the session is paused: a pause may be long, and nothing is known in it. */
    Duration MOST_AHEAD_PAUSED = Duration.ofDays(30);

    /**
     * The media time it speaks of, on the clock of the session's frames and in nanoseconds; at most {@link #MOST_AHEAD} after the
     * newest media time that the session knows. It may lie before that, and anywhere while nothing is known.
     */
    long timestampNs();
}
