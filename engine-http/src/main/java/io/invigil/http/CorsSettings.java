package io.invigil.http;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which pages of other origins may call.
 *
 * @param origins scheme, host and port ({@code https://exam.example.org}), kept in lower case as browsers send them; {@code *} alone
 *     for any
 */
public record CorsSettings(Set<String> origins) {
    /** The origins a page is developed on. */
    public static final CorsSettings DEVELOPMENT =
            new CorsSettings(Set.of("http://localhost:3000", "http://localhost:3001", "http://127.0.0.1:3000"));

    /** Checks and copies. */
    public CorsSettings {
        origins =
                origins.stream().map(origin -> origin.toLowerCase(Locale.ROOT)).collect(Collectors.toUnmodifiableSet());
        for (String origin : origins) {
            if (!origin.equals("*") && !origin.matches("https?://[^/\\s?#*]+")) {
                throw new IllegalArgumentException("origin is \"" + origin
                        + "\", must be a scheme, host and port such as https://exam.example.org, or *");
            }
        }
    }

    /** These origins. */
    public static CorsSettings of(String... origins) {
        return new CorsSettings(Set.copyOf(List.of(origins)));
    }

    /** Whether pages of an origin may call. */
    public boolean allows(String origin) {
        return origins.contains(origin) || origins.contains("*");
    }
}
