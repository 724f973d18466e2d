package io.invigil.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.api.Alert;
import io.invigil.api.EngineConfig;
import io.invigil.api.Frame;
import io.invigil.api.Policy;
import io.invigil.api.ProctoringEngine;
import io.invigil.api.ProctoringSession;
import io.invigil.api.SessionConfig;
import io.invigil.api.SessionId;
import io.invigil.api.SessionListener;
import io.invigil.api.ThreadingMode;
import io.invigil.replay.media.RecordingException;
import io.invigil.replay.media.RecordingReader;
import io.invigil.server.InvigilServer;
import io.invigil.server.record.MemoryStore;
import io.invigil.testdata.FrameImage;
import io.invigil.testdata.ImageCoding;
import io.invigil.testdata.LabelledClips;
import io.invigil.testdata.TestClips;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The labelled clips over the WebSocket give the alerts of a replay of the same pictures: same ids, reasons, details and
 * confidence, and times to the wire's millisecond. The first seconds of three clips in the default build, all of all with
 * {@code -Dinvigil.allClips=true}. Between pictures the sender rests as long as the answer took: an engine asked for all it can
 * do looks less often for some things, as it declares.
 */
@Timeout(3600)
class LiveEqualsReplayTest {
    private static final long INTERVAL_NS = 200_000_000;
    private static final int CLIPS = 3;
    private static final int ROUNDING_MS = 2;
    private static final int PICTURES = 75;
    private static final boolean ALL = Boolean.getBoolean("invigil.allClips");
    private static final JsonMapper JSON = new JsonMapper();

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private record Picture(byte[] jpeg, long timestampNs) {}

    private record Told(String what, long startMs, long endMs) {}

    @Test
    void shouldGiveTheSameAlertsLiveAsInAReplay() throws Exception {
        Optional<Path> folder = TestClips.folder();
        Assumptions.assumeTrue(
                folder.isPresent(), "skipped: the labelled recordings are not here; set INVIGIL_CLIPS to their folder");
        List<LabelledClips.Clip> clips = LabelledClips.read(folder.orElseThrow());
        int step = ALL ? 1 : Math.max(1, clips.size() / CLIPS);
        int compared = 0;
        int alerts = 0;
        try (ProctoringEngine engine =
                        ProctoringEngine.create(EngineConfig.builder().lanes(1).build());
                ProctoringEngine replaying = ProctoringEngine.create(
                        EngineConfig.builder().threading(ThreadingMode.CALLER).build());
                InvigilServer server =
                        InvigilServer.builder(engine, new MemoryStore()).port(0).start()) {
            for (int i = 0; i < clips.size(); i += step) {
                List<Picture> pictures =
                        pictures(folder.orElseThrow().resolve(clips.get(i).file()));
                List<Told> replay = replay(replaying, pictures);
                assertSame(clips.get(i).file(), live(server.port(), pictures), replay);
                compared++;
                alerts += replay.size();
            }
        }
        System.out.printf("%d clips over the socket: %d alerts, all as in a replay%n", compared, alerts);
        assertThat(alerts).isPositive();
    }

    private static List<Picture> pictures(Path file) throws RecordingException {
        List<Picture> pictures = new ArrayList<>();
        long dueNs = 0;
        try (RecordingReader reader = RecordingReader.open(file)) {
            while (reader.next() && (ALL || pictures.size() < PICTURES)) {
                if (reader.timestampNs() >= dueNs) {
                    dueNs += INTERVAL_NS;
                    pictures.add(picture(reader.bgrFrame(), reader.timestampNs()));
                }
            }
        }
        return pictures;
    }

    private static Picture picture(Frame frame, long timestampNs) {
        Frame.Plane plane = frame.planes().get(0);
        byte[] bgr = new byte[frame.widthPx() * frame.heightPx() * 3];
        ByteBuffer data = plane.data().duplicate();
        for (int row = 0; row < frame.heightPx(); row++) {
            data.position(plane.data().position() + row * plane.strideBytes());
            data.get(bgr, row * frame.widthPx() * 3, frame.widthPx() * 3);
        }
        return new Picture(
                ImageCoding.jpeg(new FrameImage(frame.widthPx(), frame.heightPx(), bgr, timestampNs), 0.9),
                timestampNs);
    }

