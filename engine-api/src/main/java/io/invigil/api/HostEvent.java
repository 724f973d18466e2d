package io.invigil.api;

import java.util.Objects;
import java.util.Optional;

/**
 * Something the host noticed about the candidate that no camera shows: a tab was switched, something was pasted. It becomes
 * an alert of its kind under the session's policy: repeats within the rule's merge gap go on with the same alert, a moment
 * that is told late and lies further before an open alert has its own, closed at once, and what has
 * a beginning and an end must last as long as the rule's hold.
 *
 * @param name what happened: the wire name of a kind that {@link AlertType#isHostReported()}, or a name of the host's own,
 *     which becomes {@link AlertType#HOST_DEFINED}; 1 to 64 lower-case letters, digits and underscores, a letter first
 * @param phase whether it happened at a moment, began or ended
 * @param timestampNs when, in the session's media time: on the clock of its frames, in nanoseconds, and at most
 *     {@link SessionSignal#MOST_AHEAD} after the newest time that the session knows
 * @param severity how serious a happening of the host's own is; for the engine's kinds the policy says, and this must be empty
 *     or is ignored
 * @param note one sentence for the reader, at most 500 characters; empty for the engine's own words. It is shown as it is, so
 *     it should hold no names
 */
public record HostEvent(String name, Phase phase, long timestampNs, Optional<Severity> severity, String note)
        implements SessionSignal {
    /** The longest note, in characters. */
    public static final int MAX_NOTE_LENGTH = 500;

    /** The most names of the host's own in one session, those of the engine's kinds not counted. */
    public static final int MAX_NAMES = 32;

    /** Checks name and note. */
    public HostEvent {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(phase, "phase");
        Objects.requireNonNull(severity, "severity");
        Objects.requireNonNull(note, "note");
        if (!name.matches("[a-z][a-z0-9_]{0,63}")) {
            String shown = name.length() > 64 ? name.substring(0, 64) + "..." : name;
            throw EngineException.outOfRange(
                    "name", '"' + shown + '"', "1 to 64 lower-case letters, digits and underscores, a letter first");
        }
        if (note.length() > MAX_NOTE_LENGTH) {
            throw EngineException.outOfRange(
                    "note", note.length() + " characters long", "at most " + MAX_NOTE_LENGTH + " characters");
        }
    }

    /** Something that happened at a moment, in the engine's words. */
    public static HostEvent moment(String name, long timestampNs) {
        return new HostEvent(name, Phase.MOMENT, timestampNs, Optional.empty(), "");
    }

    /** Something that began and lasts until {@link #ended}. */
    public static HostEvent began(String name, long timestampNs) {
        return new HostEvent(name, Phase.BEGAN, timestampNs, Optional.empty(), "");
    }

    /** The end of what {@link #began} told. */
    public static HostEvent ended(String name, long timestampNs) {
        return new HostEvent(name, Phase.ENDED, timestampNs, Optional.empty(), "");
    }

    /** The kind of alert it becomes. */
    public AlertType type() {
        return AlertType.ofWireName(name).filter(AlertType::isHostReported).orElse(AlertType.HOST_DEFINED);
    }

    /** Whether something happened at a moment, began or ended. */
    public enum Phase {
        /** It happened and was over. */
        MOMENT,
        /** It began and goes on. */
        BEGAN,
        /** It is over. */
        ENDED
    }
}
