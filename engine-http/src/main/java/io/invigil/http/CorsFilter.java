package io.invigil.http;

import io.invigil.wire.ProblemView;
import io.invigil.wire.WireJson;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Objects;

/** Lets pages of allowed origins read answers, errors included, and answers their preflight calls. */
public final class CorsFilter extends HttpFilter {
    private static final long serialVersionUID = 1L;

    private static final String METHODS = "DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT";
    private static final String MAX_AGE_S = "600";
    private static final int MAX_ECHOED = 1000;

    private final transient CorsSettings settings;

    /** A filter with these settings. */
    public CorsFilter(CorsSettings settings) {
        this.settings = Objects.requireNonNull(settings, "settings");
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        String origin = request.getHeader("Origin");
        if (origin == null) {
            response.addHeader("Vary", "Origin");
            chain.doFilter(request, response);
            return;
        }
        boolean allowed = settings.allows(origin);
        response.addHeader("Vary", "Origin");
        if (allowed) {
            response.setHeader("Access-Control-Allow-Origin", origin);
            response.setHeader("Access-Control-Allow-Credentials", "true");
            response.setHeader("Access-Control-Expose-Headers", "Retry-After");
        }
        if (request.getMethod().equals("OPTIONS") && request.getHeader("Access-Control-Request-Method") != null) {
            preflight(request, response, allowed);
        } else {
            chain.doFilter(request, response);
        }
    }

    private static void preflight(HttpServletRequest request, HttpServletResponse response, boolean allowed)
            throws IOException {
        if (!allowed) {
            response.setStatus(400);
            response.setContentType("application/problem+json");
            response.getOutputStream()
                    .write(WireJson.writeBytes(ProblemView.of(400, "Disallowed CORS origin", request.getRequestURI())));
            return;
        }
        response.setStatus(200);
        response.setHeader("Access-Control-Allow-Methods", METHODS);
        response.setHeader("Access-Control-Max-Age", MAX_AGE_S);
        String headers = request.getHeader("Access-Control-Request-Headers");
        if (headers != null && headers.length() <= MAX_ECHOED && headers.matches("[A-Za-z0-9!#$%&'*+.^_`|~, -]*")) {
            response.setHeader("Access-Control-Allow-Headers", headers);
            response.addHeader("Vary", "Access-Control-Request-Headers");
        }
        response.setContentLength(0);
    }
}
