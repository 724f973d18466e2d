package io.invigil.replay;

import io.invigil.api.Accommodation;
import io.invigil.api.EngineConfig;
import io.invigil.api.EngineException;
import io.invigil.api.Policy;
import io.invigil.api.ProctoringEngine;
import io.invigil.api.ThreadingMode;
import io.invigil.replay.run.IoWords;
import io.invigil.replay.run.ReplayOptions;
import io.invigil.replay.run.ReplayReport;
import io.invigil.replay.run.ReplayRunner;
import io.invigil.report.log.PolicyException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Replays recordings. */
@Command(
        name = "replay",
        description = "Analyses recordings and writes alerts, observations, a summary and a report for each.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:every recording was analysed to its end",
            "1:something failed; one line says what, and whatever was analysed is kept",
            "2:wrong usage",
            "130:interrupted; what was analysed is kept and marked as partial"
        })
final class ReplayCommand implements Callable<Integer> {
    private static final long FINISH_SECONDS = 60;

    private final Console console;
    private final Function<EngineConfig, ProctoringEngine> engines;

    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "FILE",
            arity = "0..*",
            description =
                    "Recordings, or folders whose recordings directly inside are meant, by their suffix. None: the bundled sample"
                            + " recording.")
    private List<Path> files = new ArrayList<>();

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "invigil-out",
            description =
                    "Where results go, one folder a recording: its own from an earlier run is replaced, another's is kept and the"
                            + " name gets -2. Default: ${DEFAULT-VALUE}.")
    private Path out;

    @Option(
            names = "--policy",
            paramLabel = "NAME|FILE",
            defaultValue = "interview",
            description = "What to judge by: a preset or a JSON document. Default: ${DEFAULT-VALUE}.")
    private String policy;

    @Option(
            names = "--accommodations",
            paramLabel = "FILE",
            description = "What the candidate was granted on top of the policy: a JSON array. Default: nothing.")
    private Path accommodations;

    @Option(
            names = "--fps",
            paramLabel = "N",
            defaultValue = "5",
            description = "Frames analysed in a second of the recording; 0: all. Default: ${DEFAULT-VALUE}.")
    private String fps;

    @Option(
            names = "--lanes",
            paramLabel = "N",
            description = "Lanes of the engine, and recordings at once, 1 to 64. Default: one a core.")
    private String lanes;

    @Option(
            names = "--threading",
            paramLabel = "MODE",
            defaultValue = "fused",
            description = "Which threads run the stages: fused, staged or caller. Default: ${DEFAULT-VALUE}.")
    private ThreadingMode threading;

    @Option(names = "--evidence", description = "Write evidence pictures and put them into the report.")
    private boolean evidence;

    @Option(names = "--quiet", description = "Say nothing but errors.")
    private boolean quiet;

    ReplayCommand(Console console, Function<EngineConfig, ProctoringEngine> engines) {
        this.console = console;
        this.engines = engines;
    }

    @Override
    public Integer call() {
        double framesPerSecond = NumberArgument.real(spec, "--fps", fps, 0, 120);
        int engineLanes =
                lanes == null ? EngineConfig.defaults().lanes() : NumberArgument.whole(spec, "--lanes", lanes, 1, 64);
        Policy judgedBy;
        List<Accommodation> granted;
        try {
            judgedBy = PolicyArgument.find(policy);
            granted = accommodations == null ? List.of() : PolicyArgument.accommodations(accommodations, judgedBy);
        } catch (PolicyException wrong) {
            console.error(wrong.getMessage());
            return 2;
        }
        try (ReplayProgress progress = new ReplayProgress(console, quiet)) {
            ReplayOptions options = new ReplayOptions(
                    inputs(), out, framesPerSecond, judgedBy, granted, engineLanes, threading, evidence);
            return run(new ReplayRunner(options, Version.text(), engines, progress), progress);
        } catch (IOException failure) {
            console.error(IoWords.withFile(failure));
        } catch (EngineException failure) {
            console.error("the engine cannot start: " + failure.getMessage());
        }
        return 1;
    }

    private int run(ReplayRunner runner, ReplayProgress progress) throws IOException {
        CountDownLatch done = new CountDownLatch(1);
        // On Ctrl-C the process lives on until this thread ends, so the files are finished first.
        Thread onInterrupt = new Thread(
                () -> {
                    runner.stop();
                    try {
                        done.await(FINISH_SECONDS, TimeUnit.SECONDS);
                    } catch (InterruptedException impatient) {
                        Thread.currentThread().interrupt();
                    }
                },
                "invigil-interrupt");
        Runtime.getRuntime().addShutdownHook(onInterrupt);
        try {
            ReplayReport report = runner.run();
            progress.summarise(report);
            return report.interrupted() ? 130 : report.isClean() ? 0 : 1;
        } finally {
            done.countDown();
            removeHook(onInterrupt);
        }
    }

    private static void removeHook(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException alreadyStopping) {
            // The process is ending already, which is what the hook was for.
            Thread.currentThread().setName("invigil-stopping");
        }
    }

    private List<Path> inputs() throws IOException {
        return files.isEmpty() ? List.of(SampleRecording.unpack()) : files;
    }
}
