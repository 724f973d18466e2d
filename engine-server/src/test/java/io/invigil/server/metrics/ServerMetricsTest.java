package io.invigil.server.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.api.EngineLoad;
import io.invigil.api.EngineStatistics;
import io.invigil.api.FrameCounts;
import io.invigil.api.StageTimings;
import io.invigil.server.live.LossMeter;
import io.invigil.server.record.StoreException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ServerMetricsTest {
    @Test
    void shouldTellWhatTheEngineAndTheStoreCount() throws IOException {
        ServerMetrics metrics = new ServerMetrics();
        metrics.engine(() -> new EngineStatistics(
                new FrameCounts(21, 10, 1, 2, 3, 4, 1), 5, 6, 7, 0, 0, StageTimings.NONE, EngineLoad.IDLE));
        metrics.committed(3, 2_000_000);
        metrics.refused();
        metrics.answered("GET", "/api/v1/session/{session_id}", 200, 30_000_000);
        metrics.answered("MADE-UP", "none", 404, 1);
        metrics.answered("get", "none", 404, 1);
        metrics.finished(3_000_000, new StageTimings(2_000_000, 9_000_000, 0, 30_000_000, 50_000));
        metrics.accept(60_000_000);
        metrics.lost(LossMeter.What.TRACE_POINT, 4);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        metrics.write(out);

        assertThat(out.toString(StandardCharsets.UTF_8).lines())
                .contains(
                        "invigil_frames_total{outcome=\"analysed\"} 10.0",
                        "invigil_frames_total{outcome=\"superseded\"} 2.0",
                        "invigil_frames_in_flight 1.0",
                        "invigil_sessions_open 5.0",
                        "invigil_alerts_total 7.0",
                        "invigil_stage_seconds_bucket{stage=\"presence\",le=\"0.05\"} 1",
                        "invigil_stage_seconds_count{stage=\"gaze\"} 0",
                        "invigil_frame_wait_seconds_bucket{le=\"0.005\"} 1",
                        "invigil_result_seconds_bucket{le=\"0.1\"} 1",
                        "invigil_store_writes_total{outcome=\"kept\"} 3.0",
                        "invigil_unkept_lost_total{what=\"event\"} 0.0",
                        "invigil_unkept_lost_total{what=\"trace_point\"} 4.0",
                        "invigil_store_writes_total{outcome=\"refused\"} 1.0",
                        "invigil_store_commit_seconds_bucket{le=\"0.0025\"} 1",
                        "invigil_http_call_seconds_count{method=\"GET\",route=\"/api/v1/session/{session_id}\",status=\"200\"} 1",
                        "invigil_http_call_seconds_count{method=\"other\",route=\"none\",status=\"404\"} 2")
                .noneMatch(line -> line.contains("MADE-UP"))
                .anyMatch(line -> line.startsWith("invigil_native_memory_bytes "))
                .anyMatch(line -> line.startsWith("process_resident_memory_bytes "))
                .anyMatch(line -> line.startsWith("jvm_memory_used_bytes{"));
    }

    @Test
    void shouldTellTheRestWhenTheStoreIsDown() throws IOException {
        ServerMetrics metrics = new ServerMetrics();
        metrics.webhooks(() -> {
            throw new StoreException("the store could not be read", null);
        });
        metrics.failed(2);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        metrics.write(out);

        assertThat(out.toString(StandardCharsets.UTF_8).lines())
                .contains("invigil_store_writes_total{outcome=\"failed\"} 2.0")
                .noneMatch(line -> line.startsWith("invigil_webhook_messages{"));
    }
}
