package io.invigil.report.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.api.FrameCounts;
import io.invigil.report.page.Fixtures;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SummaryDocumentTest {
    @Test
    void shouldAddUpWhenFramesAreCounted() {
        JsonNode summary = JsonMapper.builder()
                .build()
                .readTree(SummaryDocument.write(
                        Fixtures.result("a \"b\".mp4", Map.of()), new RecordingFile("0123", 1_200_000_000_000L, 0)));
        JsonNode frames = summary.get("frames");
        assertThat(summary.get("recording").asString()).isEqualTo("a \"b\".mp4");
        assertThat(summary.get("recording_sha256").asString()).isEqualTo("0123");
        assertThat(summary.get("media").get("before_first_frame_s").asDouble()).isEqualTo(1200);
        assertThat(frames.get("decoded").asLong())
                .isEqualTo(frames.get("out_of_order").asLong()
                        + frames.get("not_sampled").asLong()
                        + frames.get("offered").asLong());
        assertThat(frames.get("offered").asLong())
                .isEqualTo(frames.get("analysed").asLong()
                        + frames.get("sampled_out").asLong()
                        + frames.get("superseded").asLong()
                        + frames.get("rejected").asLong()
                        + frames.get("failed").asLong()
                        + frames.get("in_flight").asLong());
        assertThat(frames.get("adds_up").asBoolean()).isTrue();
        assertThat(summary.get("alerts").get("total").asInt()).isEqualTo(8);
        assertThat(summary.get("alerts").get("by_type").get("eyes_looking_away").asInt())
                .isEqualTo(2);
        assertThat(summary.get("analysis").get("models").size()).isEqualTo(3);
    }

    @Test
    void shouldSaySoWhenFramesDoNotAddUp() {
        FrameCounts lost = new FrameCounts(10, 8, 0, 0, 0, 0, 0);
        assertThat(new FrameAccounting(20, 0, 10, 0, lost, 0, 0, 0, 0).addsUp()).isFalse();
        FrameCounts all = new FrameCounts(10, 8, 0, 0, 1, 1, 0);
        assertThat(new FrameAccounting(20, 0, 10, 0, all, 0, 0, 0, 0).addsUp()).isTrue();
        assertThat(new FrameAccounting(14, 0, 10, 6, all, 0, 0, 0, 0).addsUp()).isTrue();
        assertThat(new FrameAccounting(21, 0, 10, 0, all, 0, 0, 0, 0).addsUp()).isFalse();
    }

    @Test
    void shouldRoundTimesToMillisecondsWhenTheyAreWritten() {
        assertThat(MediaTime.seconds(0)).isEqualTo("0.000");
        assertThat(MediaTime.seconds(1_999_500_000L)).isEqualTo("2.000");
        assertThat(MediaTime.seconds(12_034_499_999L)).isEqualTo("12.034");
        assertThat(MediaTime.seconds(-40_000_000L)).isEqualTo("-0.040");
        assertThat(MediaTime.clock(62_340_000_000L)).isEqualTo("1:02.3");
        assertThat(MediaTime.clock(3_723_960_000_000L)).isEqualTo("1:02:04.0");
    }
}
