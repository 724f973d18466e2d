package io.invigil.wire;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** A call that cannot be answered as asked; becomes a problem document (RFC 9457). Its message may be shown to the caller. */
public final class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final transient List<FieldError> fieldErrors;
    private final transient Duration retryAfter;
    private final String allowed;

    private ProblemException(
            int status, String detail, List<FieldError> fieldErrors, Duration retryAfter, String allowed) {
        super(Objects.requireNonNull(detail, "detail"));
        this.status = status;
        this.fieldErrors = List.copyOf(fieldErrors);
        this.retryAfter = retryAfter;
        this.allowed = allowed;
    }

    /** A problem with this HTTP status, 400 to 599, and one English sentence. */
    public static ProblemException of(int status, String detail) {
        return new ProblemException(status, detail, List.of(), null, null);
    }

    /** There is no session with the id: 404. */
    public static ProblemException sessionNotFound() {
        return of(404, "Session not found");
    }

    /** Nothing is there: 404. */
    public static ProblemException notFound() {
        return of(404, "Not Found");
    }

    /** The path takes these methods only: 405. */
    public static ProblemException methodNotAllowed(String allowed) {
        return new ProblemException(
                405, "Method Not Allowed", List.of(), null, Objects.requireNonNull(allowed, "allowed"));
    }

    /** The session is over: 410. */
    public static ProblemException sessionOver() {
        return of(410, "Session has ended");
    }

    /** Values that cannot be used: 422. */
    public static ProblemException invalid(List<FieldError> errors) {
        return new ProblemException(422, "the request holds values that cannot be used", errors, null, null);
    }

    /** A value that cannot be used: 422. */
    public static ProblemException invalid(FieldError error) {
        return invalid(List.of(error));
    }

    /** Too much at once: 429 or 503, and when to try again. */
    public static ProblemException tooMuch(int status, String detail, Duration retryAfter) {
        return new ProblemException(status, detail, List.of(), Objects.requireNonNull(retryAfter, "retryAfter"), null);
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    /** What is wrong with which value; empty unless the status is 422. */
    public List<FieldError> fieldErrors() {
        return fieldErrors == null ? List.of() : fieldErrors;
    }

    /** When to try again; empty when that would not help. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }

    /** Which methods the path takes; empty unless the status is 405. */
    public Optional<String> allowed() {
        return Optional.ofNullable(allowed);
    }
}
