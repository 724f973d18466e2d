package io.invigil.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.http.CorsSettings;
import io.invigil.server.record.MemoryStore;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Names and origins are compared as browsers send them, however the operator wrote them. */
class HostNamesTest {
    private static final String ORIGIN = "https://exam.example.org";

    @Test
    void shouldLetInWhoCallsUnderANameThatWasSetInCapitals() {
        try (FakeEngine engine = new FakeEngine();
                InvigilServer server = InvigilServer.builder(engine, new MemoryStore())
                        .port(0)
                        .hostNames(Set.of("LocalHost"))
                        .start()) {
            assertThat(new Client(server.port()).get("/health").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void shouldLetInPagesOfAnOriginThatWasSetInCapitals() {
        try (FakeEngine engine = new FakeEngine();
                InvigilServer server = InvigilServer.builder(engine, new MemoryStore())
                        .port(0)
                        .cors(CorsSettings.of("https://Exam.Example.org"))
                        .start()) {
            Client client = new Client(server.port());
            assertThat(client.send(client.to("/health").header("Origin", ORIGIN))
                            .headers()
                            .firstValue("Access-Control-Allow-Origin"))
                    .hasValue(ORIGIN);
            assertThat(client.dialStatus(client.newSession(), "Origin", ORIGIN)).isEqualTo(101);
        }
    }
}
