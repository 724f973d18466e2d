package io.invigil.server.live;

import io.invigil.api.Frame;
import io.invigil.api.OfferResult;
import io.invigil.api.ProctoringSession;
import io.invigil.server.record.AlertRecord;
import io.invigil.server.record.SessionRecord;
import io.invigil.wire.AlertReportView;
import io.invigil.wire.AlertRequest;
import io.invigil.wire.AlertView;
import io.invigil.wire.FrameLink;
import io.invigil.wire.FrameResultView;
import io.invigil.wire.FrameSink;
import io.invigil.wire.ProblemException;
import io.invigil.wire.WireTime;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Frames in and results out, over the socket that a session has or has not. Thread-safe by its own monitor, under which frames
 * are offered and sinks are called; neither waits.
 */
final class FrameStream {
    private static final long DAY_NS = TimeUnit.DAYS.toNanos(1);

    private final SessionRecord session;
    private final ProctoringSession engine;
    private final SessionClock clock;
    private final Activity activity;
    private final AlertLedger ledger;
    private final Optional<RecentFrames> recentFrames;
    private final Host host;
    private final FrameOrder order = new FrameOrder(this::emit);
    private FrameSink sink;
    private Link link;
    private long nextIndex;

    private volatile boolean taking = true;
    private volatile boolean everConnected;
    private volatile boolean connected;

    /** What a stream asks of its session. */
    interface Host {
        boolean isPaused();

        AlertReportView report(AlertRequest request);

        /** What is answered when nothing is taken any more. */
        ProblemException refusal();
    }

    /**
     * A frame as it came.
     *
     * @param index its place among the session's frames; -1 when it is not known
     * @param atNs when it came, {@link System#nanoTime()}
     */
    record Arrival(long index, long atNs) {}

    FrameStream(Opened opened, Activity activity, AlertLedger ledger, Optional<RecentFrames> recentFrames, Host host) {
        this.session = opened.record();
        this.engine = opened.engine();
        this.clock = opened.clock();
        this.activity = activity;
        this.ledger = ledger;
        this.recentFrames = recentFrames;
        this.host = host;
        this.nextIndex = session.frames().offered();
        this.everConnected = session.frames().offered() > 0;
    }

    boolean isTaking() {
        return taking;
    }

    boolean isConnected() {
        return connected;
    }

    /** Whether there ever was a socket. */
    boolean wasConnected() {
        return everConnected;
    }

    /** Takes no more frames; answers whether it did until now. */
    synchronized boolean stop() {
        boolean was = taking;
        taking = false;
        return was;
    }

    /** Does something that the stream's stop cannot come between; false when it has stopped. */
    synchronized boolean whileTaking(Runnable action) {
        if (taking) {
            action.run();
        }
        return taking;
    }

    FrameLink attach(FrameSink newSink) {
        FrameSink old;
        Link newLink = new Link();
        synchronized (this) {
            if (!taking) {
                throw host.refusal();
            }
            old = sink;
            sink = newSink;
            link = newLink;
            connected = true;
            everConnected = true;
            activity.note();
        }
        if (old != null) {
            old.takenOver();
        }
        return newLink;
    }

    /** Tells the socket how the session stands. */
    synchronized void tell(SessionRecord.State state) {
        if (sink != null) {
            sink.state(state.wireName());
        }
    }

    synchronized Arrival arrivalOf(long timestampNs) {
        return new Arrival(order.indexOf(timestampNs), order.cameAtNs(timestampNs));
    }

    /** The engine finished a frame. */
    synchronized void finished(long timestampNs, FrameResultView result) {
        order.finished(timestampNs, result);
    }

    /** One socket's hold; frames of a socket that was taken over are no longer taken. */
    private final class Link implements FrameLink {
        private boolean anchored;
        private long offsetNs;

        @Override
        public void frame(ByteBuffer picture) {
            synchronized (FrameStream.this) {
                if (link == this && taking) {
                    offer(picture, clock.nextFrameNs());
                }
            }
        }

        @Override
        public void frame(ByteBuffer picture, long timestampNs) {
            synchronized (FrameStream.this) {
                if (link != this || !taking) {
                    return;
                }
                long nowNs = clock.nowNs();
                if (!anchored) {
                    anchored = true;
                    offsetNs = nowNs + 1 - timestampNs;
                }
                long mediaNs = timestampNs + offsetNs;
                if (Math.abs(mediaNs - nowNs) > DAY_NS || !clock.advanceTo(mediaNs)) {
                    activity.note();
                    refuse(
                            clock.nowNs(),
                            nextIndex++,
                            "the picture's time must be after the one before and within a day of now");
                } else {
                    offer(picture, mediaNs);
                }
            }
        }

        @Override
        public AlertReportView event(AlertRequest event) {
            return host.report(event);
        }

        @Override
        public void undelivered(List<AlertView> alerts, List<AlertView> updates) {
            ledger.giveBack(engineIds(alerts), engineIds(updates));
        }

        private List<String> engineIds(List<AlertView> alerts) {
            return alerts.stream()
                    .map(alert -> alert.alertId().substring(session.id().length() + 1))
                    .toList();
        }

        @Override
        public void close() {
            synchronized (FrameStream.this) {
                if (link == this) {
                    link = null;
                    sink = null;
                    connected = false;
                }
            }
        }
    }

    private void offer(ByteBuffer picture, long timestampNs) {
        activity.note();
        long index = nextIndex++;
        recentFrames.ifPresent(frames -> frames.offering(timestampNs, picture));
        order.offering(timestampNs, index, System.nanoTime());
        OfferResult result = engine.offer(Frame.encoded(picture, timestampNs));
        recentFrames.ifPresent(frames -> {
            if (result.isAccepted()) {
                frames.accepted();
            } else {
                frames.refused(timestampNs);
            }
        });
        switch (result) {
            case ACCEPTED -> order.accepted(timestampNs, index, false);
            case ACCEPTED_SUPERSEDING -> order.accepted(timestampNs, index, true);
            case SAMPLED_OUT ->
                order.answered(
                        timestampNs,
                        index,
                        FrameResultView.skipped(
                                WireTime.iso(timestampNs),
                                session.id(),
                                index,
                                host.isPaused() ? "paused" : "sampled_out"));
            case REJECTED_OUT_OF_ORDER, REJECTED_INVALID, REJECTED_BACKPRESSURE, CLOSED ->
                refuse(timestampNs, index, refusal(result, picture.remaining()));
        }
    }

    private void refuse(long timestampNs, long index, String why) {
        order.answered(timestampNs, index, FrameResultView.failed(WireTime.iso(timestampNs), session.id(), index, why));
    }

    private static String refusal(OfferResult result, int length) {
        return switch (result) {
            case REJECTED_INVALID ->
                length == 0
                        ? "the message is empty"
                        : "the picture is damaged, larger than allowed, or neither JPEG, PNG nor WebP";
            case CLOSED -> "the session takes no more pictures";
            default -> "there was no room for the picture";
        };
    }

    /** Sends a result with what is still to be told; called with the monitor held. */
    private void emit(FrameResultView result) {
        FrameSink to = sink;
        if (to == null) {
            return; // What is untold waits for the next socket.
        }
        AlertLedger.Untold untold = ledger.takeUntold();
        boolean nothing = untold.openings().isEmpty() && untold.changes().isEmpty();
        to.result(nothing ? result : result.withAlerts(views(untold.openings()), views(untold.changes())));
    }

    private List<AlertView> views(List<AlertRecord> alerts) {
        return alerts.stream()
                .map(alert -> SessionViews.alert(session.startNs(), alert).forCandidate())
                .toList();
    }
}
