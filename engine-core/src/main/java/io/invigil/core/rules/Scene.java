package io.invigil.core.rules;

import io.invigil.api.SessionEvent;
import io.invigil.core.sight.Sight;
import java.util.List;

/**
 * One frame as the rules of all kinds see it: what was seen, what may be concluded from it, and what rules earlier in the
 * order found out for later ones. Filled anew for each frame.
 */
final class Scene {
    private final Looking notLookedFor = new Looking();

    /** Takes what bears on the worth of the alerts. */
    final List<SessionEvent> events;

    Moment now;
    Sight seen;
    /** What changed since the last sighting of bodies and objects, up to this frame. */
    final ChangeTrail changes = new ChangeTrail();

    /** The picture is black or covered. */
    boolean hidden;
    /** The picture has stood still for so long that it says nothing about the present. */
    boolean stale;
    /** The frame brings a sighting of bodies and objects that has not been judged yet. */
    boolean freshLook;
    /** The sightings of bodies and objects before this frame say nothing about now. */
    boolean looksTooOld;

    /**
     * How long ago the last frame was that said something about the candidate, if others came since and this is the first again;
     * otherwise 0. What was seen before a stretch that ends alerts must not raise them anew after it.
     */
    long unseenNs;

    /** How many faces count as people; of the rule for persons. */
    int people;

    /** Another person sits there than on the frames before, or the first is back; of the rule for identity. */
    boolean candidateChanged;

    /** Where the candidate looks; of the rule for looking away. */
    Looking looking = notLookedFor;

    Scene(List<SessionEvent> events) {
        this.events = events;
    }

    /** Goes to the next frame. */
    Scene at(
            Moment moment,
            Sight sight,
            boolean isHidden,
            boolean isStale,
            boolean isFreshLook,
            long unseenForNs,
            boolean areLooksTooOld) {
        now = moment;
        seen = sight;
        hidden = isHidden;
        stale = isStale;
        freshLook = isFreshLook;
        unseenNs = unseenForNs;
        looksTooOld = areLooksTooOld;
        people = 0;
        candidateChanged = false;
        looking = notLookedFor;
        return this;
    }

    /** The picture says something about the candidate now. */
    boolean sighted() {
        return !hidden && !stale;
    }
}
