package io.invigil.api;

import java.util.Locale;
import java.util.Objects;

/**
 * Something a reader must know to judge what the alerts are worth, which says nothing about the candidate: the picture was
 * too dark to tell, the neutral was set, a stage failed.
 *
 * @param kind what it is
 * @param startNs media time at which it set in
 * @param endNs media time up to which it is known to have lasted; equal to the start for a moment
 * @param message one English sentence with the reason, without names
 */
public record SessionEvent(Kind kind, long startNs, long endNs, String message) {
    /** Checks that nothing is null. */
    public SessionEvent {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(message, "message");
    }

    /** The kinds of event. */
    public enum Kind {
        /** Picture quality did not allow an answer for the time given; reported when it is over. */
        QUALITY,
        /** The candidate's neutral head pose and gaze were set. */
        CALIBRATED,
        /** No neutral could be set in the time given; looking away cannot be told until one is. */
        NOT_CALIBRATED,
        /** The camera was moved, or shows another scene: the neutral no longer holds and is looked for afresh. */
        CAMERA_MOVED,
        /** A reference of the candidate's face was taken, in memory only. */
        REFERENCE_TAKEN,
        /** Frames arrived but could not be analysed: a stage or the input failed. */
        BLIND,
        /** The engine was overloaded and looked for some things less often; reported when it is over. */
        OVERLOAD,
        /** The host paused the session. */
        PAUSED,
        /** The host went on with the session. */
        RESUMED,
        /** Some of what was seen could not be kept for long and was given up; the message says how much. */
        NOT_KEPT;

        /** The fixed lower-case name in files and on the wire. */
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
