package io.invigil.api;

import java.util.UUID;
import java.util.regex.Pattern;

/**
 * The name of a session: 1 to 64 letters, digits, dots, hyphens and underscores, so that it is safe in paths and logs. Not
 * a candidate's name.
 *
 * @param value the text
 */
public record SessionId(String value) {
    private static final Pattern ALLOWED = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    /** Checks the characters. */
    public SessionId {
        if (value == null || !ALLOWED.matcher(value).matches()) {
            throw EngineException.outOfRange(
                    "sessionId",
                    value == null ? "null" : '"' + value + '"',
                    "1 to 64 letters, digits, dots, hyphens and underscores, starting with a letter or digit");
        }
    }

    /** A new random id. */
    public static SessionId random() {
        return new SessionId(UUID.randomUUID().toString());
    }

    @Override
    public String toString() {
        return value;
    }
}
