package io.invigil.core.pipeline;

import java.util.ArrayList;
import java.util.List;

/**
 * Sessions whose newest frame waits for a slot, in the order they came. Each lane takes the first that may go there: one whose
 * earlier frames are on another lane has to wait for that one, and lets others by. Thread-safe; leaves no garbage.
 */
final class WaitingSessions {
    private final List<PipelineSession> sessions = new ArrayList<>();
    private volatile boolean any;

    synchronized void add(PipelineSession session) {
        sessions.add(session);
        any = true;
    }

    /** One that found its place taken: its turn is still the next. */
    synchronized void putBack(PipelineSession session) {
        sessions.add(0, session);
        any = true;
    }

    synchronized void remove(PipelineSession session) {
        sessions.remove(session);
        any = !sessions.isEmpty();
    }

    boolean any() {
        return any;
    }

    /**
     * Takes the first session that may go to this lane, or none. One that may go to any lane and finds no room here holds up
     * those behind it: the lane works off what it has, and the next place is that session's.
     */
    synchronized PipelineSession takeFor(RingLane lane) {
        for (int i = 0; i < sessions.size(); i++) {
            RingLane bound = sessions.get(i).lane();
            if (bound == null || bound == lane) {
                if (!lane.hasRoom(bound == lane)) {
                    return null;
                }
                PipelineSession first = sessions.remove(i);
                any = !sessions.isEmpty();
                return first;
            }
        }
        return null;
    }
}
