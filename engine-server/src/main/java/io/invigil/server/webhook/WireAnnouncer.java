package io.invigil.server.webhook;

import io.invigil.api.AlertPhase;
import io.invigil.server.record.AlertRecord;
import io.invigil.server.record.SessionProgress;
import io.invigil.server.record.SessionRecord;
import io.invigil.wire.AlertView;
import io.invigil.wire.WireJson;
import io.invigil.wire.WireTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Tells of sessions that start and end and of alerts that open and close, in the wire's views. No names: a session's id, and
 * what the alert says.
 */
public final class WireAnnouncer implements Announcer {
    @Override
    public List<Announcement> started(SessionRecord session) {
        return List.of(ofSession("session.started", session.id(), session.state(), session.startNs()));
    }

    @Override
    public List<Announcement> progressed(
            SessionRecord before, Map<String, AlertPhase> phases, SessionProgress progress) {
        List<Announcement> all = new ArrayList<>();
        for (AlertRecord alert : progress.alerts()) {
            // By what was kept, not by what the engine told last: an alert may have opened and gone on, or closed,
            // since.
            AlertPhase kept = phases.get(alert.alert().id());
            if (kept == null) {
                all.add(ofAlert("alert.opened", alert.openedNs(), before, alert));
            }
            if (kept != AlertPhase.CLOSED && alert.alert().phase() == AlertPhase.CLOSED) {
                all.add(ofAlert("alert.closed", alert.changedNs(), before, alert));
            }
        }
        if (before.state().isLive() && !progress.state().isLive()) {
            all.add(ofSession(
                    "session.ended",
                    before.id(),
                    progress.state(),
                    progress.endNs().orElse(progress.lastMediaNs())));
        }
        return all;
    }

    private static Announcement ofSession(String topic, String id, SessionRecord.State state, long atNs) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("session_id", id);
        data.put("state", state.wireName());
        return announcement(topic, atNs, data);
    }

    private static Announcement ofAlert(String topic, long atNs, SessionRecord session, AlertRecord alert) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("session_id", session.id());
        data.put("alert", AlertView.of(session.id(), session.startNs(), alert.alert(), null, alert.review()));
        return announcement(topic, atNs, data);
    }

    private static Announcement announcement(String topic, long atNs, Map<String, Object> data) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("type", topic);
        body.put("timestamp", WireTime.iso(atNs));
        body.put("data", data);
        return new Announcement(topic, WireJson.write(body));
    }
}
