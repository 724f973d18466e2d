package io.invigil.http;

import io.invigil.wire.ProblemView;
import io.invigil.wire.WireJson;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Answers only under names the operator knows. Without it a foreign page could reach a server on the loopback interface by
 * having its own name resolve to 127.0.0.1, past the rules for origins.
 */
public final class HostFilter extends HttpFilter {
    private static final long serialVersionUID = 1L;

    /** The names of the loopback interface. */
    public static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]", "::1");

    private final transient Set<String> names;

    /**
     * A filter for these host names, without ports.
     *
     * @param names in capitals or not; empty to answer under any name
     */
    public HostFilter(Set<String> names) {
        this.names = Objects.requireNonNull(names, "names").stream()
                .map(name -> name.toLowerCase(Locale.ROOT))
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        String name = request.getServerName();
        if (names.isEmpty() || name != null && names.contains(name.toLowerCase(Locale.ROOT))) {
            chain.doFilter(request, response);
            return;
        }
        response.setStatus(421);
        response.setContentType("application/problem+json");
        response.getOutputStream()
                .write(WireJson.writeBytes(new ProblemView(
                        "about:blank",
                        "Misdirected Request",
                        421,
                        "this server does not answer under that host name",
                        request.getRequestURI())));
    }
}
