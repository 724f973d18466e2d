package io.invigil.server.live;

import io.invigil.wire.FeedMessage;
import io.invigil.wire.ReviewFeed;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Hands on what happens, and remembers the latest of it for those who come back. Thread-safe. */
final class Feed implements ReviewFeed {
    private static final int REMEMBERED = 2_000;
    private static final long IDS_PER_MS = 1_000;
    private static final long NANOS_PER_MS = 1_000_000;

    private final Deque<FeedMessage> remembered = new ArrayDeque<>();
    private final CopyOnWriteArrayList<Follower> followers = new CopyOnWriteArrayList<>();
    /** Messages after this one are all remembered. */
    private long forgottenUpTo;

    private long lastId;

    private record Follower(Optional<String> sessionId, Consumer<FeedMessage> listener) {
        void hear(FeedMessage message) {
            if (sessionId.map(wanted -> wanted.equals(message.sessionId())).orElse(true)) {
                listener.accept(message);
            }
        }
    }

    /** Ids begin at the machine's time, so that they grow over restarts. */
    Feed(ServerClock clock) {
        lastId = clock.epochNs() / NANOS_PER_MS * IDS_PER_MS;
        forgottenUpTo = lastId;
    }

    /** Tells something worth hearing of later. */
    synchronized void publish(String name, String sessionId, Object data) {
        FeedMessage message = new FeedMessage(++lastId, name, sessionId, data);
        remembered.add(message);
        if (remembered.size() > REMEMBERED) {
            forgottenUpTo = remembered.removeFirst().id();
        }
        followers.forEach(follower -> follower.hear(message));
    }

    /** Tells something of the moment. */
    synchronized void mention(String name, String sessionId, Object data) {
        FeedMessage message = new FeedMessage(0, name, sessionId, data);
        followers.forEach(follower -> follower.hear(message));
    }

    boolean hasFollowers() {
        return !followers.isEmpty();
    }

    @Override
    public synchronized Subscription follow(
            Optional<String> sessionId, OptionalLong afterId, Consumer<FeedMessage> listener) {
        Follower follower = new Follower(sessionId, listener);
        for (FeedMessage message : missed(afterId)) {
            if (message.name().equals("reset")) {
                listener.accept(message);
            } else {
                follower.hear(message);
            }
        }
        followers.add(follower);
        return () -> followers.remove(follower);
    }

    private List<FeedMessage> missed(OptionalLong afterId) {
        if (afterId.isEmpty()) {
            return List.of();
        }
        long after = afterId.getAsLong();
        if (after < forgottenUpTo || after > lastId) {
            return List.of(new FeedMessage(lastId, "reset", "", Map.of("reason", "messages in between are not known")));
        }
        List<FeedMessage> missed = new ArrayList<>();
        for (FeedMessage message : remembered) {
            if (message.id() > after) {
                missed.add(message);
            }
        }
        return missed;
    }
}
