package io.invigil.http;

import io.invigil.wire.ProblemException;
import jakarta.servlet.http.HttpServletRequest;

/** Reads a call's query, which may be damaged. */
final class Query {
    private Query() {}

    /**
     * A value of the query, or null.
     *
     * @throws ProblemException with 400 for a query that cannot be decoded
     */
    static String text(HttpServletRequest request, String name) {
        try {
            return request.getParameter(name);
        } catch (RuntimeException damaged) { // Every container throws a kind of its own.
            throw ProblemException.of(400, "the query cannot be decoded");
        }
    }
}
