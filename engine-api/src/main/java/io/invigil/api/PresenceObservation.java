package io.invigil.api;

import java.util.List;
import java.util.Objects;

/**
 * What the object detector last saw. It runs on a cadence of its own, so most frames carry the result of an earlier one.
 *
 * @param evaluatedAtNs media time of the frame this was seen on; {@link #NEVER} when the detector has not run yet
 * @param fresh true when it ran on this very frame
 * @param persons bodies, best score first, whether or not a face is seen on them
 * @param objects other things the policy may care about, best score first, low scores included: a rule decides over time
 */
public record PresenceObservation(
        long evaluatedAtNs, boolean fresh, List<ObjectDetection> persons, List<ObjectDetection> objects) {
    /** The time of a sighting that never was; media time may be negative, so no ordinary number serves. */
    public static final long NEVER = Long.MIN_VALUE;

    /** Nothing was looked for yet. */
    public static final PresenceObservation NONE = new PresenceObservation(NEVER, false, List.of(), List.of());

    /** Copies the lists. */
    public PresenceObservation {
        persons = List.copyOf(Objects.requireNonNull(persons, "persons"));
        objects = List.copyOf(Objects.requireNonNull(objects, "objects"));
    }

    /** The same sighting, carried on to a later frame. */
    public PresenceObservation carriedOn() {
        return fresh ? new PresenceObservation(evaluatedAtNs, false, persons, objects) : this;
    }
}
