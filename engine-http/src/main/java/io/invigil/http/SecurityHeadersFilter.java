package io.invigil.http;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Puts the headers on every answer that keep a browser from guessing, framing, caching and leaking. A page that needs more
 * than {@link #STRICT_POLICY} sets its own policy.
 */
public final class SecurityHeadersFilter extends HttpFilter {
    private static final long serialVersionUID = 1L;

    /** The policy of an answer that is no page. */
    public static final String STRICT_POLICY = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'";
    /** The policy of the written pages: their own style sheet and nothing else. */
    public static final String DOCUMENT_POLICY = STRICT_POLICY + "; style-src 'self'; form-action 'none'";
    /** The policy of a report: one page whose style and script lie inside. */
    public static final String REPORT_POLICY =
            "default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src 'unsafe-inline'; "
                    + "frame-ancestors 'none'; base-uri 'none'; form-action 'none'; sandbox allow-scripts";

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("X-Frame-Options", "DENY");
        response.setHeader("Referrer-Policy", "no-referrer");
        response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
        response.setHeader("Content-Security-Policy", STRICT_POLICY);
        response.setHeader("Cache-Control", "no-store");
        if (request.isSecure()) {
            response.setHeader("Strict-Transport-Security", "max-age=31536000");
        }
        chain.doFilter(request, response);
    }
}
