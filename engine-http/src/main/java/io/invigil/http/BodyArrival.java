package io.invigil.http;

import io.invigil.wire.ProblemException;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A body on its way, within limits of size and time. No thread waits for it: once it is there, or will not be, the request is
 * dispatched anew. The container calls one method at a time, except that the timeout may come beside.
 */
final class BodyArrival implements ReadListener, AsyncListener {
    private static final int CHUNK = 8192;

    private final AsyncContext async;
    private final ServletInputStream in;
    private final int most;
    private final Duration limit;
    private final long deadlineNs;
    private final ByteArrayOutputStream body;
    private final byte[] chunk = new byte[CHUNK];
    private final AtomicReference<Outcome> outcome = new AtomicReference<>();

    /** The whole body, or why there is none. */
    private record Outcome(byte[] body, ProblemException problem) {}

    private BodyArrival(AsyncContext async, ServletInputStream in, long stated, int most, Duration limit) {
        this.async = async;
        this.in = in;
        this.most = most;
        this.limit = limit;
        this.deadlineNs = System.nanoTime() + limit.toNanos();
        // It grows with what comes: what is only stated costs the sender nothing.
        this.body = new ByteArrayOutputStream((int) Math.max(256, Math.min(stated, CHUNK)));
    }

    /**
     * Begins to take a request's body.
     *
     * @throws ProblemException with 413 or 415 when what the request says of it is enough to refuse it
     */
    static BodyArrival begin(HttpServletRequest request, Body kind, HttpLimits limits) throws IOException {
        kind.check(request);
        int most = kind.most(limits);
        long stated = request.getContentLengthLong();
        if (stated > most) {
            throw tooLong(most);
        }
        ServletInputStream in = request.getInputStream();
        AsyncContext async = request.startAsync();
        async.setTimeout(limits.bodyTimeout().toMillis());
        BodyArrival arrival = new BodyArrival(async, in, stated, most, limits.bodyTimeout());
        async.addListener(arrival);
        in.setReadListener(arrival);
        return arrival;
    }

    /**
     * The whole body, after the request was dispatched anew.
     *
     * @throws ProblemException with 400, 408 or 413 when it did not come
     */
    byte[] body() {
        Outcome settled = outcome.get();
        if (settled.problem() != null) {
            throw settled.problem();
        }
        return settled.body();
    }

    @Override
    public void onDataAvailable() throws IOException {
        while (outcome.get() == null && in.isReady() && !in.isFinished()) {
            int count = in.read(chunk);
            if (count > 0 && body.size() + count > most) {
                settle(null, tooLong(most));
            } else if (System.nanoTime() - deadlineNs > 0) {
                settle(null, slow()); // A container may count its timeout from the latest bytes.
            } else if (count > 0) {
                body.write(chunk, 0, count);
            }
        }
    }

    @Override
    public void onAllDataRead() {
        settle(body.toByteArray(), null);
    }

    @Override
    public void onError(Throwable failure) {
        settle(
                null,
                failure instanceof TimeoutException
                        ? slow()
                        : ProblemException.of(400, "the body ended early or could not be read"));
    }

    @Override
    public void onTimeout(AsyncEvent event) {
        settle(null, slow());
    }

    private void settle(byte[] whole, ProblemException problem) {
        if (outcome.compareAndSet(null, new Outcome(whole, problem))) {
            async.dispatch();
        }
    }

    @Override
    public void onError(AsyncEvent event) {
        onError(event.getThrowable());
    }

    @Override
    public void onComplete(AsyncEvent event) {
        // Answered.
    }

    @Override
    public void onStartAsync(AsyncEvent event) {
        // Never started twice.
    }

    private static ProblemException tooLong(int most) {
        return ProblemException.of(413, "the body is longer than " + most + " bytes");
    }

    private ProblemException slow() {
        return ProblemException.of(408, "the body took longer than " + limit.toSeconds() + " s to come");
    }
}
