package io.invigil.replay;

import io.invigil.api.EngineConfig;
import io.invigil.api.EngineException;
import io.invigil.api.ProctoringEngine;
import io.invigil.replay.eval.EvaluationOptions;
import io.invigil.replay.eval.EvaluationReport;
import io.invigil.replay.eval.EvaluationRun;
import io.invigil.replay.run.IoWords;
import io.invigil.replay.run.ReplayListener;
import io.invigil.report.log.PolicyException;
import io.invigil.report.log.RecordingResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Replays a labelled folder and says how often the alerts were right. */
@Command(
        name = "eval",
        description = "Replays the clips and stills of a labelled folder and holds the alerts against the labels.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:everything was analysed, however good or bad the figures are",
            "1:something could not be analysed or written, or is not as it is labelled; one line says what",
            "2:wrong usage"
        })
final class EvalCommand implements Callable<Integer> {
    private static final String LABELS = "labels_clips.json";
    private static final String PAGE = "evaluation.html";

    private final Console console;
    private final Function<EngineConfig, ProctoringEngine> engines;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "DIR", description = "A folder with labels_clips.json and what it names.")
    private Path folder;

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
    private String fps;

    @Option(
            names = "--min-event",
            paramLabel = "S",
            defaultValue = "2.5",
            description = "Labelled events shorter than S seconds are not asked for. Default: ${DEFAULT-VALUE}.")
    private String minEvent;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "invigil-eval",
            description = "Where the replays' results go. Default: ${DEFAULT-VALUE}.")
    private Path out;

    @Option(
            names = "--json",
            paramLabel = "FILE",
            description = "Where the figures go as JSON. Default: evaluation.json in the --out folder.")
    private Path json;

    @Option(
            names = "--html",
            paramLabel = "FILE|DIR",
            description = "Where the page goes, a file or a folder. Default: evaluation.html in the --out folder.")
    private Path html;

    @Option(names = "--cards", paramLabel = "FILE", description = "Also write detector cards.")
    private Path cards;

    @Option(names = "--markdown", paramLabel = "FILE", description = "Also write the figures as Markdown tables.")
    private Path markdown;

    @Option(
            names = "--data-name",
            paramLabel = "TEXT",
            description = "What the page and the cards call the data. Default: the folder's name.")
    private String dataName;

    @Option(
            names = "--data-note",
            paramLabel = "TEXT",
            defaultValue = "",
            description = "What a reader must know of the data: were the rules developed on it?")
    private String dataNote;

    @Option(
            names = "--lanes",
            paramLabel = "N",
            description = "Lanes of the engine, and recordings or stills at once, 1 to 64. Default: one a core.")
    private String lanes;

    @Option(names = "--skip-stills", description = "Leave labels_images.json alone.")
    private boolean skipStills;

    EvalCommand(Console console, Function<EngineConfig, ProctoringEngine> engines) {
        this.console = console;
        this.engines = engines;
    }

    @Override
    public Integer call() {
        double framesPerSecond = NumberArgument.real(spec, "--fps", fps, 0, 120);
        double minEventSeconds = NumberArgument.real(spec, "--min-event", minEvent, 0, 3600);
        int engineLanes =
                lanes == null ? EngineConfig.defaults().lanes() : NumberArgument.whole(spec, "--lanes", lanes, 1, 64);
        if (!Files.isRegularFile(folder.resolve(LABELS))) {
            console.error("there is no " + LABELS + " in " + folder);
            return 2;
        }
        try (ReplayProgress progress = new ReplayProgress(console, false)) {
            EvaluationOptions options = new EvaluationOptions(
                    folder,
                    out,
                    PolicyArgument.find(policy),
                    framesPerSecond,
                    minEventSeconds,
                    engineLanes,
                    !skipStills,
                    dataName != null
                            ? dataName
                            : folder.toRealPath().getFileName().toString(),
                    dataNote);
            if (!canWrite()) {
                return 1;
            }
            EvaluationReport report = new EvaluationRun(options, Version.text(), engines, new Teller(progress)).run();
            return write(report) && report.isComplete() ? 0 : 1;
        } catch (PolicyException wrong) {
            console.error(wrong.getMessage());
            return 2;
        } catch (IOException failure) {
            console.error("the labelled folder cannot be evaluated: " + IoWords.withFile(failure));
            return 1;
        } catch (IllegalArgumentException | EngineException failure) {
            console.error("the labelled folder cannot be evaluated: " + failure.getMessage());
            return 1;
        }
    }

    private record Target(String name, Path file, Supplier<String> text) {}

    private Path pageFile() {
        return html == null ? out.resolve(PAGE) : Files.isDirectory(html) ? html.resolve(PAGE) : html;
    }

    private Path figuresFile() {
        return json != null ? json : out.resolve("evaluation.json");
    }

    /** A wrong name must not be found out only when all has been analysed. */
    private boolean canWrite() {
        boolean all = true;
        for (Path file : new Path[] {figuresFile(), pageFile(), markdown, cards}) {
            if (file != null) {
                try {
                    Path folderOfIt =
                            Files.createDirectories(file.toAbsolutePath().getParent());
                    Files.delete(Files.createTempFile(folderOfIt, ".invigil", ".tmp"));
                    if (Files.isDirectory(file)) {
                        throw new DirectoryNotEmptyException(file.toString());
                    }
                } catch (IOException failure) {
                    cannotWrite(file, failure);
                    all = false;
                }
            }
        }
        return all;
    }

    private void cannotWrite(Path file, IOException failure) {
        console.error("cannot write " + file + ": " + IoWords.of(failure));
    }

    /** The figures come first and each file by itself: what took hours is not lost because a disk is full. */
    private boolean write(EvaluationReport report) {
        console.document(report.text());
        console.line("");
        List<Target> targets = new ArrayList<>();
        targets.add(new Target("figures", figuresFile(), report::json));
        targets.add(new Target("page", pageFile(), report::html));
        if (markdown != null) {
            targets.add(new Target("tables", markdown, report::markdown));
        }
        if (cards != null) {
            targets.add(new Target("cards", cards, report::cards));
        }
        boolean all = true;
        for (Target target : targets) {
            try {
                save(target.file(), target.text().get());
                console.line(String.format(Locale.ROOT, "%-9s%s", target.name(), target.file()));
            } catch (IOException failure) {
                cannotWrite(target.file(), failure);
                all = false;
            }
        }
        return all;
    }

    /** Writes a file whole or not at all. */
    private static void save(Path file, String text) throws IOException {
        Path whole = file.toAbsolutePath();
        Path half = whole.resolveSibling(whole.getFileName() + ".part");
        try {
            Files.createDirectories(whole.getParent());
            Files.writeString(half, text, StandardCharsets.UTF_8);
            Files.move(half, whole, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException failure) {
            Files.deleteIfExists(half);
            throw failure;
        }
    }

    /** Tells how it gets on in one line for each recording: what was found is told at the end, against the labels. */
    private final class Teller implements ReplayListener {
        private final ReplayProgress progress;

        Teller(ReplayProgress progress) {
            this.progress = progress;
        }

        @Override
        public void movedOn(Path recording, Path held, Path resultFolder) {
            progress.movedOn(recording, held, resultFolder);
        }

        @Override
        public void planned(Collection<Path> recordings) {
            progress.planned(recordings);
        }

        @Override
        public void started(Path recording) {
            progress.started(recording);
        }

        @Override
        public void advanced(Path recording, double share, long mediaNs) {
            progress.advanced(recording, share, mediaNs);
        }

        @Override
        public void finished(Path recording, RecordingResult result, Path resultFolder) {
            progress.advanced(recording, 1, result.mediaNs());
            result.problems().forEach(problem -> console.error(recording + ": " + problem));
        }

        @Override
        public void failed(Path recording, String reason) {
            progress.failed(recording, reason);
        }
    }
}
