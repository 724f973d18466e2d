package io.invigil.server.live;

import io.invigil.api.AlertType;
import io.invigil.api.Severity;
import io.invigil.server.record.AlertFilter;
import io.invigil.server.record.AlertRecord;
import io.invigil.server.record.RecordStore;
import io.invigil.server.record.SessionRecord;
import io.invigil.wire.AlertPage;
import io.invigil.wire.AlertQuery;
import io.invigil.wire.AlertView;
import io.invigil.wire.FieldError;
import io.invigil.wire.ProblemException;
import io.invigil.wire.WireTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Reads alerts from the store for the wire. Thread-safe. */
final class AlertReader {
    private final RecordStore store;

    AlertReader(RecordStore store) {
        this.store = store;
    }

    /** The newest alerts, newest first; none where one of them cannot be read by this program. */
    List<AlertView> newest(SessionRecord session, int most) {
        return StoreCall.answerIfReadable(() -> store.alerts(session.id(), AlertFilter.newest(most)))
                .map(alerts -> newestFirst(session, alerts))
                .orElse(List.of());
    }

    AlertPage page(SessionRecord session, AlertQuery query) {
        AlertFilter filter = new AlertFilter(
                query.limit() + 1,
                query.cursor().map(Cursors::alert).orElse(Long.MAX_VALUE),
                query.since().map(WireTime::epochNs).orElse(Long.MIN_VALUE),
                query.kind().map(AlertReader::kind),
                query.severity().map(word -> Severity.valueOf(word.toUpperCase(Locale.ROOT))));
        List<AlertRecord> found = StoreCall.answer(() -> store.alerts(session.id(), filter));
        boolean more = found.size() > query.limit();
        List<AlertRecord> page = more ? found.subList(1, found.size()) : found;
        return new AlertPage(
                session.id(),
                newestFirst(session, page),
                more ? Cursors.of(page.get(0).sequence()) : null);
    }

    private static List<AlertView> newestFirst(SessionRecord session, List<AlertRecord> alerts) {
        List<AlertView> views = new ArrayList<>(alerts.size());
        for (int i = alerts.size() - 1; i >= 0; i--) {
            views.add(SessionViews.alert(session.startNs(), alerts.get(i)));
        }
        return views;
    }

    private static AlertType kind(String name) {
        return AlertType.ofWireName(name)
                .orElseThrow(() -> ProblemException.invalid(new FieldError(
                        "literal_error", List.of("query", "kind"), "Input should be a kind of alert", name)));
    }

    /** The engine's id of an alert that the wire names. */
    static String engineId(String sessionId, String alertId) {
        String prefix = sessionId + ".";
        if (!alertId.startsWith(prefix)) {
            throw ProblemException.of(404, "Alert not found");
        }
        return alertId.substring(prefix.length());
    }
}
