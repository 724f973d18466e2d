package io.invigil.server.pages;

import io.invigil.server.InvigilServer;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * Serves the built pages out of the class path, under a content security policy that allows the service itself and nothing
 * inline. Where the pages were not built it says so with 404. Thread-safe: it holds no state.
 */
public final class PageServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    /** Allows files, calls and sockets of this origin, and pictures that a page made from what it fetched. */
    static final String CONTENT_SECURITY_POLICY = "default-src 'none'; script-src 'self'; style-src 'self';"
            + " img-src 'self' blob:; media-src 'self' blob:; connect-src 'self'; worker-src 'self';"
            + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static final Map<String, String> PAGES = Map.of("/interview", "interview.html", "/review", "review.html");
    // Names that the build makes: no separators, no leading dot, so nothing else of the class path can be named.
    private static final Pattern ASSET = Pattern.compile("/assets/([A-Za-z0-9_-][A-Za-z0-9._-]*)");
    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html;charset=utf-8",
            "js", "text/javascript;charset=utf-8",
            "css", "text/css;charset=utf-8",
            "svg", "image/svg+xml");
    private static final String ASSET_CACHING = "public, max-age=31536000, immutable";
    private static final String PAGE_CACHING = "no-cache";

    private final String folder;

    PageServlet(String folder) {
        this.folder = folder;
    }

    /**
     * Adds the pages to a server: {@code /interview}, {@code /review} and their {@code /assets}.
     *
     * @return the builder
     */
    public static InvigilServer.Builder mount(InvigilServer.Builder builder) {
        Objects.requireNonNull(builder, "builder");
        return mount(builder, "/io/invigil/server/pages/");
    }

    static InvigilServer.Builder mount(InvigilServer.Builder builder, String folder) {
        builder.servlet("/assets/*", new PageServlet(folder));
        PAGES.keySet().forEach(path -> builder.servlet(path, new PageServlet(folder)));
        return builder;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String path = request.getRequestURI();
        String page = PAGES.get(path);
        String name = page != null ? page : assetName(path);
        // The stream is closed below; a null is no resource to close.
        try (InputStream content = name == null ? null : PageServlet.class.getResourceAsStream(folder + name)) {
            if (content == null) {
                refuse(response, page != null);
                return;
            }
            response.setContentType(TYPES.getOrDefault(extension(name), "application/octet-stream"));
            response.setHeader("Cache-Control", page != null ? PAGE_CACHING : ASSET_CACHING);
            secure(response);
            content.transferTo(response.getOutputStream());
        }
    }

    private static void secure(HttpServletResponse response) {
        response.setHeader("Content-Security-Policy", CONTENT_SECURITY_POLICY);
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("X-Frame-Options", "DENY");
        response.setHeader("Referrer-Policy", "no-referrer");
        response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
        response.setHeader("Permissions-Policy", "camera=(self), fullscreen=(self), microphone=(), geolocation=()");
    }

    private static void refuse(HttpServletResponse response, boolean isPage) throws IOException {
        String detail = isPage
                ? "The pages were not built into this server; run client/build-pages with Node.js and build again"
                : "Not Found";
        byte[] problem = ("{\"type\":\"about:blank\",\"title\":\"Not Found\",\"status\":404,\"detail\":\"" + detail
                        + "\",\"instance\":\"/\"}")
                .getBytes(StandardCharsets.UTF_8);
        response.setStatus(HttpServletResponse.SC_NOT_FOUND);
        response.setContentType("application/problem+json");
        response.getOutputStream().write(problem);
    }

    private static String assetName(String path) {
        var asset = ASSET.matcher(path);
        return asset.matches() ? "assets/" + asset.group(1) : null;
    }

    private static String extension(String name) {
        return name.substring(name.lastIndexOf('.') + 1);
    }
}
