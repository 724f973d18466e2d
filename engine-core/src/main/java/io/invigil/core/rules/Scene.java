package io.invigil.core.rules;

import io.invigil.api.Attention;
import io.invigil.api.Doubt;
import io.invigil.api.Observation;
import io.invigil.api.SessionEvent;
import java.util.List;

/**
 * One frame as the rules of all kinds see it: what was seen, what may be concluded from it, and what rules earlier in the
 * order found out for later ones.
 */
final class Scene {
    final Moment now;
    final Observation seen;
    /** The picture is black or covered. */
    final boolean hidden;
    /** The picture has stood still for so long that it says nothing about the present. */
    final boolean stale;
    /** The frame brings a sighting of bodies and objects that has not been judged yet. */
    final boolean freshLook;
    /** The last sighting of bodies and objects says nothing about now. */
    final boolean looksTooOld;
    /** Takes what bears on the worth of the alerts. */
    final List<SessionEvent> events;

    /** How many faces count as people; of the rule for persons. */
    int people;

    /** Another person sits there than on the frames before, or the first is back; of the rule for identity. */
    boolean candidateChanged;

    /** Where the candidate looks; of the rule for looking away. */
    Attention attention = Attention.cannotTell(Doubt.NOT_EVALUATED);

    Scene(
            Moment now,
            Observation seen,
            boolean hidden,
            boolean stale,
            boolean freshLook,
            boolean looksTooOld,
            List<SessionEvent> events) {
        this.now = now;
        this.seen = seen;
        this.hidden = hidden;
        this.stale = stale;
        this.freshLook = freshLook;
        this.looksTooOld = looksTooOld;
        this.events = events;
    }

    /** The picture says something about the candidate now. */
    boolean sighted() {
        return !hidden && !stale;
    }
}
