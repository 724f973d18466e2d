package io.invigil.server.record;

import io.invigil.api.SessionEvent;
import io.invigil.api.SessionScore;
import io.invigil.report.log.TracePoint;
import io.invigil.wire.ReviewView;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Keeps everything as long as the process lives: for tests, and for an application that stores alerts by itself. */
public final class MemoryStore implements RecordStore {
    private static final Comparator<SessionRecord.Key> NEWEST_FIRST =
            Comparator.comparingLong(SessionRecord.Key::startNs).reversed().thenComparing(SessionRecord.Key::id);

    private final Map<String, Kept> sessions = new LinkedHashMap<>();
    private final List<AuditEntry> audit = new ArrayList<>();

    private static final class Kept {
        private SessionRecord record;
        private Optional<byte[]> snapshot = Optional.empty();
        private final Map<String, AlertRecord> alerts = new LinkedHashMap<>();
        private final List<SessionEvent> events = new ArrayList<>();
        private final List<TracePoint> trace = new ArrayList<>();
        private final Map<String, byte[]> evidence = new HashMap<>();

        private Kept(SessionRecord record) {
            this.record = record;
        }
    }

    @Override
    public String kind() {
        return "memory";
    }

    @Override
    public boolean isHealthy() {
        return true;
    }

    @Override
    public synchronized void insert(SessionRecord session) {
        if (sessions.putIfAbsent(session.id(), new Kept(session)) != null) {
            throw new StoreException("there is a session " + session.id() + " already", null);
        }
    }

    @Override
    public synchronized Optional<SessionRecord> session(String sessionId) {
        return Optional.ofNullable(sessions.get(sessionId)).map(kept -> kept.record);
    }

    @Override
    public synchronized List<SessionRecord> liveSessions() {
        return sessions.values().stream()
                .map(kept -> kept.record)
                .filter(record -> record.state().isLive())
                .sorted(Comparator.comparing(SessionRecord::key, NEWEST_FIRST).reversed())
                .toList();
    }

    @Override
    public synchronized List<SessionRecord> sessions(
            Optional<SessionRecord.State> state, int limit, Optional<SessionRecord.Key> after) {
        return sessions.values().stream()
                .map(kept -> kept.record)
                .filter(record -> state.map(wanted -> wanted == record.state()).orElse(true))
                .filter(record -> after.map(last -> NEWEST_FIRST.compare(record.key(), last) > 0)
                        .orElse(true))
                .sorted(Comparator.comparing(SessionRecord::key, NEWEST_FIRST))
                .limit(limit)
                .toList();
    }

    @Override
    public synchronized void save(SessionProgress progress) {
        Kept kept = kept(progress.sessionId());
        kept.record = kept.record.at(progress);
        if (progress.snapshot().isPresent()) {
            kept.snapshot = progress.snapshot();
        }
        for (AlertRecord alert : progress.alerts()) {
            kept.alerts.merge(
                    alert.alert().id(), alert, (old, changed) -> old.changed(changed.alert(), changed.changedNs()));
        }
        kept.events.addAll(progress.events());
        kept.trace.addAll(progress.trace());
    }

    @Override
    public synchronized void saveScore(String sessionId, SessionScore score) {
        sessions.computeIfPresent(sessionId, (id, kept) -> {
            kept.record = kept.record.scored(score);
            return kept;
        });
    }

    private Kept kept(String sessionId) {
        Kept kept = sessions.get(sessionId);
        if (kept == null) {
            throw new StoreException("there is no session " + sessionId, null);
        }
        return kept;
    }

    @Override
    public synchronized Optional<byte[]> snapshot(String sessionId) {
        return Optional.ofNullable(sessions.get(sessionId)).flatMap(kept -> kept.snapshot);
    }

    @Override
    public synchronized List<AlertRecord> alerts(String sessionId, AlertFilter filter) {
        Kept kept = sessions.get(sessionId);
        if (kept == null) {
            return List.of();
        }
        List<AlertRecord> matching = kept.alerts.values().stream()
                .filter(filter::matches)
                .sorted(Comparator.comparingLong(AlertRecord::sequence))
                .toList();
        return matching.subList(Math.max(0, matching.size() - filter.limit()), matching.size());
    }

    @Override
    public synchronized Optional<AlertRecord> alert(String sessionId, String alertId) {
        return Optional.ofNullable(sessions.get(sessionId)).map(kept -> kept.alerts.get(alertId));
    }

    @Override
    public synchronized Optional<AlertRecord> review(
            String sessionId, String alertId, UnaryOperator<ReviewView> review) {
        return Optional.ofNullable(sessions.get(sessionId))
                .map(kept -> kept.alerts.computeIfPresent(
                        alertId, (id, alert) -> alert.reviewed(review.apply(alert.review()))));
    }

    @Override
    public synchronized List<SessionEvent> events(String sessionId) {
        Kept kept = sessions.get(sessionId);
        return kept == null ? List.of() : List.copyOf(kept.events);
    }

    @Override
    public synchronized List<TracePoint> trace(String sessionId) {
        Kept kept = sessions.get(sessionId);
        return kept == null ? List.of() : List.copyOf(kept.trace);
    }

    @Override
    public synchronized Optional<TraceSpan> traceSpan(String sessionId) {
        Kept kept = sessions.get(sessionId);
        if (kept == null || kept.trace.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new TraceSpan(
                kept.trace.get(0).timestampNs(),
                kept.trace.get(kept.trace.size() - 1).timestampNs()));
    }

    @Override
    public synchronized void saveEvidence(String sessionId, String alertId, byte[] jpeg) {
        Kept kept = kept(sessionId);
        kept.evidence.put(alertId, jpeg.clone());
        kept.alerts.computeIfPresent(alertId, (id, alert) -> alert.withEvidence());
    }

    @Override
    public synchronized Optional<byte[]> evidence(String sessionId, String alertId) {
        return Optional.ofNullable(sessions.get(sessionId))
                .map(kept -> kept.evidence.get(alertId))
                .map(byte[]::clone);
    }

    @Override
    public synchronized void audit(AuditEntry entry) {
        audit.add(entry);
    }

    /** The audit log so far. */
    public synchronized List<AuditEntry> auditLog() {
        return List.copyOf(audit);
    }

    @Override
    public void close() {
        // Nothing to free.
    }
}
