package io.invigil.server.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageServletTest {
    private static final String BUILT = "/io/invigil/server/pages/built/";

    private Server jetty;

    @AfterEach
    void stop() throws Exception {
        jetty.stop();
    }

    @Test
    void shouldServeAPageUnderAPolicyThatAllowsNothingInlineOrElsewhere() throws Exception {
        start(BUILT);
        String answer = get("/interview");
        assertThat(answer)
                .startsWith("HTTP/1.1 200")
                .contains("Content-Type: text/html;charset=utf-8")
                .contains("Content-Security-Policy: default-src 'none'; script-src 'self'; style-src 'self';")
                .contains("frame-ancestors 'none'")
                .doesNotContain("unsafe-")
                .contains("X-Content-Type-Options: nosniff")
                .contains("Cache-Control: no-cache")
                .contains("<title>Interview</title>");
    }

    @Test
    void shouldLetAssetsBeKeptBecauseTheirNamesChangeWithTheirContent() throws Exception {
        start(BUILT);
        assertThat(get("/assets/app-1a_b.js"))
                .startsWith("HTTP/1.1 200")
                .contains("Content-Type: text/javascript;charset=utf-8")
                .contains("Cache-Control: public, max-age=31536000, immutable")
                .contains("export {};");
    }

    @Test
    void shouldSayThatPagesWereNotBuilt() throws Exception {
        start("/io/invigil/server/pages/nowhere/");
        assertThat(get("/review"))
                .startsWith("HTTP/1.1 404")
                .contains("application/problem+json")
                .contains("The pages were not built into this server");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/assets/",
                "/assets/missing.js",
                "/assets/../interview.html",
                "/assets/%2e%2e/interview.html",
                "/assets/..%2finterview.html",
                "/assets/.hidden",
                "/assets/a/b.js"
            })
    void shouldNeverServeWhatIsNoAsset(String path) throws Exception {
        start(BUILT);
        assertThat(get(path)).doesNotStartWith("HTTP/1.1 200").doesNotContain("<title>Interview");
    }

    private void start(String folder) throws Exception {
        jetty = new Server();
        ServerConnector connector = new ServerConnector(jetty);
        connector.setHost("127.0.0.1");
        jetty.addConnector(connector);
        ServletContextHandler context = new ServletContextHandler();
        for (String pattern : new String[] {"/assets/*", "/interview", "/review"}) {
            context.addServlet(new ServletHolder(new PageServlet(folder)), pattern);
        }
        jetty.setHandler(context);
        jetty.start();
    }

    /** Over a plain socket: an HTTP client would tidy the paths up. */
    private String get(String path) throws IOException {
        int port = ((ServerConnector) jetty.getConnectors()[0]).getLocalPort();
        try (Socket socket = new Socket("127.0.0.1", port)) {
            OutputStream out = socket.getOutputStream();
            out.write(("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
