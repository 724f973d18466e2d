package io.invigil.http;

import io.invigil.wire.AccessControl;
import io.invigil.wire.ProblemException;
import io.invigil.wire.ProblemView;
import io.invigil.wire.Scope;
import io.invigil.wire.WireJson;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Objects;

/** Guards what is mounted beside the REST calls, such as metrics: asks for a token that allows a scope. */
public final class ScopeFilter extends HttpFilter {
    private static final long serialVersionUID = 1L;

    private final transient Gate gate;
    private final Scope scope;

    /** A filter that asks for this scope where tokens are asked for. */
    public ScopeFilter(AccessControl access, Scope scope) {
        this.gate = new Gate(Objects.requireNonNull(access, "access"));
        this.scope = Objects.requireNonNull(scope, "scope");
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        try {
            gate.admit(request, scope, null, false);
        } catch (ProblemException refusal) {
            response.setStatus(refusal.status());
            if (refusal.status() == 401) {
                response.setHeader("WWW-Authenticate", "Bearer");
            }
            response.setContentType("application/problem+json");
            response.getOutputStream().write(WireJson.writeBytes(ProblemView.of(refusal, request.getRequestURI())));
            return;
        }
        chain.doFilter(request, response);
    }
}
