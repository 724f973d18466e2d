package io.invigil.server.webhook;

import java.util.Objects;

/**
 * Something the host is to be told, before it has a number.
 *
 * @param topic {@code session.started}, {@code session.ended}, {@code alert.opened} or {@code alert.closed}
 * @param body the call's body, JSON
 */
public record Announcement(String topic, String body) {
    /** Checks that both are there. */
    public Announcement {
        Objects.requireNonNull(topic, "topic");
        Objects.requireNonNull(body, "body");
    }
}
