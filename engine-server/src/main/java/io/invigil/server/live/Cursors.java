package io.invigil.server.live;

import io.invigil.server.record.SessionRecord;
import io.invigil.wire.FieldError;
import io.invigil.wire.ProblemException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where a page ended, as text for the next call. */
final class Cursors {
    private static final Pattern SESSION = Pattern.compile("(-?\\d{1,19})_([A-Za-z0-9][A-Za-z0-9._-]{0,63})");
    private static final Pattern ALERT = Pattern.compile("\\d{1,18}");

    private Cursors() {}

    static String of(SessionRecord.Key key) {
        return key.startNs() + "_" + key.id();
    }

    static String of(long sequence) {
        return Long.toString(sequence);
    }

    static SessionRecord.Key session(String cursor) {
        Matcher matcher = SESSION.matcher(cursor);
        if (!matcher.matches()) {
            throw unusable();
        }
        try {
            return new SessionRecord.Key(Long.parseLong(matcher.group(1)), matcher.group(2));
        } catch (NumberFormatException tooLarge) {
            throw unusable();
        }
    }

    static long alert(String cursor) {
        if (!ALERT.matcher(cursor).matches()) {
            throw unusable();
        }
        return Long.parseLong(cursor);
    }

    private static ProblemException unusable() {
        return ProblemException.invalid(new FieldError(
                "value_error", List.of("query", "cursor"), "Input should be the next_cursor of a page", null));
    }
}
