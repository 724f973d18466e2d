package io.invigil.ws;

import io.invigil.wire.ProblemException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** The open sockets: bounds their number and asks them in turn whether they live. Thread-safe. */
final class OpenSockets implements AutoCloseable {
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
        ticks.scheduleWithFixedDelay(() -> open.forEach(FrameSocket::tick), TICK_MS, TICK_MS, TimeUnit.MILLISECONDS);
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
        List.copyOf(open).forEach(FrameSocket::goAway);
    }
}
