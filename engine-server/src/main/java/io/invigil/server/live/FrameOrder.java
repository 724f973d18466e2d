package io.invigil.server.live;

import io.invigil.wire.FrameResultView;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.function.Consumer;

/**
 * Brings a session's results into the order of its frames: an answer that is known at once waits for the frames before it,
 * and frames that were given up for newer ones are waited for no longer. Not thread-safe: guarded by the session.
 */
final class FrameOrder {
    private static final int MAX_WAITING = 256;

    private final Consumer<FrameResultView> out;
    private final Deque<Entry> waiting = new ArrayDeque<>();
    private long latestResultNs = Long.MIN_VALUE;
    private long offeredNs = Long.MIN_VALUE;
    private long offeredIndex;
    private long offeredAtNs;

    /** A frame: inside the engine while {@code ready} is null. */
    private record Entry(long timestampNs, long index, long atNs, FrameResultView ready) {}

    FrameOrder(Consumer<FrameResultView> out) {
        this.out = out;
    }

    /** A frame is about to be offered; an engine on the caller's thread answers before the offer returns. */
    void offering(long timestampNs, long index, long nowNs) {
        offeredAtNs = nowNs;
        offeredNs = timestampNs;
        offeredIndex = index;
    }

    /** A frame went in. */
    void accepted(long timestampNs, long index, boolean superseding) {
        if (superseding) {
            removeLatestInside();
        }
        if (timestampNs > latestResultNs) {
            waiting.add(new Entry(timestampNs, index, offeredAtNs, null));
        }
    }

    private void removeLatestInside() {
        Iterator<Entry> newestFirst = waiting.descendingIterator();
        while (newestFirst.hasNext()) {
            if (newestFirst.next().ready() == null) {
                newestFirst.remove();
                return;
            }
        }
    }

    /** A frame was answered at once. */
    void answered(long timestampNs, long index, FrameResultView view) {
        waiting.add(new Entry(timestampNs, index, offeredAtNs, view));
        if (waiting.size() > MAX_WAITING) {
            waiting.removeFirst();
        }
        drain();
    }

    /** The index of the frame with this time; -1 when it is not known. */
    long indexOf(long timestampNs) {
        for (Entry entry : waiting) {
            if (entry.timestampNs() == timestampNs) {
                return entry.index();
            }
        }
        return timestampNs == offeredNs ? offeredIndex : -1;
    }

    /** When the frame with this time came, on the monotonic clock; when the latest came for one that is not known. */
    long cameAtNs(long timestampNs) {
        for (Entry entry : waiting) {
            if (entry.timestampNs() == timestampNs) {
                return entry.atNs();
            }
        }
        return offeredAtNs;
    }

    /** The engine finished a frame. */
    void finished(long timestampNs, FrameResultView view) {
        latestResultNs = timestampNs;
        while (!waiting.isEmpty() && waiting.peekFirst().timestampNs() <= timestampNs) {
            Entry entry = waiting.removeFirst();
            if (entry.ready() != null) {
                out.accept(entry.ready());
            }
        }
        out.accept(view);
        drain();
    }

    private void drain() {
        while (!waiting.isEmpty() && waiting.peekFirst().ready() != null) {
            out.accept(waiting.removeFirst().ready());
        }
    }
}
