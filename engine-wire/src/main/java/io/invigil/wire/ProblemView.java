package io.invigil.wire;

import java.util.Map;
import java.util.Objects;

/**
 * A problem document (RFC 9457) that also serves clients of the contract: {@code detail} is a sentence, and for 422 the list
 * of faults.
 *
 * @param type always {@code about:blank}: the status says what kind of problem it is
 * @param title the status in words
 * @param status the HTTP status
 * @param detail a sentence, or a list of {@link FieldError} for 422
 * @param instance path of the call
 */
public record ProblemView(String type, String title, int status, Object detail, String instance) {
    private static final Map<Integer, String> TITLES = Map.ofEntries(
            Map.entry(400, "Bad Request"),
            Map.entry(401, "Unauthorized"),
            Map.entry(403, "Forbidden"),
            Map.entry(404, "Not Found"),
            Map.entry(405, "Method Not Allowed"),
            Map.entry(406, "Not Acceptable"),
            Map.entry(408, "Request Timeout"),
            Map.entry(409, "Conflict"),
            Map.entry(410, "Gone"),
            Map.entry(411, "Length Required"),
            Map.entry(413, "Content Too Large"),
            Map.entry(414, "URI Too Long"),
            Map.entry(415, "Unsupported Media Type"),
            Map.entry(422, "Unprocessable Content"),
            Map.entry(426, "Upgrade Required"),
            Map.entry(429, "Too Many Requests"),
            Map.entry(431, "Request Header Fields Too Large"),
            Map.entry(500, "Internal Server Error"),
            Map.entry(503, "Service Unavailable"));

    /** Checks that everything is there. */
    public ProblemView {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(title, "title");
        Objects.requireNonNull(detail, "detail");
        Objects.requireNonNull(instance, "instance");
    }

    /** The document of an exception. */
    public static ProblemView of(ProblemException problem, String instance) {
        Object detail = problem.fieldErrors().isEmpty() ? problem.getMessage() : problem.fieldErrors();
        return of(problem.status(), detail, instance);
    }

    /** The document of a status. */
    public static ProblemView of(int status, Object detail, String instance) {
        return new ProblemView("about:blank", title(status), status, detail, instance);
    }

    /** The status in words. */
    public static String title(int status) {
        return TITLES.getOrDefault(status, "Error");
    }
}
