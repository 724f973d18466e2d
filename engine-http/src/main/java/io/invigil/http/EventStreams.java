package io.invigil.http;

import io.invigil.wire.FieldError;
import io.invigil.wire.ProblemException;
import io.invigil.wire.ReviewFeed;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The open event streams: admits them, keeps them alive, and ends those that take nothing. */
final class EventStreams implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EventStreams.class);
    private static final long BEAT_S = 10;

    private final ReviewFeed feed;
    private final HttpLimits limits;
    private final Set<EventStream> open = ConcurrentHashMap.newKeySet();
    private final Map<String, Integer> perClient = new HashMap<>();
    private boolean closed;
    private final ScheduledExecutorService beats = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "invigil-event-beats");
        thread.setDaemon(true);
        return thread;
    });

    EventStreams(ReviewFeed feed, HttpLimits limits) {
        this.feed = feed;
        this.limits = limits;
        beats.scheduleAtFixedRate(() -> each(EventStream::beat), BEAT_S, BEAT_S, TimeUnit.SECONDS);
    }

    /** One that throws keeps nobody from the others, nor the task from being run again. */
    private void each(Consumer<EventStream> action) {
        for (EventStream stream : open) {
            try {
                action.accept(stream);
            } catch (RuntimeException failure) {
                LOG.error("a stream failed with {}", failure.getClass().getName(), failure);
            }
        }
    }

    /** Answers with a stream that stays open. */
    void open(HttpServletRequest request, HttpServletResponse response, Optional<String> sessionId) {
        OptionalLong after = lastEventId(request);
        String client = request.getRemoteAddr();
        ServletOutputStream out = output(response);
        admit(client);
        AsyncContext async;
        try {
            response.setStatus(200);
            response.setContentType("text/event-stream; charset=utf-8");
            response.setHeader("X-Accel-Buffering", "no");
            async = request.startAsync();
            async.setTimeout(0);
        } catch (RuntimeException failure) {
            leave(client);
            throw failure;
        }
        EventStream stream = new EventStream(async, out, ended -> forget(client, ended));
        open.add(stream);
        try {
            stream.begin(listener -> feed.follow(sessionId, after, listener));
            if (isClosed()) {
                stream.end(); // The stop may have looked through the open ones before this was one.
            }
        } catch (RuntimeException failure) {
            stream.end();
            throw failure;
        }
    }

    private static ServletOutputStream output(HttpServletResponse response) {
        try {
            return response.getOutputStream();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static OptionalLong lastEventId(HttpServletRequest request) {
        String text = request.getHeader("Last-Event-ID");
        if (text == null || text.isEmpty()) {
            return OptionalLong.empty();
        }
        try {
            return OptionalLong.of(Long.parseLong(text.trim()));
        } catch (NumberFormatException notAnId) {
            throw ProblemException.invalid(new FieldError(
                    "int_parsing", List.of("header", "Last-Event-ID"), "Input should be a valid integer", null));
        }
    }

    private void admit(String client) {
        synchronized (perClient) {
            if (closed) {
                throw ProblemException.tooMuch(503, "the service stops", Duration.ofSeconds(5));
            }
            int held = perClient.getOrDefault(client, 0);
            int all = perClient.values().stream().mapToInt(Integer::intValue).sum();
            if (held >= limits.maxStreamsPerClient() || all >= limits.maxStreams()) {
                throw ProblemException.tooMuch(
                        held >= limits.maxStreamsPerClient() ? 429 : 503,
                        "too many event streams are open",
                        Duration.ofSeconds(10));
            }
            perClient.put(client, held + 1);
        }
    }

    private void forget(String client, EventStream stream) {
        open.remove(stream);
        leave(client);
    }

    private boolean isClosed() {
        synchronized (perClient) {
            return closed;
        }
    }

    private void leave(String client) {
        synchronized (perClient) {
            perClient.computeIfPresent(client, (name, held) -> held > 1 ? held - 1 : null);
        }
    }

    @Override
    public void close() {
        synchronized (perClient) {
            closed = true;
        }
        beats.shutdownNow();
        each(EventStream::end);
    }
}
