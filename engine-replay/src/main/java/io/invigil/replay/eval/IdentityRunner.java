package io.invigil.replay.eval;

import io.invigil.api.AlertType;
import io.invigil.api.Answer;
import io.invigil.api.EngineException;
import io.invigil.api.FrameResult;
import io.invigil.api.IdentityObservation;
import io.invigil.api.IntakeMode;
import io.invigil.api.Observation;
import io.invigil.api.Policy;
import io.invigil.api.ProctoringEngine;
import io.invigil.api.ProctoringSession;
import io.invigil.api.SessionConfig;
import io.invigil.api.SessionId;
import io.invigil.api.SessionListener;
import io.invigil.replay.eval.IdentityScore.Look;
import io.invigil.testdata.IdentityPairs.Pair;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

/**
 * Compares labelled pairs of stills through the engine's public interface: a session sees the first still of a pair until it has
 * its reference, and then the second stills of all its pairs in turn. No descriptor of a face leaves the engine, only the
 * distance.
 */
final class IdentityRunner {
    private static final int REFERENCE_FRAMES = 8;
    private static final int PROBE_FRAMES = 2;
    private static final long STEP_NS = 500_000_000L;
    private static final String UNREADABLE = "it cannot be read";
    private static final Duration CLOSE_TIMEOUT = Duration.ofMinutes(2);

    private final ProctoringEngine engine;
    private final Policy policy;
    private final BiConsumer<Path, String> failures;

    /**
     * A runner.
     *
     * @param engine stays open and belongs to the caller
     * @param policy its limits on identity apply; everything else is switched off
     * @param failures hears which still could not be shown and why; called by several threads
     */
    IdentityRunner(ProctoringEngine engine, Policy policy, BiConsumer<Path, String> failures) {
        this.engine = engine;
        this.policy = policy.toBuilder()
                .only(AlertType.IDENTITY_CHANGED)
                .noProhibitedObjects()
                .build();
        this.failures = failures;
    }

    /** Looks at all pairs; the answer is grouped by first still, in the order of the pairs. */
    List<Look> run(Path folder, List<Pair> pairs, int threads) {
        Map<String, List<Pair>> byReference =
                pairs.stream().collect(Collectors.groupingBy(Pair::fileA, LinkedHashMap::new, Collectors.toList()));
        ExecutorService pool = Executors.newFixedThreadPool(threads, task -> new Thread(task, "invigil-identity"));
        try {
            List<Future<List<Look>>> running = new ArrayList<>();
            byReference.forEach((reference, those) -> {
                int number = running.size() + 1;
                running.add(pool.submit(() -> compare(folder, reference, those, number)));
            });
            List<Look> looks = new ArrayList<>();
            for (Future<List<Look>> one : running) {
                looks.addAll(one.get());
            }
            return looks;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while comparing stills", interrupted);
        } catch (ExecutionException failure) {
            throw new IllegalStateException("a thread comparing stills died", failure.getCause());
        } finally {
            pool.shutdownNow();
        }
    }

    /** One look a pair, whatever cannot be read: a pair that was not shown was not compared. */
    private List<Look> compare(Path folder, String reference, List<Pair> pairs, int number) {
        Distances distances = new Distances();
        OptionalLong[] shownAtNs = new OptionalLong[pairs.size()];
        Arrays.fill(shownAtNs, OptionalLong.empty());
        Path file = folder.resolve(reference);
        try (ProctoringSession session = engine.openSession(SessionConfig.builder()
                .id(new SessionId("identity-" + number))
                .policy(policy)
                .intake(IntakeMode.REPLAY)
                .build())) {
            session.addListener(distances);
            long timeNs = show(session, file, 0, REFERENCE_FRAMES);
            for (int i = 0; i < shownAtNs.length; i++) {
                file = folder.resolve(pairs.get(i).fileB());
                try {
                    long nextNs = show(session, file, timeNs, PROBE_FRAMES);
                    shownAtNs[i] = OptionalLong.of(timeNs);
                    timeNs = nextNs;
                } catch (IOException failure) {
                    failures.accept(file, UNREADABLE);
                }
            }
            session.close(CLOSE_TIMEOUT);
        } catch (IOException failure) {
            failures.accept(file, UNREADABLE);
        } catch (EngineException failure) {
            failures.accept(file, "the engine refused it: " + failure.getMessage());
        }
        List<Look> looks = new ArrayList<>();
        for (int i = 0; i < shownAtNs.length; i++) {
            looks.add(distances.look(pairs.get(i).samePerson(), shownAtNs[i]));
        }
        return looks;
    }

    private static long show(ProctoringSession session, Path file, long fromNs, int frames) throws IOException {
        ShakenStill still = ShakenStill.read(file);
        for (int i = 0; i < frames; i++) {
            session.offer(still.next(fromNs + i * STEP_NS));
        }
        return fromNs + frames * STEP_NS;
    }

    /** Keeps what was compared, by media time. The engine calls it on a thread of its own. */
    private static final class Distances implements SessionListener {
        private final TreeMap<Long, IdentityObservation> compared = new TreeMap<>();

        @Override
        public synchronized void onFrameResult(SessionId session, FrameResult result) {
            result.observation()
                    .flatMap(Observation::identity)
                    .filter(IdentityObservation::compared)
                    .ifPresent(identity -> compared.put(result.timestampNs(), identity));
        }

        /** The first look at the still shown from a time on, or never. */
        synchronized Look look(boolean samePerson, OptionalLong fromNs) {
            Map.Entry<Long, IdentityObservation> first =
                    fromNs.isPresent() ? compared.ceilingEntry(fromNs.orElseThrow()) : null;
            if (first == null || first.getKey() >= fromNs.orElseThrow() + PROBE_FRAMES * STEP_NS) {
                return new Look(samePerson, false, 0, Answer.CANNOT_TELL);
            }
            return new Look(
                    samePerson,
                    true,
                    first.getValue().distance(),
                    first.getValue().reading().answer());
        }
    }
}
