package io.invigil.http;

import io.invigil.wire.ProblemView;
import io.invigil.wire.WireJson;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** Turns away clients that call too often: 429 with Retry-After. A client is an address. */
public final class RequestRateFilter extends HttpFilter {
    private static final long serialVersionUID = 1L;

    private final transient RequestRate rate;

    /** A filter with these limits. */
    public RequestRateFilter(HttpLimits limits) {
        rate = new RequestRate(limits.requestsPerSecond(), limits.requestBurst());
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        Optional<Duration> wait = rate.take(request.getRemoteAddr(), System.nanoTime());
        if (wait.isEmpty()) {
            chain.doFilter(request, response);
            return;
        }
        response.setStatus(429);
        response.setHeader("Retry-After", Long.toString(Math.max(1, wait.get().toSeconds())));
        response.setContentType("application/problem+json");
        response.getOutputStream()
                .write(WireJson.writeBytes(
                        ProblemView.of(429, "too many calls from this address", request.getRequestURI())));
    }
}
