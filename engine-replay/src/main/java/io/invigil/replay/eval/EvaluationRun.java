package io.invigil.replay.eval;

import io.invigil.api.EngineConfig;
import io.invigil.api.ProctoringEngine;
import io.invigil.api.ThreadingMode;
import io.invigil.replay.media.RecordingException;
import io.invigil.replay.run.FramePictures;
import io.invigil.replay.run.ReplayListener;
import io.invigil.replay.run.ReplayOptions;
import io.invigil.replay.run.ReplayRunner;
import io.invigil.report.log.RecordingResult;
import io.invigil.testdata.IdentityPairs;
import io.invigil.testdata.IdentityPairs.Pair;
import io.invigil.testdata.LabelledClips;
import io.invigil.testdata.LabelledClips.Clip;
import io.invigil.testdata.LabelledImages;
import io.invigil.testdata.LabelledImages.Image;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Replays a labelled folder, recordings first and then stills, and holds the outcome against the labels. Used once. */
public final class EvaluationRun {
    private final EvaluationOptions options;
    private final String version;
    private final Function<EngineConfig, ProctoringEngine> engines;
    private final ReplayListener listener;

    /**
     * A run.
     *
     * @param options what to evaluate and how
     * @param version this program's version, for the record
     * @param engines starts an engine; {@link ProctoringEngine#create(EngineConfig)} outside tests
     * @param listener hears how it gets on
     */
    public EvaluationRun(
            EvaluationOptions options,
            String version,
            Function<EngineConfig, ProctoringEngine> engines,
            ReplayListener listener) {
        this.options = options;
        this.version = version;
        this.engines = engines;
        this.listener = listener;
    }

    /**
     * Does the work.
     *
     * @throws IOException when labels cannot be read or results cannot be written
     * @throws IllegalArgumentException when the labels are not in the label format, or name nothing
     */
    public EvaluationReport run() throws IOException {
        List<Clip> labels = LabelledClips.read(options.folder());
        List<Image> images = options.stills() ? LabelledImages.read(options.folder()) : List.of();
        List<Pair> pairs = options.stills() ? IdentityPairs.read(options.folder()) : List.of();
        if (labels.isEmpty() && images.isEmpty() && pairs.isEmpty()) {
            throw new IllegalArgumentException("the labels name nothing"
                    + (options.stills() ? "" : ", apart from stills perhaps, which were left alone as asked"));
        }
        checkNamedOnce(labels);
        Collector collector = new Collector(listener);
        boolean clean = labels.isEmpty() || replay(labels, collector);
        EngineConfig config = EngineConfig.builder()
                .lanes(options.lanes())
                .threading(ThreadingMode.FUSED)
                .build();
        try (ProctoringEngine engine = engines.apply(config)) {
            Evaluation evaluation = Evaluation.of(settings(engine), labels, results(labels, collector));
            if (!images.isEmpty()) {
                List<StillReading> readings = new StillRunner(engine, options.policy(), collector::failed)
                        .run(options.folder(), images, options.lanes());
                evaluation = evaluation.withStills(StillScores.of(readings, options.policy()));
            }
            if (!pairs.isEmpty()) {
                evaluation = evaluation.withIdentity(
                        IdentityScore.of(new IdentityRunner(engine, options.policy(), collector::failed)
                                .run(options.folder(), pairs, options.lanes())));
            }
            boolean complete = clean
                    && collector.failures.isEmpty()
                    && evaluation.missing().isEmpty()
                    && evaluation.doubtful().isEmpty();
            return new EvaluationReport(evaluation, pictures(evaluation), complete);
        }
    }

    /** A recording with two labels would be replayed and counted twice. */
    private void checkNamedOnce(List<Clip> labels) {
        Map<Path, Clip> named = new HashMap<>();
        for (Clip clip : labels) {
            Clip other = named.putIfAbsent(path(clip).normalize(), clip);
            if (other != null) {
                throw new IllegalArgumentException(
                        "labels_clips.json names one recording twice: " + other.file() + " and " + clip.file());
            }
        }
    }

