package io.invigil.server;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The built interview and review pages from a folder: {@code /interview}, {@code /review} and what lies under {@code /assets}.
 * Mount it at {@link #PATTERNS}. Everything is read when the servlet is made, so nothing outside the folder can be asked for.
 */
public final class PagesServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    /** Where it is to be mounted. */
    public static final List<String> PATTERNS =
            List.of("/interview", "/interview.html", "/review", "/review.html", "/assets/*");

    /** The pages' own scripts, styles, pictures and calls, and nothing else. */
    static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; "
            + "media-src 'self' blob:; connect-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'none'; "
            + "frame-ancestors 'none'";

    private static final int MAX_FILES = 500;
    private static final long MAX_BYTES = 32L << 20;
    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "svg", "image/svg+xml",
            "png", "image/png",
            "woff2", "font/woff2",
            "md", "text/plain; charset=utf-8",
            "json", "application/json");

    private final transient Map<String, byte[]> files;

    /**
     * Reads the folder.
     *
     * @throws IOException when it cannot be read, or holds more than is plausible
     */
    public PagesServlet(Path folder) throws IOException {
        files = new java.util.HashMap<>();
        long sum = 0;
        List<Path> found;
        try (java.util.stream.Stream<Path> all = Files.walk(folder, 3)) {
            found = all.filter(Files::isRegularFile).limit(MAX_FILES + 1L).toList();
        }
        for (Path file : found) {
            String name = "/" + folder.relativize(file).toString().replace('\\', '/');
            if (type(name).isEmpty()) {
                continue;
            }
            sum += Files.size(file);
            if (sum > MAX_BYTES || found.size() > MAX_FILES) {
                throw new IOException(
                        "the pages' folder holds more than " + MAX_FILES + " files or " + MAX_BYTES + " bytes");
            }
            files.put(name, Files.readAllBytes(file));
        }
        if (!files.containsKey("/interview.html") || !files.containsKey("/review.html")) {
            throw new IOException("the pages' folder holds no interview.html and review.html");
        }
    }

    private static Optional<String> type(String name) {
        return Optional.ofNullable(TYPES.get(name.substring(name.lastIndexOf('.') + 1)));
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String path = request.getServletPath()
                + Optional.ofNullable(request.getPathInfo()).orElse("");
        String name = path.equals("/interview") || path.equals("/review") ? path + ".html" : path;
        byte[] file = files.get(name);
        if (file == null) {
            response.sendError(404);
            return;
        }
        response.setContentType(type(name).orElseThrow());
        response.setHeader("Content-Security-Policy", POLICY);
        response.setHeader("Permissions-Policy", "camera=(self), microphone=(self)");
        // Names of assets change with what is in them.
        response.setHeader(
                "Cache-Control", name.startsWith("/assets/") ? "public, max-age=31536000, immutable" : "no-cache");
        response.setContentLength(file.length);
        response.getOutputStream().write(file);
    }
}
