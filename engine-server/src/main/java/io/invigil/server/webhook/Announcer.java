package io.invigil.server.webhook;

import io.invigil.api.AlertPhase;
import io.invigil.server.record.SessionProgress;
import io.invigil.server.record.SessionRecord;
import java.util.List;
import java.util.Map;

/** Says which changes the host is told of. Called inside the change's transaction; must be quick and without side effects. */
public interface Announcer {
    /** Tells nothing. */
    Announcer SILENT = new Announcer() {
        @Override
        public List<Announcement> started(SessionRecord session) {
            return List.of();
        }

        @Override
        public List<Announcement> progressed(
                SessionRecord before, Map<String, AlertPhase> phases, SessionProgress progress) {
            return List.of();
        }
    };

    /** What is told of a new session. */
    List<Announcement> started(SessionRecord session);

    /**
     * What is told of a session that went on from where it was.
     *
     * @param phases the phases in which the progress's alerts were kept before, by their ids; without those that were not
     */
    List<Announcement> progressed(SessionRecord before, Map<String, AlertPhase> phases, SessionProgress progress);
}
