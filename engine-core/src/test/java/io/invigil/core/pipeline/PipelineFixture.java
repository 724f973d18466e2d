package io.invigil.core.pipeline;

import io.invigil.api.EngineConfig;
import io.invigil.api.IntakeMode;
import io.invigil.api.SessionConfig;
import io.invigil.api.ThreadingMode;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Lanes over scripted perception, closed with the test. */
final class PipelineFixture implements AutoCloseable {
    static final long FRAME_NS = 200_000_000L;

    final ScriptedPerception perception = new ScriptedPerception();
    final ExecutorService listeners = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "test-listener");
        thread.setDaemon(true);
        return thread;
    });
    final Lanes lanes;

    PipelineFixture(ThreadingMode threading, int laneCount, int ringSize) {
        lanes = new Lanes(
                EngineConfig.builder()
                        .threading(threading)
                        .lanes(laneCount)
                        .ringSize(ringSize)
                        .closeTimeout(Duration.ofSeconds(20))
                        .build(),
                perception,
                listeners);
    }

    PipelineSession open(IntakeMode intake) {
        return open(SessionConfig.builder().intake(intake).build());
    }

    PipelineSession open(SessionConfig config) {
        return lanes.open(config, closed -> {});
    }

    @Override
    public void close() {
        perception.unstick();
        lanes.close(Duration.ofSeconds(20));
        listeners.shutdownNow();
    }
}
