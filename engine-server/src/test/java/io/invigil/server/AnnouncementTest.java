package io.invigil.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.api.EngineConfig;
import io.invigil.api.ProctoringEngine;
import io.invigil.server.store.JdbcStore;
import io.invigil.server.store.StoreMeter;
import io.invigil.server.store.StoreSettings;
import io.invigil.server.webhook.WireAnnouncer;
import io.invigil.testdata.FrameImage;
import io.invigil.testdata.ImageCoding;
import io.invigil.testdata.Portrait;
import io.invigil.testdata.ScenarioRenderer;
import io.invigil.testdata.ScenarioScript;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What a host is told of alerts, with the real engine, whose alerts may be over when they are first told. */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class AnnouncementTest {
    private static final ScenarioScript SCRIPT = ScenarioScript.builder(5)
            .size(640, 480)
            .framesPerSecond(5)
            .durationSeconds(1)
            .candidate(Portrait.P2, 55)
            .build();
    private static final long FRAME_NS = 200_000_000L;
    private static final long GAP_NS = TimeUnit.SECONDS.toNanos(20);

    @TempDir
    Path folder;

    /** As {@code alert.opened stream_gap closed}: topic, kind, and the phase it is told in. */
    private static List<String> told(JdbcStore store, String id) {
        List<String> told = new ArrayList<>();
        store.outbox().of(id, Optional.empty(), 100).forEach(delivery -> {
            JsonNode alert = Client.json(delivery.message().body()).get("data").get("alert");
            if (alert != null) {
                told.add(
                        0,
                        String.join(
                                " ",
                                delivery.message().topic(),
                                alert.get("type").asString(),
                                alert.get("phase").asString()));
            }
        });
        return told;
    }

    private static byte[] timed(FrameImage picture, long timestampNs) {
        byte[] jpeg = ImageCoding.jpeg(picture, 0.8);
        return ByteBuffer.allocate(8 + jpeg.length)
                .putLong(timestampNs)
                .put(jpeg)
                .array();
    }

    @Test
    void shouldTellOfEveryAlertOnceThatItOpenedAndOnceThatItClosed() {
        List<FrameImage> pictures = new ArrayList<>();
        new ScenarioRenderer(SCRIPT).forEach(pictures::add);
        try (ProctoringEngine engine =
                        ProctoringEngine.create(EngineConfig.builder().lanes(1).build());
                JdbcStore store = JdbcStore.open(
                        StoreSettings.at("jdbc:sqlite:" + folder.resolve("invigil.db")),
                        new WireAnnouncer(),
                        StoreMeter.NONE);
                InvigilServer server =
                        InvigilServer.builder(engine, store).port(0).start()) {
            Client client = new Client(server.port());
            String id = client.newSession();
            Client.Socket socket = client.dial(id, List.of(), List.of("invigil.timed.v1"));
            socket.frame(timed(pictures.get(0), 0)).next();
            socket.frame(timed(pictures.get(1), FRAME_NS)).next();
            socket.frame(timed(pictures.get(0), FRAME_NS + GAP_NS)).next();
            assertThat(told(store, id))
                    .as("a gap is over when it is known")
                    .containsExactly("alert.opened stream_gap closed", "alert.closed stream_gap closed");

            String path = "/api/v1/proctoring/alerts/" + id;
            for (int i = 0; i < 2; i++) { // The second is taken into the first's alert.
                Client.body(client.post(path, "{\"type\":\"paste\",\"message\":\"\"}"), 200);
            }
            client.postEmpty("/api/v1/session/" + id + "/end");
            List<String> all = told(store, id);
            assertThat(all).hasSize(4);
            assertThat(all.get(2)).startsWith("alert.opened paste ");
            assertThat(all.get(3)).isEqualTo("alert.closed paste closed");
        }
    }
}
