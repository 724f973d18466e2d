package io.invigil.http;

import io.invigil.wire.FeedMessage;
import io.invigil.wire.ReviewFeed;
import io.invigil.wire.WireJson;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * One stream of server-sent events. Nothing waits for the client: what it does not take queues up to a bound, and then the
 * stream ends; the client comes back with the id of the last message it heard.
 */
final class EventStream implements WriteListener, AsyncListener {
    /** More than a feed remembers, so that one who comes back hears all of it. */
    private static final int MAX_QUEUED = 4_096;

    private static final long MAX_STUCK_NS = TimeUnit.SECONDS.toNanos(30);
    private static final byte[] BEAT = utf8(": beat\n\n");
    private static final byte[] GREETING = utf8("retry: 2000\n\n");

    private final AsyncContext async;
    private final ServletOutputStream out;
    private final Consumer<EventStream> onEnded;
    private final AtomicBoolean ended = new AtomicBoolean();
    /** Put into bytes only when it is written: what waits for many is kept once. */
    private final Deque<Supplier<byte[]>> queue = new ArrayDeque<>();
    /** Before the container first asks for bytes, writing would wait for the client, and whoever publishes with it. */
    private boolean writable;

    private boolean unflushed;
    private boolean overflowed;
    private long stuckSinceNs;
    private ReviewFeed.Subscription subscription = () -> {};

    EventStream(AsyncContext async, ServletOutputStream out, Consumer<EventStream> onEnded) {
        this.async = async;
        this.out = out;
        this.onEnded = onEnded;
    }

    /** Begins to follow and to write. */
    void begin(Function<Consumer<FeedMessage>, ReviewFeed.Subscription> follow) {
        async.addListener(this);
        synchronized (this) {
            queue.add(() -> GREETING);
        }
        ReviewFeed.Subscription followed = follow.apply(this::hear);
        synchronized (this) {
            subscription = followed;
        }
        if (ended.get()) {
            followed.close();
            return;
        }
        try {
            out.setWriteListener(this);
        } catch (IllegalStateException over) {
            end(); // It ended between the look and here.
        }
    }

    private void hear(FeedMessage message) {
        write(() -> bytes(message));
    }

    private static byte[] bytes(FeedMessage message) {
        String id = message.id() == 0 ? "" : "id: " + message.id() + "\n";
        return utf8(id + "event: " + message.name() + "\ndata: " + WireJson.write(message.data()) + "\n\n");
    }

    /** Shows that the stream is alive, and ends it when nothing was taken for long. */
    void beat() {
        boolean stuck;
        synchronized (this) {
            stuck = stuckSinceNs != 0 && System.nanoTime() - stuckSinceNs > MAX_STUCK_NS;
        }
        if (stuck) {
            end();
        } else {
            write(() -> BEAT);
        }
    }

    private void write(Supplier<byte[]> piece) {
        boolean over;
        synchronized (this) {
            if (queue.size() >= MAX_QUEUED) {
                overflowed = true;
            } else {
                queue.add(piece);
            }
            over = overflowed;
        }
        if (over) {
            end();
        } else {
            pump();
        }
    }

    private void pump() {
        if (ended.get()) {
            return;
        }
        try {
            synchronized (this) {
                pumpLocked();
            }
        } catch (IOException | RuntimeException broken) {
            end(); // Whoever publishes is not to hear of one reader's trouble.
        }
    }

    private void pumpLocked() throws IOException {
        while (writable && (!queue.isEmpty() || unflushed)) {
            if (!out.isReady()) {
                stuckSinceNs = stuckSinceNs == 0 ? System.nanoTime() : stuckSinceNs;
                return;
            }
            stuckSinceNs = 0;
            Supplier<byte[]> piece = queue.poll();
            if (piece != null) {
                out.write(piece.get());
                unflushed = true;
            } else {
                out.flush();
                unflushed = false;
            }
        }
    }

    /** Ends the stream; idempotent. */
    void end() {
        if (!ended.compareAndSet(false, true)) {
            return;
        }
        ReviewFeed.Subscription followed;
        synchronized (this) {
            followed = subscription;
        }
        followed.close();
        onEnded.accept(this);
        try {
            async.complete();
        } catch (IllegalStateException over) {
            // The server ended it already.
        }
    }

    @Override
    public void onWritePossible() {
        synchronized (this) {
            writable = true;
        }
        pump();
    }

    @Override
    public void onError(Throwable failure) {
        end();
    }

    @Override
    public void onComplete(AsyncEvent event) {
        end();
    }

    @Override
    public void onTimeout(AsyncEvent event) {
        end();
    }

    @Override
    public void onError(AsyncEvent event) {
        end();
    }

    @Override
    public void onStartAsync(AsyncEvent event) {
        // Never started twice.
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
