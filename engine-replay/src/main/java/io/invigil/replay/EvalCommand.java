package io.invigil.replay;

import io.invigil.api.EngineConfig;
import io.invigil.api.Policy;
import io.invigil.api.ProctoringEngine;
import io.invigil.api.ThreadingMode;
import io.invigil.replay.eval.Evaluation;
import io.invigil.replay.run.ReplayListener;
import io.invigil.replay.run.ReplayOptions;
import io.invigil.replay.run.ReplayReport;
import io.invigil.replay.run.ReplayRunner;
import io.invigil.report.log.PolicyException;
import io.invigil.report.log.RecordingResult;
import io.invigil.testdata.LabelledClips;
import io.invigil.testdata.LabelledClips.Clip;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Replays a labelled folder and says how often the alerts were right. */
@Command(
        name = "eval",
        description = "Replays the clips of a labelled folder and holds the alerts against the labels.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false)
final class EvalCommand implements Callable<Integer> {
    private final Console console;
    private final Function<EngineConfig, ProctoringEngine> engines;

    @Parameters(paramLabel = "DIR", description = "A folder with labels_clips.json and the clips it names.")
    private Path folder;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "invigil-eval",
            description = "Where the replays' results go. Default: ${DEFAULT-VALUE}.")
    private Path out;

    @Option(
            names = "--policy",
            paramLabel = "NAME|FILE",
            defaultValue = "interview",
            description = "What to judge by: a preset or a JSON document. Default: ${DEFAULT-VALUE}.")
    private String policy;

    @Option(
            names = "--fps",
            paramLabel = "N",
            defaultValue = "5",
            description = "Frames analysed in a second of the recording; 0: all. Default: ${DEFAULT-VALUE}.")
    private double fps;

    @Option(
            names = "--min-event",
            paramLabel = "S",
            defaultValue = "2.5",
            description = "Labelled events shorter than S seconds are not asked for. Default: ${DEFAULT-VALUE}.")
    private double minEventSeconds;

    EvalCommand(Console console, Function<EngineConfig, ProctoringEngine> engines) {
        this.console = console;
        this.engines = engines;
    }

    @Override
    public Integer call() {
        if (!(fps >= 0 && fps <= 120)) {
            console.error("--fps is " + fps + ", must be in 0..120");
            return 2;
        }
        if (!(minEventSeconds >= 0 && minEventSeconds <= 3600)) {
            console.error("--min-event is " + minEventSeconds + ", must be in 0..3600");
            return 2;
        }
        try {
            Policy judgedBy = PolicyArgument.find(policy);
            if (!Files.isRegularFile(folder.resolve("labels_clips.json"))) {
                console.error("there is no labels_clips.json in " + folder);
                return 2;
            }
            List<Clip> labels = LabelledClips.read(folder);
            List<Path> recordings =
                    labels.stream().map(clip -> folder.resolve(clip.file())).toList();
            Collector collector = new Collector();
            int lanes = Math.max(1, Math.min(64, Runtime.getRuntime().availableProcessors()));
            ReplayReport report = new ReplayRunner(
                            new ReplayOptions(recordings, out, fps, judgedBy, lanes, ThreadingMode.FUSED, false),
                            Version.text(),
                            engines,
                            collector)
                    .run();
            console.document(
                    Evaluation.of(labels, collector.results, minEventSeconds).text());
            return report.isClean() ? 0 : 1;
        } catch (PolicyException wrong) {
            console.error(wrong.getMessage());
            return 2;
        } catch (IOException | IllegalArgumentException failure) {
            console.error("the labelled folder cannot be evaluated: " + failure.getMessage());
            return 1;
        }
    }

    /** Keeps the results by file name and tells failures. */
    private final class Collector implements ReplayListener {
        private final Map<String, RecordingResult> results = new ConcurrentHashMap<>();

        @Override
        public void started(Path recording) {
            console.note("analysing " + recording.getFileName());
        }

        @Override
        public void advanced(Path recording, double share, long mediaNs) {}

        @Override
        public void finished(Path recording, RecordingResult result, Path resultFolder) {
            results.put(recording.getFileName().toString(), result);
        }

        @Override
        public void failed(Path recording, String reason) {
            console.error(recording.getFileName() + ": " + reason);
        }
    }
}
