package io.invigil.core.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.api.FrameCounts;
import io.invigil.api.FrameResult;
import io.invigil.api.IntakeMode;
import io.invigil.api.SessionConfig;
import io.invigil.api.SessionId;
import io.invigil.api.SessionListener;
import io.invigil.api.ThreadingMode;
import io.invigil.testdata.TestSeed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(120)
class AccountingStressTest {
    private static final String[] SCRIPTS = {
        "faces=1",
        "faces=0",
        "faces=2",
        "throw=FACE",
        "throw=PRESENCE",
        "die=DECODE",
        "fail=GAZE",
        "throw=RULES",
        "",
        "black"
    };

    /** Many producers offer good, bad, late and unneeded frames far faster than they are worked on; nothing may get lost. */
    @ParameterizedTest
    @EnumSource(ThreadingMode.class)
    void shouldAccountForEveryFrameWhenOverloadedAndFailing(ThreadingMode threading) throws InterruptedException {
        long seed = TestSeed.value();
        System.out.println("AccountingStressTest seed " + seed);
        try (PipelineFixture fixture = new PipelineFixture(threading, 2, 4)) {
            List<Thread> producers = new ArrayList<>();
            List<PipelineSession> sessions = new ArrayList<>();
            List<AtomicLong> told = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                PipelineSession session = fixture.open(SessionConfig.builder()
                        .intake(i % 2 == 0 ? IntakeMode.LIVE : IntakeMode.REPLAY)
                        .maxAnalysedFps(i % 4 < 2 ? 0 : 10)
                        .maxInFlight(1 + i % 3)
                        .build());
                AtomicLong results = new AtomicLong();
                session.addListener(new SessionListener() {
                    @Override
                    public void onFrameResult(SessionId id, FrameResult result) {
                        if (results.incrementAndGet() % 5 == 0) {
                            throw new IllegalStateException("on purpose");
                        }
                    }
                });
                sessions.add(session);
                told.add(results);
                Random random = new Random(seed + i);
                Thread producer = new Thread(() -> offerAll(session, random));
                producers.add(producer);
                producer.start();
            }
            for (Thread producer : producers) {
                producer.join();
            }
            long failed = 0;
            long rejected = 0;
            for (int i = 0; i < sessions.size(); i++) {
                PipelineSession session = sessions.get(i);
                assertThat(session.frames().addsUp()).isTrue();
                assertThat(session.close(Duration.ofSeconds(30)).complete()).isTrue();
                FrameCounts counts = session.frames();
                assertThat(counts.addsUp()).as("%s", counts).isTrue();
                assertThat(counts.inFlight()).isZero();
                assertThat(counts.offered()).isEqualTo(2_000);
                failed += counts.failed();
                rejected += counts.rejected();
                assertThat(told.get(i).get() + session.conflatedResults())
                        .isEqualTo(counts.analysed() + counts.failed());
            }
            assertThat(failed).isPositive();
            assertThat(rejected).isPositive();
        }
    }

    private static void offerAll(PipelineSession session, Random random) {
        long timestampNs = 0;
        for (int i = 0; i < 2_000; i++) {
            timestampNs += random.nextInt(20) == 0 ? -10_000_000L : 40_000_000L;
            session.offer(ScriptedPerception.frame(timestampNs, SCRIPTS[random.nextInt(SCRIPTS.length)]));
        }
    }
}
