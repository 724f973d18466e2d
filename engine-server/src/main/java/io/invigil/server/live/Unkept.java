package io.invigil.server.live;

import io.invigil.api.SessionEvent;
import io.invigil.report.log.TracePoint;
import io.invigil.server.record.AlertRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a session knows and the store does not. Bounded, for a store that fails for long: of trace and pictures the oldest
 * gives way, alerts and events never. Thread-safe.
 */
final class Unkept {
    private static final int MAX_TRACE = 4_000;
    private static final int MAX_PICTURES = 16;
    private static final long MAX_PICTURE_BYTES = 4L << 20;

    private final AlertLedger ledger;
    private final List<SessionEvent> events = new ArrayList<>();
    private final List<TracePoint> trace = new ArrayList<>();
    private final Map<String, byte[]> pictures = new LinkedHashMap<>();
    private final Map<String, Long> pictureTimes = new HashMap<>();
    private long pictureBytes;

    /** What is kept by one change. */
    record Share(List<AlertRecord> alerts, List<SessionEvent> events, List<TracePoint> trace) {}

    /** An alert's evidence; the bytes are not to be changed. */
    record Picture(String alertId, byte[] jpeg) {}

    Unkept(AlertLedger ledger) {
        this.ledger = ledger;
    }

    synchronized void add(SessionEvent event) {
        events.add(event);
    }

    synchronized void add(TracePoint point) {
        trace.add(point);
        boundTrace();
    }

    private void boundTrace() {
        int tooMany = trace.size() - MAX_TRACE;
        if (tooMany > 0) {
            trace.subList(0, tooMany).clear();
        }
    }

    /** Adds an alert's evidence of a media time, instead of what waited for this alert before. */
    synchronized void add(Picture picture, long timestampNs) {
        Long known = pictureTimes.put(picture.alertId(), timestampNs);
        if (known != null && known == timestampNs) {
            return;
        }
        remove(picture.alertId());
        pictures.put(picture.alertId(), picture.jpeg());
        pictureBytes += picture.jpeg().length;
        while (pictures.size() > MAX_PICTURES || pictureBytes > MAX_PICTURE_BYTES && pictures.size() > 1) {
            remove(pictures.keySet().iterator().next());
        }
    }

    private void remove(String alertId) {
        byte[] gone = pictures.remove(alertId);
        pictureBytes -= gone == null ? 0 : gone.length;
    }

    /** Takes all but the pictures. */
    synchronized Share take() {
        Share share = new Share(ledger.takeUnsaved(), List.copyOf(events), List.copyOf(trace));
        events.clear();
        trace.clear();
        return share;
    }

    /** Gives back what was not kept. */
    synchronized void giveBack(Share share) {
        ledger.giveBackUnsaved(share.alerts());
        events.addAll(0, share.events());
        trace.addAll(0, share.trace());
        boundTrace();
    }

    /** The picture that has waited longest; it stays here until it is {@linkplain #kept kept}. */
    synchronized Optional<Picture> nextPicture() {
        return pictures.entrySet().stream().findFirst().map(entry -> new Picture(entry.getKey(), entry.getValue()));
    }

    /** The store has this picture. */
    synchronized void kept(Picture picture) {
        if (pictures.get(picture.alertId()) == picture.jpeg()) {
            remove(picture.alertId());
        }
    }

    /** Whether an alert or a picture waits. */
    boolean isUrgent() {
        synchronized (this) {
            if (!pictures.isEmpty()) {
                return true;
            }
        }
        return ledger.hasUnsaved();
    }
}
