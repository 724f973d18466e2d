package io.invigil.server.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class RecentFramesTest {
    private final RecentFrames frames = new RecentFrames();

    private void offer(long timestampNs) {
        frames.offering(timestampNs, ByteBuffer.wrap(new byte[] {(byte) timestampNs}));
    }

    @Test
    void shouldKeepTheLatestAcceptedHoweverManyAreRefused() {
        for (int ns = 1; ns <= 10; ns++) {
            offer(ns);
            frames.accepted();
        }
        for (int ns = 11; ns <= 100; ns++) {
            offer(ns);
            assertThat(frames.at(ns)).isPresent();
            frames.refused(ns);
            assertThat(frames.at(ns)).isEmpty();
        }
        assertThat(frames.at(2)).isEmpty();
        assertThat(frames.at(3).orElseThrow()).containsExactly(3);
        assertThat(frames.at(10)).isPresent();
    }
}
