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
import java.util.stream.Stream;

/**
 * What a session knows and the store does not. Bounded, for a store that fails for long: of events, trace and pictures the
 * oldest gives way and is counted, and the store is told of it with the next change; alerts never give way, nor do pauses,
 * without which the rest is read wrongly. Pictures, the largest, are bounded over all sessions too. Thread-safe.
 */
final class Unkept {
    private static final int MAX_PICTURES = 16;
    private static final long MAX_PICTURE_BYTES = 4L << 20;

    private final AlertLedger ledger;
    private final int most;
    private final PictureRoom room;
    private final LossMeter meter;
    private final List<SessionEvent> events = new ArrayList<>();
    private final List<TracePoint> trace = new ArrayList<>();
    private final Map<String, byte[]> pictures = new LinkedHashMap<>();
    private final Map<String, Long> pictureTimes = new HashMap<>();
    private long pictureBytes;
    private int handedOver;
    private int alertsHandedOver;
    private Losses lost = Losses.NONE;
    private Losses untold = Losses.NONE;

    /** What is kept by one change. */
    record Share(List<AlertRecord> alerts, List<SessionEvent> events, List<TracePoint> trace, Losses lost) {
        /** The events, and one more of what was lost before them. */
        List<SessionEvent> eventsAndLosses() {
            return lost.isNothing()
                    ? events
                    : Stream.concat(events.stream(), Stream.of(lost.asEvent())).toList();
        }

        int size() {
            return alerts.size() + events.size();
        }
    }

    /** An alert's evidence; the bytes are not to be changed. */
    record Picture(String alertId, byte[] jpeg) {}

    /**
     * Nothing waits.
     *
     * @param most events, and points of the trace, that wait
     * @param room shared with other sessions
     * @param meter hears of what gives way
     */
    Unkept(AlertLedger ledger, int most, PictureRoom room, LossMeter meter) {
        this.ledger = ledger;
        this.most = most;
        this.room = room;
        this.meter = meter;
    }

    synchronized void add(SessionEvent event) {
        events.add(event);
        boundEvents();
    }

    private void boundEvents() {
        for (int i = 0; i < events.size() && events.size() > most; ) {
            SessionEvent.Kind kind = events.get(i).kind();
            if (kind == SessionEvent.Kind.PAUSED || kind == SessionEvent.Kind.RESUMED) {
                i++;
            } else {
                lose(LossMeter.What.EVENT, events.remove(i).startNs());
            }
        }
    }

    private void lose(LossMeter.What what, long timestampNs) {
        Losses one = Losses.of(what, timestampNs);
        lost = lost.plus(one);
        untold = untold.plus(one);
        meter.lost(what, 1);
    }

    synchronized void add(TracePoint point) {
        trace.add(point);
        boundTrace();
    }

    private void boundTrace() {
        List<TracePoint> tooMany = trace.subList(0, Math.max(0, trace.size() - most));
        tooMany.forEach(point -> lose(LossMeter.What.TRACE_POINT, point.timestampNs()));
        tooMany.clear();
    }

    /** Adds an alert's evidence of a media time, instead of what waited for this alert before. */
    synchronized void add(Picture picture, long timestampNs) {
        Long known = pictureTimes.put(picture.alertId(), timestampNs);
        if (known != null && known == timestampNs) {
            return;
        }
        remove(picture.alertId());
        int bytes = picture.jpeg().length;
        while (pictures.size() >= MAX_PICTURES || pictureBytes + bytes > MAX_PICTURE_BYTES && !pictures.isEmpty()) {
            loseOldestPicture();
        }
        while (!room.take(bytes)) {
            if (pictures.isEmpty()) { // All of the room is other sessions'.
                lose(LossMeter.What.PICTURE, timestampNs);
                return;
            }
            loseOldestPicture();
        }
        pictures.put(picture.alertId(), picture.jpeg());
        pictureBytes += bytes;
    }

    private void loseOldestPicture() {
        String oldest = pictures.keySet().iterator().next();
        remove(oldest);
        lose(LossMeter.What.PICTURE, pictureTimes.get(oldest));
    }

    private void remove(String alertId) {
        byte[] gone = pictures.remove(alertId);
        if (gone != null) {
            pictureBytes -= gone.length;
            room.giveBack(gone.length);
        }
    }

    /** Takes all but the pictures. */
    synchronized Share take() {
        Share share = new Share(ledger.takeUnsaved(), List.copyOf(events), List.copyOf(trace), untold);
        events.clear();
        trace.clear();
        untold = Losses.NONE;
        handedOver += share.size();
        alertsHandedOver += share.alerts().size();
        return share;
    }

    /** The store has what was taken. */
    synchronized void kept(Share share) {
        settled(share);
    }

    private void settled(Share share) {
        handedOver -= share.size();
        alertsHandedOver -= share.alerts().size();
    }

    /** Gives back what was not kept. */
    synchronized void giveBack(Share share) {
        settled(share);
        ledger.giveBackUnsaved(share.alerts());
        untold = untold.plus(share.lost());
        events.addAll(0, share.events());
        boundEvents();
        trace.addAll(0, share.trace());
        boundTrace();
    }

    /** How many alerts and events the store does not have, or is not known to have. */
    synchronized int size() {
        return events.size() + ledger.unsavedCount() + handedOver;
    }

    /** Whether the store has everything, and is known to. */
    synchronized boolean isNothing() {
        return size() == 0 && trace.isEmpty() && pictures.isEmpty();
    }

    /** Everything that gave way so far. */
    synchronized Losses lost() {
        return lost;
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

    /** Whether half of what may wait does. */
    synchronized boolean isFilling() {
        return Math.max(events.size(), trace.size()) >= most / 2;
    }

    /** Whether an alert or a picture waits, or an alert is on its way to the store. */
    synchronized boolean isUnsettled() {
        return alertsHandedOver > 0 || isUrgent();
    }

    /** Whether an alert or a picture waits. */
    boolean isUrgent() {
        synchronized (this) {
            if (!pictures.isEmpty()) {
                return true;
            }
        }
        return ledger.unsavedCount() > 0;
    }
}
