package io.invigil.core.sight;

import io.invigil.api.Detector;
import io.invigil.api.ObjectDetection;
import io.invigil.api.PresenceObservation;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A {@link PresenceObservation} that is filled anew: bodies and objects as last seen. Not thread-safe. */
public final class PresenceSight {
    private final List<DetectionSight> persons = new ArrayList<>();
    private final List<DetectionSight> objects = new ArrayList<>();
    private final List<DetectionSight> spare = new ArrayList<>();
    private long evaluatedAtNs = PresenceObservation.NEVER;
    private boolean fresh;

    /** Nothing was looked for yet. */
    public PresenceSight() {}

    /** Back to nothing was looked for yet. */
    public void clear() {
        begin(PresenceObservation.NEVER);
        fresh = false;
    }

    /** Starts what a look at the frame of this time found. */
    public void begin(long newEvaluatedAtNs) {
        evaluatedAtNs = newEvaluatedAtNs;
        fresh = true;
        cut(persons, 0);
        cut(objects, 0);
    }

    /** One more body, to be filled; best score first. */
    public DetectionSight addPerson() {
        return add(persons);
    }

    /** One more thing, to be filled, in any order: {@link #sortObjects} follows. */
    public DetectionSight addObject() {
        return add(objects);
    }

    /** Puts objects into their order, best score first and else as they came, and drops all but the first so many. */
    public void sortObjects(int most) {
        // Insertion sort: stable, without garbage, and the list is short.
        for (int i = 1; i < objects.size(); i++) {
            DetectionSight moved = objects.get(i);
            int k = i;
            while (k > 0 && Double.compare(objects.get(k - 1).score(), moved.score()) < 0) {
                objects.set(k, objects.get(k - 1));
                k--;
            }
            objects.set(k, moved);
        }
        cut(objects, most);
    }

    /** What is said from here on was seen on an earlier frame. */
    public void carryOn() {
        fresh = false;
    }

    /** Takes over all that another one says. */
    public void set(PresenceSight other) {
        begin(other.evaluatedAtNs);
        fresh = other.fresh;
        for (int i = 0; i < other.persons.size(); i++) {
            addPerson().set(other.persons.get(i));
        }
        for (int i = 0; i < other.objects.size(); i++) {
            addObject().set(other.objects.get(i));
        }
    }

    /** Takes over all that a value says. */
    public void set(PresenceObservation other) {
        begin(other.evaluatedAtNs());
        fresh = other.fresh();
        for (int i = 0; i < other.persons().size(); i++) {
            addPerson().set(other.persons().get(i));
        }
        for (int i = 0; i < other.objects().size(); i++) {
            addObject().set(other.objects().get(i));
        }
    }

    /**
     * Forgets all but what these detectors say: the same limit as {@link PresenceObservation#limitedTo}.
     *
     * @param face the candidate's face; null without one
     */
    void limitTo(Set<Detector> detectors, Box face) {
        boolean bodies = detectors.contains(Detector.BODY);
        boolean things = detectors.contains(Detector.OBJECTS);
        if (!bodies && !things) {
            clear();
            return;
        }
        if (!bodies) {
            cut(persons, 0);
        } else if (!detectors.contains(Detector.FURTHER_BODIES) && persons.size() > 1) {
            int own = own(face);
            DetectionSight left = persons.get(own);
            persons.set(own, persons.get(0));
            persons.set(0, left);
            cut(persons, 1);
        }
        if (!things) {
            cut(objects, 0);
        }
    }

    private int own(Box face) {
        for (int i = 0; i < persons.size() && face != null; i++) {
            if (face.shareInside(persons.get(i).box()) > PresenceObservation.OWN_FACE_INSIDE) {
                return i;
            }
        }
        return 0;
    }

    private DetectionSight add(List<DetectionSight> to) {
        DetectionSight added = spare.isEmpty() ? new DetectionSight() : spare.remove(spare.size() - 1);
        to.add(added);
        return added;
    }

    private void cut(List<DetectionSight> list, int left) {
        while (list.size() > left) {
            spare.add(list.remove(list.size() - 1));
        }
    }

    /** What was seen, as a value that anybody may keep. */
    public PresenceObservation toPresenceObservation() {
        return toPresenceObservation(PresenceObservation.NONE);
    }

    /** The same; where a value of earlier says what is to be said, it or its lists are used again. */
    PresenceObservation toPresenceObservation(PresenceObservation before) {
        List<ObjectDetection> bodies = values(persons, before.persons());
        List<ObjectDetection> things = values(objects, before.objects());
        return evaluatedAtNs == before.evaluatedAtNs()
                        && fresh == before.fresh()
                        && bodies == before.persons()
                        && things == before.objects()
                ? before
                : new PresenceObservation(evaluatedAtNs, fresh, bodies, things);
    }

    private static List<ObjectDetection> values(List<DetectionSight> seen, List<ObjectDetection> before) {
        boolean same = seen.size() == before.size();
        for (int i = 0; same && i < seen.size(); i++) {
            same = seen.get(i).equalsValue(before.get(i));
        }
        if (same) {
            return before;
        }
        List<ObjectDetection> values = new ArrayList<>(seen.size());
        for (int i = 0; i < seen.size(); i++) {
            values.add(seen.get(i).toObjectDetection());
        }
        return values;
    }

    /** Media time of the frame this was seen on; {@link PresenceObservation#NEVER} when nothing was looked for yet. */
    public long evaluatedAtNs() {
        return evaluatedAtNs;
    }

    /** True when it was seen on this very frame. */
    public boolean fresh() {
        return fresh;
    }

    /** Bodies, best score first; only to be read. */
    public List<DetectionSight> persons() {
        return persons;
    }

    /** Other things, best score first, low scores included; only to be read. */
    public List<DetectionSight> objects() {
        return objects;
    }
}
