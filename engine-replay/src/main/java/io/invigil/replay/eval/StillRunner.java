package io.invigil.replay.eval;

import io.invigil.api.EngineException;
import io.invigil.api.Frame;
import io.invigil.api.FrameResult;
import io.invigil.api.IntakeMode;
import io.invigil.api.Observation;
import io.invigil.api.Policy;
import io.invigil.api.ProctoringEngine;
import io.invigil.api.ProctoringSession;
import io.invigil.api.SessionConfig;
import io.invigil.api.SessionId;
import io.invigil.api.SessionListener;
import io.invigil.testdata.LabelledImages.Image;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BiConsumer;

/**
 * Shows stills to an engine through its public interface, each in a session of its own, several at once. A still is offered
 * {@value #TIMES} times, one look of the object detector apart: a round of the parts it looks at one after the other, and the
 * five looks the rule on objects goes by. Towards the end the picture is known, and not every frame of it is looked at. No alert
 * is waited for: to the engine such a picture is frozen, of which it raises no others.
 */
final class StillRunner {
    static final int TIMES = 12;

    private static final Duration CLOSE_TIMEOUT = Duration.ofMinutes(1);
    private static final long SECOND_NS = 1_000_000_000L;

    private final ProctoringEngine engine;
    private final Policy policy;
    private final BiConsumer<Path, String> failures;

    /**
     * A runner.
     *
     * @param engine stays open and belongs to the caller
     * @param policy what is looked for
     * @param failures hears which still could not be analysed and why; called by several threads
     */
    StillRunner(ProctoringEngine engine, Policy policy, BiConsumer<Path, String> failures) {
        this.engine = engine;
        this.policy = policy;
        this.failures = failures;
    }

    /** Shows all stills; the answer is in their order, those that failed without looks. */
    List<StillReading> run(Path folder, List<Image> images, int threads) {
        ExecutorService pool = Executors.newFixedThreadPool(threads, task -> new Thread(task, "invigil-still"));
        try {
            List<Future<StillReading>> running = new ArrayList<>();
            for (Image image : images) {
                int number = running.size() + 1;
                running.add(pool.submit(() -> show(folder.resolve(image.file()), image, number)));
            }
            List<StillReading> readings = new ArrayList<>();
            for (Future<StillReading> one : running) {
                readings.add(one.get());
            }
            return readings;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while looking at stills", interrupted);
        } catch (ExecutionException failure) {
            throw new IllegalStateException("a still's thread died", failure.getCause());
        } finally {
            pool.shutdownNow();
        }
    }

    private StillReading show(Path file, Image image, int number) {
        Looks looks = new Looks();
        try {
            byte[] bytes = Files.readAllBytes(file);
            SessionConfig config = SessionConfig.builder()
                    .id(new SessionId("still-" + number))
                    .policy(policy)
                    .intake(IntakeMode.REPLAY)
                    .build();
            long stepNs = Math.max(SECOND_NS, policy.presenceInterval().toNanos());
            try (ProctoringSession session = engine.openSession(config)) {
                session.addListener(looks);
                for (int i = 0; i < TIMES; i++) {
                    session.offer(Frame.encoded(bytes, i * stepNs));
                }
                session.close(CLOSE_TIMEOUT);
            }
            if (looks.seen().isEmpty()) {
                failures.accept(file, looks.problem());
            }
        } catch (IOException failure) {
            failures.accept(file, "it cannot be read");
        } catch (EngineException failure) {
            failures.accept(file, "the engine refused it: " + failure.getMessage());
        }
        return new StillReading(image, looks.seen());
    }

    /** Keeps what a session tells. The engine calls it on a thread of its own. */
    private static final class Looks implements SessionListener {
        private final List<Observation> seen = new ArrayList<>();
        private String problem = "no frame of it could be analysed";

        @Override
        public synchronized void onFrameResult(SessionId session, FrameResult result) {
            result.observation().ifPresent(seen::add);
            result.failure().ifPresent(failure -> problem = failure.getMessage());
        }

        @Override
        public synchronized void onError(SessionId session, EngineException error) {
            problem = error.getMessage();
        }

        synchronized List<Observation> seen() {
            return List.copyOf(seen);
        }

        synchronized String problem() {
            return problem;
        }
    }
}
