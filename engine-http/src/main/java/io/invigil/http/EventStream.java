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

/**
 * One stream of server-sent events. Nothing waits for the client: what it does not take queues up to a bound, and then the
 * stream ends; the client comes back with the id of the last message it heard.
 */
final class EventStream implements WriteListener, AsyncListener {
    private static final int MAX_QUEUED = 512;
    private static final long MAX_STUCK_NS = TimeUnit.SECONDS.toNanos(30);
    private static final byte[] BEAT = utf8(": beat\n\n");
    private static final byte[] GREETING = utf8("retry: 2000\n\n");

    private final AsyncContext async;
    private final ServletOutputStream out;
    private final Consumer<EventStream> onEnded;
    private final AtomicBoolean ended = new AtomicBoolean();
    private final Deque<byte[]> queue = new ArrayDeque<>();
    private boolean unflushed;
    private boolean overflowed;
    private long stuckSinceNs;
    private ReviewFeed.Subscription subscription = () -> {};

    EventStream(AsyncContext async, Consumer<EventStream> onEnded) throws IOException {
        this.async = async;
        this.out = async.getResponse().getOutputStream();
        this.onEnded = onEnded;
    }

    /** Begins to follow and to write. */
    void begin(Function<Consumer<FeedMessage>, ReviewFeed.Subscription> follow) {
        async.addListener(this);
        synchronized (this) {
            queue.add(GREETING);
        }
        ReviewFeed.Subscription followed = follow.apply(this::hear);
        synchronized (this) {
            subscription = followed;
        }
        if (ended.get()) {
            followed.close();
        }
        out.setWriteListener(this);
    }

    private void hear(FeedMessage message) {
        String id = message.id() == 0 ? "" : "id: " + message.id() + "\n";
        write(utf8(id + "event: " + message.name() + "\ndata: " + WireJson.write(message.data()) + "\n\n"));
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
            write(BEAT);
        }
    }

    private void write(byte[] piece) {
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
        } catch (IOException | IllegalStateException broken) {
            end();
        }
    }

    private void pumpLocked() throws IOException {
        while (!queue.isEmpty() || unflushed) {
            if (!out.isReady()) {
                stuckSinceNs = stuckSinceNs == 0 ? System.nanoTime() : stuckSinceNs;
                return;
            }
            stuckSinceNs = 0;
            byte[] piece = queue.poll();
            if (piece != null) {
                out.write(piece);
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
