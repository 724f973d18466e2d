package io.invigil.ws;

import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Whose pages may open a socket: browsers send the page's origin and let any page dial, so the server must look. A client
 * that is no browser sends none and is let through; its token counts.
 *
 * @param origins scheme, host and port, kept in lower case as browsers send them; {@code *} alone for any. A page of the
 *     server's own host and port may always
 */
public record OriginRule(Set<String> origins) {
    /** The origins a page is developed on. */
    public static final OriginRule DEVELOPMENT =
            new OriginRule(Set.of("http://localhost:3000", "http://localhost:3001", "http://127.0.0.1:3000"));

    /** Copies. */
    public OriginRule {
        origins =
                origins.stream().map(origin -> origin.toLowerCase(Locale.ROOT)).collect(Collectors.toUnmodifiableSet());
    }

    /**
     * Whether a page may.
     *
     * @param origin the header, or null
     * @param host the call's own host header, or null
     */
    boolean allows(String origin, String host) {
        if (origin == null || origins.contains("*") || origins.contains(origin)) {
            return true;
        }
        String lower = origin.toLowerCase(Locale.ROOT);
        return host != null
                && (lower.equals("http://" + host.toLowerCase(Locale.ROOT))
                        || lower.equals("https://" + host.toLowerCase(Locale.ROOT)));
    }
}
