package io.invigil.replay.run;

import io.invigil.api.EngineConfig;
import io.invigil.api.EngineException;
import io.invigil.api.ProctoringEngine;
import io.invigil.replay.media.RecordingException;
import io.invigil.replay.media.RecordingReader;
import io.invigil.report.log.RecordingResult;
import io.invigil.report.log.RunSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/**
 * Replays recordings, several at once, on one engine. Every failure concerns one recording and is told in one sentence;
 * the others go on. Used once; {@link #stop()} may be called from any thread.
 */
public final class ReplayRunner {
    private final ReplayOptions options;
    private final String version;
    private final Function<EngineConfig, ProctoringEngine> engines;
    private final ReplayListener listener;
    private final AtomicBoolean stop = new AtomicBoolean();

    /**
     * A runner.
     *
     * @param options what to replay and how
     * @param version this program's version, for the record
     * @param engines starts an engine; {@link ProctoringEngine#create(EngineConfig)} outside tests
     * @param listener hears how it gets on
     */
    public ReplayRunner(
            ReplayOptions options,
            String version,
            Function<EngineConfig, ProctoringEngine> engines,
            ReplayListener listener) {
        this.options = options;
        this.version = version;
        this.engines = engines;
        this.listener = listener;
    }

    /** Ends the replay soon: what was analysed is written and marked as partial. */
    public void stop() {
        stop.set(true);
    }

    /**
     * Replays everything.
     *
     * @throws IOException when the output folder cannot be made or written to
     * @throws EngineException when the engine cannot start
     */
    public ReplayReport run() throws IOException {
        Inputs inputs = Inputs.of(options.inputs());
        inputs.problems().forEach(problem -> listener.failed(Path.of(""), problem));
        inputs.leftAlone().forEach(listener::leftAlone);
        int meant = inputs.recordings().size() + inputs.problems().size();
        if (inputs.recordings().isEmpty()) {
            return new ReplayReport(meant, 0, List.of(), false);
        }
        checkWritable(options.out());
        EngineConfig.Builder config =
                EngineConfig.builder().lanes(options.lanes()).threading(options.threading());
        if (inputs.recordings().size() == 1) {
            config.ringSize(RecordingJob.MAX_IN_FLIGHT); // Of several, one goes on while another waits.
        }
        try (ProctoringEngine engine = engines.apply(config.build())) {
            return runAll(engine, inputs.recordings(), meant);
        }
    }

    private ReplayReport runAll(ProctoringEngine engine, List<Path> recordings, int meant) {
        RunSettings settings = new RunSettings(
                options.policy(),
                options.accommodations(),
                options.fps(),
                options.lanes(),
                options.threading(),
                version,
                engine.modelHashes(),
                Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        listener.planned(recordings);
        OutputNames names = new OutputNames(options.out(), listener);
        ExecutorService pool = Executors.newFixedThreadPool(
                Math.min(recordings.size(), options.lanes()), task -> new Thread(task, "invigil-replay"));
        // Several recordings share the cores. A single one has a core for its lane and all others for decoding.
        int decodingThreads =
                recordings.size() == 1 ? Math.max(1, Math.min(options.lanes() - 1, RecordingReader.MAX_THREADS)) : 1;
        List<Path> folders = new ArrayList<>();
        int clean = 0;
        try {
            List<Future<Optional<RecordingResult>>> running = new ArrayList<>();
            List<Path> targets = new ArrayList<>();
            for (Path recording : recordings) {
                Path folder = names.folderFor(recording);
                targets.add(folder);
                int number = targets.size();
                running.add(pool.submit(() -> runOne(engine, recording, folder, number, settings, decodingThreads)));
            }
            for (int i = 0; i < running.size(); i++) {
                Optional<RecordingResult> result = await(running.get(i));
                if (result.isPresent()) {
                    folders.add(targets.get(i));
                    clean += result.orElseThrow().isClean() ? 1 : 0;
                }
            }
        } finally {
            pool.shutdown();
        }
        return new ReplayReport(meant, clean, folders, stop.get());
    }

    private Optional<RecordingResult> runOne(
            ProctoringEngine engine,
            Path recording,
            Path folder,
            int number,
            RunSettings settings,
            int decodingThreads) {
        if (stop.get()) {
            return Optional.empty();
        }
        try {
            RecordingJob job = new RecordingJob(
                    recording, folder, number, settings, decodingThreads, options.evidence(), stop::get, listener);
            return Optional.of(job.run(engine));
        } catch (RecordingException failure) {
            listener.failed(recording, failure.getMessage());
        } catch (IOException failure) {
            listener.failed(recording, "its results cannot be written to " + folder + ": " + IoWords.of(failure));
        } catch (EngineException failure) {
            listener.failed(recording, "the engine refused it: " + failure.getMessage());
        } catch (RuntimeException failure) {
            listener.failed(recording, "it could not be analysed: " + failure);
        } catch (OutOfMemoryError failure) {
            listener.failed(
                    recording,
                    "there was too little memory for it (" + failure.getMessage()
                            + "); with fewer --lanes less is needed at once");
        } catch (StackOverflowError | LinkageError failure) {
            listener.failed(recording, "it could not be analysed: " + failure);
        }
        return Optional.empty();
    }

    private static Optional<RecordingResult> await(Future<Optional<RecordingResult>> running) {
        try {
            return running.get();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (ExecutionException failure) {
            throw new IllegalStateException("a recording's thread died: " + failure.getCause(), failure.getCause());
        }
    }

    private static void checkWritable(Path out) throws IOException {
        try {
            Files.createDirectories(out);
            Files.delete(Files.createTempFile(out, ".invigil", ".tmp"));
        } catch (IOException failure) {
            throw new IOException("cannot write to " + out + ": " + IoWords.of(failure), failure);
        }
    }
}
