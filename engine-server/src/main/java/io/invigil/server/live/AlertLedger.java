package io.invigil.server.live;

import io.invigil.api.Alert;
import io.invigil.api.AlertPhase;
import io.invigil.api.AlertType;
import io.invigil.server.record.AlertRecord;
import io.invigil.wire.ReviewView;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * A live session's alerts: as they stand, which of them are still to be told to the candidate's client, and which are still
 * to be kept. Thread-safe.
 */
final class AlertLedger {
    private final String sessionId;
    private final Map<String, AlertRecord> records = new LinkedHashMap<>();
    private final Set<String> untoldOpenings = new LinkedHashSet<>();
    private final Set<String> untoldChanges = new LinkedHashSet<>();
    private final Set<String> unsaved = new LinkedHashSet<>();
    /** Kept beside the rest, because every frame asks for them, and a session may have thousands that are over. */
    private final Map<String, AlertRecord> open = new LinkedHashMap<>();

    private final Map<AlertType, Long> closedNs = new EnumMap<>(AlertType.class);
    private long nextSequence = 1;

    /** Alerts to tell. */
    record Untold(List<AlertRecord> openings, List<AlertRecord> changes) {}

    AlertLedger(String sessionId, Collection<AlertRecord> kept) {
        this.sessionId = sessionId;
        for (AlertRecord record : kept) {
            put(record);
            nextSequence = Math.max(nextSequence, record.sequence() + 1);
        }
    }

    /** Takes an alert as the engine tells it, perhaps twice and out of turn; answers its record, empty when nothing is new. */
    synchronized Optional<AlertRecord> note(Alert alert, long nowNs) {
        AlertRecord old = records.get(alert.id());
        if (old != null && !isNews(old.alert(), alert)) {
            return Optional.empty();
        }
        AlertRecord record = old == null
                ? new AlertRecord(sessionId, nextSequence++, alert, nowNs, nowNs, false, ReviewView.OPEN)
                : old.changed(alert, nowNs);
        put(record);
        unsaved.add(alert.id());
        untoldChanges.add(alert.id());
        if (old == null) {
            untoldOpenings.add(alert.id());
        }
        return Optional.of(record);
    }

    private void put(AlertRecord record) {
        Alert alert = record.alert();
        records.put(alert.id(), record);
        if (alert.phase() == AlertPhase.CLOSED) {
            open.remove(alert.id());
            closedNs.merge(alert.type(), alert.endNs() - alert.startNs(), Long::sum);
        } else {
            open.put(alert.id(), record);
        }
    }

    /** The same alert with something beside it changed. */
    private void change(String alertId, UnaryOperator<AlertRecord> how) {
        records.computeIfPresent(alertId, (id, record) -> how.apply(record));
        open.computeIfPresent(alertId, (id, record) -> how.apply(record));
    }

    private static boolean isNews(Alert old, Alert alert) {
        if (old.phase() == AlertPhase.CLOSED || alert.equals(old)) {
            return false;
        }
        // A close is final, whatever an update before said; of two updates the one that reaches further is the later.
        return alert.phase() == AlertPhase.CLOSED
                || alert.endNs() >= old.endNs() && alert.phase().compareTo(old.phase()) >= 0;
    }

    /** Takes what is still to be told. */
    synchronized Untold takeUntold() {
        Untold untold = new Untold(recordsOf(untoldOpenings), recordsOf(untoldChanges));
        untoldOpenings.clear();
        untoldChanges.clear();
        return untold;
    }

    /** Gives back what could not be told, by the engine's ids; it is told first next time. */
    synchronized void giveBack(Collection<String> openings, Collection<String> changes) {
        putInFront(untoldOpenings, openings);
        putInFront(untoldChanges, changes);
    }

    private void putInFront(Set<String> untold, Collection<String> ids) {
        List<String> later = new ArrayList<>(untold);
        untold.clear();
        ids.stream().filter(records::containsKey).forEach(untold::add);
        untold.addAll(later);
    }

    /** Alerts to keep. */
    synchronized List<AlertRecord> takeUnsaved() {
        List<AlertRecord> taken = recordsOf(unsaved);
        unsaved.clear();
        return taken;
    }

    /** Gives back what could not be kept. */
    synchronized void giveBackUnsaved(Collection<AlertRecord> failed) {
        failed.forEach(record -> unsaved.add(record.alert().id()));
    }

    synchronized int unsavedCount() {
        return unsaved.size();
    }

    private List<AlertRecord> recordsOf(Collection<String> ids) {
        if (ids.isEmpty()) {
            return List.of();
        }
        return ids.stream().map(records::get).toList();
    }

    synchronized Optional<AlertRecord> get(String alertId) {
        return Optional.ofNullable(records.get(alertId));
    }

    synchronized void reviewed(String alertId, ReviewView review) {
        change(alertId, record -> record.reviewed(review));
    }

    synchronized void evidenceKept(String alertId) {
        change(alertId, AlertRecord::withEvidence);
    }

    /** The open alerts, oldest first. */
    synchronized List<AlertRecord> open() {
        return List.copyOf(open.values());
    }

    /** The newest alerts, newest first. */
    synchronized List<AlertRecord> newest(int most) {
        List<AlertRecord> all = new ArrayList<>(records.values());
        java.util.Collections.reverse(all);
        return List.copyOf(all.subList(0, Math.min(most, all.size())));
    }

    /** Nanoseconds of all alerts of a kind. */
    synchronized long totalNs(AlertType type) {
        long sumNs = closedNs.getOrDefault(type, 0L);
        for (AlertRecord record : open.values()) {
            Alert alert = record.alert();
            sumNs += alert.type() == type ? alert.endNs() - alert.startNs() : 0;
        }
        return sumNs;
    }
}
