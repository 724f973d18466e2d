package io.invigil.api;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;

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

    /** A body that holds more than this share of the candidate's face is the candidate's. */
    public static final double OWN_FACE_INSIDE = 0.5;

    /**
     * What is left of it when only these detectors run; this itself when nothing has to go.
     *
     * @param holdsCandidate tells whether a body is around the candidate's face. Where further bodies are not asked for the
     *     likeliest such body is left, without one the likeliest of all
     */
    public PresenceObservation limitedTo(Set<Detector> detectors, Predicate<BoundingBox> holdsCandidate) {
        boolean bodies = detectors.contains(Detector.BODY);
        boolean things = detectors.contains(Detector.OBJECTS);
        if (!bodies && !things) {
            return NONE;
        }
        List<ObjectDetection> leftPersons = bodies ? persons : List.of();
        if (!detectors.contains(Detector.FURTHER_BODIES) && leftPersons.size() > 1) {
            leftPersons = List.of(own(leftPersons, holdsCandidate));
        }
        List<ObjectDetection> leftObjects = things ? objects : List.of();
        return leftPersons.size() == persons.size() && leftObjects.size() == objects.size()
                ? this
                : new PresenceObservation(evaluatedAtNs, fresh, leftPersons, leftObjects);
    }

    private static ObjectDetection own(List<ObjectDetection> persons, Predicate<BoundingBox> holdsCandidate) {
        for (ObjectDetection person : persons) {
            if (holdsCandidate.test(person.box())) {
                return person;
            }
        }
        return persons.get(0);
    }

    /** The same sighting, carried on to a later frame. */
    public PresenceObservation carriedOn() {
        return fresh ? new PresenceObservation(evaluatedAtNs, false, persons, objects) : this;
    }
}
