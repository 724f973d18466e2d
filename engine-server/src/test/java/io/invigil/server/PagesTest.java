package io.invigil.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.invigil.server.record.MemoryStore;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The built pages beside the calls. */
class PagesTest {
    @TempDir
    private Path folder;

    @Test
    void shouldServeThePagesUnderAStrictPolicyAndNothingElse() throws IOException {
        assertThatThrownBy(() -> new PagesServlet(folder)).hasMessageContaining("interview.html");
        Files.createDirectory(folder.resolve("assets"));
        Files.writeString(folder.resolve("interview.html"), "<p>interview");
        Files.writeString(folder.resolve("review.html"), "<p>review");
        Files.writeString(folder.resolve("assets/a.js"), "1");
        Files.writeString(folder.resolve("assets/secret.key"), "no");
        PagesServlet pages = new PagesServlet(folder);
        try (FakeEngine engine = new FakeEngine()) {
            InvigilServer.Builder builder =
                    InvigilServer.builder(engine, new MemoryStore()).port(0);
            PagesServlet.PATTERNS.forEach(pattern -> builder.servlet(pattern, pages));
            try (InvigilServer server = builder.start()) {
                Client client = new Client(server.port());
                HttpResponse<String> page = client.get("/interview");
                assertThat(page.body()).isEqualTo("<p>interview");
                assertThat(page.headers().allValues("Content-Security-Policy")).containsExactly(PagesServlet.POLICY);
                assertThat(client.get("/review.html").body()).isEqualTo("<p>review");
                HttpResponse<String> script = client.get("/assets/a.js");
                assertThat(script.headers().firstValue("Content-Type").orElse(""))
                        .startsWith("text/javascript");
                assertThat(script.headers().firstValue("Cache-Control").orElse(""))
                        .contains("immutable");
                for (String path : new String[] {"/assets/secret.key", "/assets/b.js", "/assets/..%2finterview.html"}) {
                    assertThat(client.get(path).statusCode()).as(path).isIn(400, 404);
                }
                Client.body(client.get("/health"), 200);
            }
        }
    }
}
