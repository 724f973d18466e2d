package io.invigil.api;

/**
 * The host pauses the session, or goes on with it. While paused, offered frames are counted as sampled out, nothing is
 * judged, and the silence is no gap in the stream; alerts that are open close where they were last known to hold. What the host
 * reports meanwhile raises nothing; what it reported as begun and not as ended counts again from when the session goes on.
 *
 * @param timestampNs media time of the change, at most {@link SessionSignal#MOST_AHEAD} after the newest time that the session
 *     knows; to go on, {@link SessionSignal#MOST_AHEAD_PAUSED}
 * @param paused true to pause, false to go on; saying either twice changes nothing
 */
public record Pause(long timestampNs, boolean paused) implements SessionSignal {}
