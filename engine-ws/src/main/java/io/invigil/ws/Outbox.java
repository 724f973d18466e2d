package io.invigil.ws;

import io.invigil.wire.AlertView;
import io.invigil.wire.FrameResultView;
import io.invigil.wire.WireJson;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * What waits to go down a socket: one message under way at a time, and behind it a few. Under a slow receiver older results
 * give way to newer ones, which take over their alerts; nothing queues without bound. Thread-safe; blocks nobody.
 */
final class Outbox {
    private static final int MAX_RESULTS = 4;
    private static final int MAX_REPLIES = 32;

    /** Sends a text and calls back with null or the failure; may do so before it returns. */
    interface Transport {
        void send(String text, Consumer<Throwable> done);
    }

    private record Item(FrameResultView result, String reply) {
        String text() {
            return result == null ? reply : WireJson.resultMessage(result);
        }
    }

    private final Transport transport;
    private final SocketCounts counts;
    private final Consumer<Throwable> onFailure;
    private final BiConsumer<List<AlertView>, List<AlertView>> onUndelivered;
    private final Deque<Item> waiting = new ArrayDeque<>();
    private int results;
    private Item underWay;
    private long underWaySinceNs;
    private boolean closed;
    private boolean pumping;
    private Runnable whenEmpty;

    /**
     * An empty outbox.
     *
     * @param onFailure hears why the transport failed, once
     * @param onUndelivered gets the alerts and updates that were not sent, when the outbox closes
     */
    Outbox(
            Transport transport,
            SocketCounts counts,
            Consumer<Throwable> onFailure,
            BiConsumer<List<AlertView>, List<AlertView>> onUndelivered) {
        this.transport = transport;
        this.counts = counts;
        this.onFailure = onFailure;
        this.onUndelivered = onUndelivered;
    }

    /** Puts in a frame's result. */
    void result(FrameResultView result) {
        List<AlertView> lateAlerts = List.of();
        List<AlertView> lateUpdates = List.of();
        synchronized (this) {
            if (closed) {
                lateAlerts = result.alerts();
                lateUpdates = result.alertUpdates();
            } else {
                waiting.add(new Item(result, null));
                if (++results > MAX_RESULTS) {
                    conflateOldest();
                }
            }
        }
        handBack(lateAlerts, lateUpdates);
        pump();
    }

    /** Puts in an answer to a text message. */
    void reply(String text) {
        synchronized (this) {
            if (!closed) {
                waiting.add(new Item(null, text));
                if (waiting.size() - results > MAX_REPLIES) {
                    dropOldestReply();
                }
            }
        }
        pump();
    }

    private void conflateOldest() {
        Iterator<Item> items = waiting.iterator();
        FrameResultView oldest = null;
        while (items.hasNext()) {
            Item item = items.next();
            if (item.result() == null) {
                continue;
            }
            if (oldest == null) {
                oldest = item.result();
                items.remove();
                results--;
                counts.conflated.increment();
            } else {
                replace(item, new Item(heir(oldest, item.result()), null));
                return;
            }
        }
    }

    private void replace(Item old, Item heir) {
        List<Item> all = new ArrayList<>(waiting);
        all.set(all.indexOf(old), heir);
        waiting.clear();
        waiting.addAll(all);
    }

    private static FrameResultView heir(FrameResultView older, FrameResultView newer) {
        if (older.alerts().isEmpty() && older.alertUpdates().isEmpty()) {
            return newer;
        }
        return newer.withAlerts(
                joined(older.alerts(), newer.alerts()), joined(older.alertUpdates(), newer.alertUpdates()));
    }

    private static List<AlertView> joined(List<AlertView> first, List<AlertView> second) {
        List<AlertView> all = new ArrayList<>(first);
        all.addAll(second);
        return all;
    }

    private void dropOldestReply() {
        Iterator<Item> items = waiting.iterator();
        while (items.hasNext()) {
            if (items.next().result() == null) {
                items.remove();
                return;
            }
        }
    }

    /** Runs once everything that waits now was sent; at once when nothing does. */
    void whenEmpty(Runnable action) {
        synchronized (this) {
            whenEmpty = action;
        }
        pump();
    }

    /** Since when the message under way has not gone, by the monotonic clock; 0 when none is. */
    synchronized long underWaySinceNs() {
        return underWay == null ? 0 : underWaySinceNs;
    }

    /** Sends as long as the transport takes it; a callback inside a send continues this loop instead of nesting. */
    private void pump() {
        synchronized (this) {
            if (pumping) {
                return;
            }
            pumping = true;
        }
        while (true) {
            Item next;
            Runnable idle = null;
            synchronized (this) {
                next = closed || underWay != null ? null : waiting.poll();
                if (next == null) {
                    pumping = false;
                    if (!closed && underWay == null) {
                        idle = whenEmpty;
                        whenEmpty = null;
                    }
                } else {
                    results -= next.result() != null ? 1 : 0;
                    underWay = next;
                    underWaySinceNs = System.nanoTime();
                }
            }
            if (next == null) {
                if (idle != null) {
                    idle.run();
                }
                return;
            }
            send(next);
        }
    }

    private void send(Item item) {
        try {
            transport.send(item.text(), failure -> sent(item, failure));
        } catch (RuntimeException failure) {
            sent(item, failure);
        }
    }

    private void sent(Item item, Throwable failure) {
        boolean wasClosed;
        synchronized (this) {
            if (underWay != item) {
                return;
            }
            underWay = null;
            wasClosed = closed;
            if (failure == null) {
                counts.messagesOut.increment();
            }
        }
        if (failure != null && item.result() != null) {
            handBack(item.result().alerts(), item.result().alertUpdates());
        }
        if (failure == null) {
            pump();
        } else if (!wasClosed) {
            close();
            onFailure.accept(failure);
        }
    }

    private void handBack(List<AlertView> alerts, List<AlertView> updates) {
        if (!alerts.isEmpty() || !updates.isEmpty()) {
            onUndelivered.accept(alerts, updates);
        }
    }

    /**
     * Sends nothing more and hands back what was not sent; idempotent. A message under way is not judged here: its peer may
     * have it already, and the transport says so.
     */
    void close() {
        List<AlertView> alerts = new ArrayList<>();
        List<AlertView> updates = new ArrayList<>();
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            for (Item item : waiting) {
                if (item.result() != null) {
                    alerts.addAll(item.result().alerts());
                    updates.addAll(item.result().alertUpdates());
                }
            }
            waiting.clear();
            results = 0;
        }
        handBack(alerts, updates);
    }
}
