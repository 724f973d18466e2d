package io.invigil.wire;

import java.util.Objects;

/**
 * One thing reviewers hear of.
 *
 * @param id grows with every message, also over restarts; 0 for one that is not worth hearing of later, such as a status
 * @param name {@code alert}, {@code session}, {@code status} or {@code reset}
 * @param sessionId the session it is about; empty for {@code reset}
 * @param data an {@link AlertNews}, a {@link SessionView} or a {@link StatusView}
 */
public record FeedMessage(long id, String name, String sessionId, Object data) {
    /** Checks that everything is there. */
    public FeedMessage {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(sessionId, "sessionId");
        Objects.requireNonNull(data, "data");
    }

    /** The data of an {@code alert} message. */
    public record AlertNews(String sessionId, AlertView alert) {}
}
