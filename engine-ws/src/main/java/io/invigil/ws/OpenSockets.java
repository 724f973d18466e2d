package io.invigil.ws;

import io.invigil.wire.ProblemException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The open sockets: bounds their number and asks them in turn whether they live. Thread-safe. */
final class OpenSockets implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(OpenSockets.class);
    private static final long TICK_MS = 500;

    private final SocketLimits limits;
    private final Set<FrameSocket> open = ConcurrentHashMap.newKeySet();
    private final Map<String, Integer> perClient = new HashMap<>();
    private final ScheduledExecutorService ticks = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "invigil-socket-ticks");
        thread.setDaemon(true);
        return thread;
    });

    OpenSockets(SocketLimits limits) {
        this.limits = limits;
        ticks.scheduleWithFixedDelay(() -> each(FrameSocket::tick), TICK_MS, TICK_MS, TimeUnit.MILLISECONDS);
    }

    /** One that throws keeps nobody from the others, nor the task from being run again. */
    private void each(Consumer<FrameSocket> action) {
        for (FrameSocket socket : open) {
            try {
                action.accept(socket);
            } catch (RuntimeException failure) {
                LOG.error("a socket failed with {}", failure.getClass().getName(), failure);
            }
        }
    }

    /**
     * Takes a socket in, before it opens: two handshakes at once must not both take the last place.
     *
     * @throws ProblemException with 429 or 503 when there is no place
     */
    void reserve(FrameSocket socket) {
        synchronized (perClient) {
            if (perClient.getOrDefault(socket.client(), 0) >= limits.maxSocketsPerClient()) {
                throw ProblemException.tooMuch(429, "this client has too many sockets", Duration.ofSeconds(5));
            }
            if (open.size() >= limits.maxSockets()) {
                throw ProblemException.tooMuch(503, "too many sockets are open", Duration.ofSeconds(5));
            }
            open.add(socket);
            perClient.merge(socket.client(), 1, Integer::sum);
        }
    }

    void remove(FrameSocket socket) {
        synchronized (perClient) {
            if (open.remove(socket)) {
                perClient.computeIfPresent(socket.client(), (name, held) -> held > 1 ? held - 1 : null);
            }
        }
    }

    int size() {
        return open.size();
    }

    @Override
    public void close() {
        ticks.shutdownNow();
        each(FrameSocket::goAway);
    }
}