    private Path path(Clip clip) {
        return options.folder().resolve(clip.file());
    }

    private Map<String, RecordingResult> results(List<Clip> labels, Collector collector) {
        return labels.stream()
                .filter(clip -> collector.results.containsKey(path(clip)))
                .collect(Collectors.toMap(Clip::file, clip -> collector.results.get(path(clip))));
    }

    private boolean replay(List<Clip> labels, Collector collector) throws IOException {
        // The longest first, so that no core waits for one long recording at the end.
        List<Path> recordings = labels.stream()
                .sorted(Comparator.comparingDouble(Clip::durationSeconds).reversed())
                .map(this::path)
                .toList();
        return new ReplayRunner(
                        new ReplayOptions(
                                recordings,
                                options.out(),
                                options.fps(),
                                options.policy(),
                                options.lanes(),
                                ThreadingMode.FUSED,
                                false),
                        version,
                        engines,
                        collector)
                .run()
                .isClean();
    }

    private EvaluationSettings settings(ProctoringEngine engine) throws IOException {
        return new EvaluationSettings(
                options.dataName(),
                options.dataNote(),
                sha256(options.folder().resolve("labels_clips.json")),
                options.policy(),
                options.fps(),
                options.minEventSeconds(),
                EvaluationSettings.DEFAULT_TOLERANCE_SECONDS,
                version,
                engine.modelHashes(),
                Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    }

    private static String sha256(Path file) throws IOException {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }

    private Map<Finding, byte[]> pictures(Evaluation evaluation) {
        Map<Finding, byte[]> pictures = new LinkedHashMap<>();
        Map<String, List<Finding>> byFile = evaluation.findings().stream()
                .collect(Collectors.groupingBy(Finding::file, LinkedHashMap::new, Collectors.toList()));
        byFile.forEach((name, findings) -> {
            Path file = options.folder().resolve(name);
            try {
                if (findings.get(0).what().isStill()) {
                    byte[] picture = FramePictures.still(file);
                    findings.forEach(finding -> pictures.put(finding, picture));
                } else {
                    pictures.putAll(frames(file, findings));
                }
            } catch (RecordingException | IOException failure) {
                listener.failed(file, "its pictures cannot be taken: " + failure.getMessage());
            }
        });
        return pictures;
    }

    private static Map<Finding, byte[]> frames(Path file, List<Finding> findings)
            throws RecordingException, IOException {
        Map<Finding, Long> times = new HashMap<>();
        findings.forEach(finding -> times.put(finding, Math.round(finding.pictureSeconds() * 1e9)));
        Map<Long, byte[]> frames = FramePictures.atOrAfter(file, times.values());
        Map<Finding, byte[]> pictures = new HashMap<>();
        times.forEach((finding, timeNs) -> {
            if (frames.containsKey(timeNs)) {
                pictures.put(finding, frames.get(timeNs));
            }
        });
        return pictures;
    }

    /** Keeps the results by recording and passes everything on. */
    private static final class Collector implements ReplayListener {
        private final ReplayListener next;
        private final Map<Path, RecordingResult> results = new ConcurrentHashMap<>();
        private final Map<Path, String> failures = new ConcurrentHashMap<>();

        Collector(ReplayListener next) {
            this.next = next;
        }

        @Override
        public void movedOn(Path recording, Path held, Path folder) {
            next.movedOn(recording, held, folder);
        }

        @Override
        public void planned(Collection<Path> recordings) {
            next.planned(recordings);
        }

        @Override
        public void started(Path recording) {
            next.started(recording);
        }

        @Override
        public void advanced(Path recording, double share, long mediaNs) {
            next.advanced(recording, share, mediaNs);
        }

        @Override
        public void finished(Path recording, RecordingResult result, Path folder) {
            results.put(recording, result);
            next.finished(recording, result, folder);
        }

        @Override
        public void failed(Path recording, String reason) {
            failures.put(recording, reason);
            next.failed(recording, reason);
        }
    }
}
