package io.invigil.server.webhook;

import io.invigil.server.record.SessionProgress;
import io.invigil.server.record.SessionRecord;
import java.util.List;

/** Says which changes the host is told of. Called inside the change's transaction; must be quick and without side effects. */
public interface Announcer {
    /** Tells nothing. */
    Announcer SILENT = new Announcer() {
        @Override
        public List<Announcement> started(SessionRecord session) {
            return List.of();
        }

        @Override
        public List<Announcement> progressed(SessionRecord before, SessionProgress progress) {
            return List.of();
        }
    };

    /** What is told of a new session. */
    List<Announcement> started(SessionRecord session);

    /** What is told of a session that went on from where it was. */
    List<Announcement> progressed(SessionRecord before, SessionProgress progress);
}
