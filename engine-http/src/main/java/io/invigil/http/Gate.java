package io.invigil.http;

import io.invigil.wire.AccessControl;
import io.invigil.wire.Caller;
import io.invigil.wire.ProblemException;
import io.invigil.wire.Scope;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import java.util.Optional;

/** Tells who calls and whether they may. */
final class Gate {
    private static final String SCHEME = "bearer ";

    private final AccessControl access;

    Gate(AccessControl access) {
        this.access = access;
    }

    /**
     * The caller.
     *
     * @param sessionId the session the call names, or null
     * @throws ProblemException with 401 or 403
     */
    Caller admit(HttpServletRequest request, Scope scope, String sessionId, boolean tokenInQuery) {
        if (!access.asksForTokens()) {
            return Caller.ANYBODY;
        }
        String token =
                token(request, tokenInQuery).orElseThrow(() -> ProblemException.of(401, "a bearer token is asked for"));
        Caller caller = access.callerOf(token)
                .orElseThrow(() -> ProblemException.of(401, "the token is wrong or no longer valid"));
        boolean watches = scope == Scope.CANDIDATE && isReading(request) && may(caller, Scope.PROCTOR, sessionId);
        if (!watches && !may(caller, scope, sessionId)) {
            throw ProblemException.of(403, "the token does not allow this");
        }
        return caller;
    }

    private static boolean isReading(HttpServletRequest request) {
        return request.getMethod().equals("GET") || request.getMethod().equals("HEAD");
    }

    private static boolean may(Caller caller, Scope scope, String sessionId) {
        return sessionId == null ? mayWithoutSession(caller, scope) : caller.may(scope, sessionId);
    }

    /** Who is bound to one session may do only what needs none: look at their own picture beforehand. */
    private static boolean mayWithoutSession(Caller caller, Scope scope) {
        return caller.may(scope) && (caller.session().isEmpty() || scope == Scope.CANDIDATE);
    }

    private static Optional<String> token(HttpServletRequest request, boolean tokenInQuery) {
        String header = request.getHeader("Authorization");
        if (header != null && header.toLowerCase(Locale.ROOT).startsWith(SCHEME)) {
            return Optional.of(header.substring(SCHEME.length()).trim());
        }
        return tokenInQuery ? Optional.ofNullable(Query.text(request, "access_token")) : Optional.empty();
    }
}
