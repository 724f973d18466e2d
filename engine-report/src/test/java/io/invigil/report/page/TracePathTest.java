package io.invigil.report.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.report.log.TracePoint;
import java.util.List;
import org.junit.jupiter.api.Test;

class TracePathTest {
    @Test
    void shouldBreakLineWhenFramesAreMissing() {
        List<TracePoint> points = Fixtures.traces();
        String data = new TracePath(new TimeAxis(80_000_000_000L), points).data(TracePoint::faceCount, 0, 2, 0, 10);
        // One stroke up to the gap in the stream, one after it.
        assertThat(data.chars().filter(c -> c == 'M').count()).isEqualTo(2);
    }

    @Test
    void shouldKeepPeaksWhenManyFramesFallOnOnePixel() {
        List<TracePoint> points = Fixtures.traces();
        String data = new TracePath(new TimeAxis(80_000_000_000_000L), points).data(TracePoint::faceCount, 0, 2, 0, 10);
        assertThat(data).contains(" 0").contains(" 10").hasSizeLessThan(60);
    }

    @Test
    void shouldKeepTicksFewWhenRecordingIsLong() {
        for (long seconds : new long[] {1, 7, 80, 1000, 5000, 40_000}) {
            assertThat(new TimeAxis(seconds * 1_000_000_000L).ticks()).hasSizeBetween(2, 14);
        }
    }
}
