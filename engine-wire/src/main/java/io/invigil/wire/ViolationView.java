package io.invigil.wire;

import java.util.Map;
import java.util.Objects;

/**
 * A condition that holds at a frame, named on every frame while it does.
 *
 * @param type the kind's wire name
 * @param severity {@code critical}, {@code high}, {@code medium} or {@code low}
 * @param description one English sentence
 * @param timestamp the frame's time
 * @param data facts by name, with {@code alert_id}
 */
public record ViolationView(
        String type, String severity, String description, String timestamp, Map<String, String> data) {
    /** Checks and copies. */
    public ViolationView {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(severity, "severity");
        Objects.requireNonNull(description, "description");
        Objects.requireNonNull(timestamp, "timestamp");
        data = Map.copyOf(data);
    }
}
