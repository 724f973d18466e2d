package io.invigil.server.live;

import io.invigil.api.Policy;
import io.invigil.api.ProctoringSession;
import io.invigil.server.record.SessionRecord;

/**
 * A session that is open in the engine.
 *
 * @param record as it was kept when it was opened here
 * @param policy what it is judged by
 * @param engine judges it
 * @param clock its media time
 */
record Opened(SessionRecord record, Policy policy, ProctoringSession engine, SessionClock clock) {
    String id() {
        return record.id();
    }
}