    private static List<Told> replay(ProctoringEngine engine, List<Picture> pictures) {
        Map<String, Alert> alerts = new LinkedHashMap<>();
        try (ProctoringSession session = engine.openSession(SessionConfig.live(Policy.strict()))) {
            session.addListener(new SessionListener() {
                @Override
                public void onAlert(SessionId id, Alert alert) {
                    alerts.put(alert.id(), alert);
                }
            });
            pictures.forEach(picture -> session.offer(Frame.encoded(picture.jpeg(), picture.timestampNs())));
        }
        long firstNs = pictures.get(0).timestampNs();
        return alerts.values().stream()
                .map(alert -> new Told(
                        what(alert.id(), alert.message(), alert.details(), alert.confidence()),
                        Math.round((alert.startNs() - firstNs) / 1e6),
                        Math.round((alert.endNs() - firstNs) / 1e6)))
                .toList();
    }

    private static String what(String id, String message, Map<String, String> details, double confidence) {
        return id + " | " + message + " | " + details + " | " + Math.round(confidence * 10_000);
    }

    private List<Told> live(int port, List<Picture> pictures) throws Exception {
        JsonNode session = call(HttpRequest.newBuilder(uri(port, "/api/v1/session/create"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(
                        "{\"candidate_name\":\"\",\"interview_type\":\"clip\",\"policy\":\"strict\"}")));
        String id = session.get("session_id").asString();
        Results results = new Results();
        WebSocket socket = http.newWebSocketBuilder()
                .subprotocols("invigil.timed.v1")
                .buildAsync(URI.create("ws://localhost:" + port + "/ws/" + id), results)
                .get(20, TimeUnit.SECONDS);
        Instant first = null;
        for (Picture picture : pictures) {
            ByteBuffer message = ByteBuffer.allocate(Long.BYTES + picture.jpeg().length)
                    .putLong(picture.timestampNs())
                    .put(picture.jpeg())
                    .flip();
            long sentNs = System.nanoTime();
            socket.sendBinary(message, true).get(20, TimeUnit.SECONDS);
            JsonNode result = results.heard.poll(60, TimeUnit.SECONDS).get("data");
            assertThat(result.get("frame_processed").asBoolean())
                    .as(result.toString())
                    .isTrue();
            assertThat(result.get("shedding").asString())
                    .as("no overload, which would thin out looks")
                    .isEqualTo("none");
            LockSupport.parkNanos(System.nanoTime() - sentNs);
            first = first == null ? Instant.parse(result.get("timestamp").asString()) : first;
        }
        call(HttpRequest.newBuilder(uri(port, "/api/v1/session/" + id + "/end"))
                .POST(HttpRequest.BodyPublishers.noBody()));
        long firstMs = first.toEpochMilli();
        List<Told> told = new ArrayList<>();
        for (JsonNode alert : call(HttpRequest.newBuilder(uri(port, "/api/v1/proctoring/alerts/" + id + "?limit=1000")))
                .get("alerts")) {
            Map<String, String> details = new java.util.TreeMap<>();
            alert.get("details")
                    .properties()
                    .forEach(detail ->
                            details.put(detail.getKey(), detail.getValue().asString()));
            told.add(
                    0,
                    new Told( // The newest comes first.
                            what(
                                    alert.get("alert_id").asString().substring(id.length() + 1),
                                    alert.get("message").asString(),
                                    details,
                                    alert.get("confidence").asDouble()),
                            Instant.parse(alert.get("start_time").asString()).toEpochMilli() - firstMs,
                            Instant.parse(alert.get("end_time").asString()).toEpochMilli() - firstMs));
        }
        return told;
    }

    private static void assertSame(String clip, List<Told> live, List<Told> replay) {
        assertThat(live)
                .as(clip)
                .extracting(Told::what)
                .containsExactlyElementsOf(replay.stream().map(Told::what).toList());
        for (int i = 0; i < live.size(); i++) {
            assertThat(Math.abs(live.get(i).startMs() - replay.get(i).startMs()))
                    .as(clip)
                    .isLessThanOrEqualTo(ROUNDING_MS);
            assertThat(Math.abs(live.get(i).endMs() - replay.get(i).endMs()))
                    .as(clip)
                    .isLessThanOrEqualTo(ROUNDING_MS);
        }
    }

    private static URI uri(int port, String path) {
        return URI.create("http://localhost:" + port + path);
    }

    private JsonNode call(HttpRequest.Builder request) throws IOException, InterruptedException {
        return JSON.readTree(http.send(request.timeout(Duration.ofSeconds(20)).build(), BodyHandlers.ofString())
                .body());
    }

    /** Keeps the results heard. */
    private static final class Results implements WebSocket.Listener {
        private final BlockingQueue<JsonNode> heard = new LinkedBlockingQueue<>();
        private final StringBuilder text = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                heard.add(JSON.readTree(text.toString()));
                text.setLength(0);
            }
            from.request(1);
            return null;
        }
    }
}
