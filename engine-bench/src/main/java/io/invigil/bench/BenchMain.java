package io.invigil.bench;

import io.invigil.bench.lanes.LaneDesignBench;
import io.invigil.bench.load.LoadBench;
import io.invigil.bench.peers.PeerBench;
import io.invigil.bench.service.ServiceBench;
import io.invigil.bench.start.StartBench;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.regex.PatternSyntaxException;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.NoBenchmarksException;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** The command {@code ./invigil bench}; docs/benchmarks.md says what it measures. */
public final class BenchMain {
    private static final String USAGE = """
            invigil bench [--quick] [--json FILE] [PATTERN]   JMH benchmarks, all or those that match a regular expression
            invigil bench --list                              their names
            invigil bench frame-cost [--quick]                CPU time and bytes of a 720p frame by stage
            invigil bench --peers [--quick]                   beside MediaPipe, Python and plain Java; installs them once
            invigil bench load [--quick]                      many candidates at once, in process, open loop
            invigil bench load --candidates N[,N...]          so many at once alone, without the requirements
            invigil bench recordings [--quick] FOLDER...      the cost of people who move: folders of pictures, see
                                                              engine-bench/recording-cost
            invigil bench idle                                what 100 sessions without frames cost
            invigil bench capacity [--quick]                  candidates a core, and the cores for 100,000
            invigil bench service [--quick]                   the whole service over sockets, and its cost without an engine
            invigil bench start [--quick]                     a new process to its first alert
            invigil bench rescore [--quick]                   judging an hour's log again, beside analysing the hour
            invigil bench lane-design [--quick]               the experiment behind docs/adr/0001
            """;

    /** A prime, so that candidates do not meet again. */
    private static final int LOAD_FRAMES = 31;

    private static final int LOAD_ROUNDS = 3;
    private static final int MOST_CANDIDATES = 10_000;

    private static final int DISTINCT_FRAMES = 8;
    /** Kept between runs, outside of the source tree. */
    private static final Path PEERS_FOLDER =
            Path.of(System.getProperty("user.home"), ".cache", "invigil", "bench-peers");

    private static final Set<String> MODES = Set.of(
            "frame-cost",
            "recordings",
            "peers",
            "start",
            "load",
            "idle",
            "capacity",
            "service",
            "rescore",
            "lane-design");

    /** Set by the launcher. */
    private static final String COMMIT = "INVIGIL_COMMIT";

    private BenchMain() {}

    /** Runs what the arguments ask for; exit status 2 when they make no sense, 1 when a benchmark failed. */
    public static void main(String[] args) throws Exception {
        int status = run(List.of(args), System.out, System.err);
        if (status != 0) {
            System.exit(status);
        }
    }

    static int run(List<String> args, PrintStream out, PrintStream err) throws Exception {
        List<String> names = new ArrayList<>();
        boolean quick = false;
        boolean list = false;
        Path json = null;
        List<Integer> candidates = List.of();
        for (int i = 0; i < args.size(); i++) {
            String arg = args.get(i);
            if (arg.equals("--help") || arg.equals("-h")) {
                out.print(USAGE);
                return 0;
            } else if (arg.equals("--quick")) {
                quick = true;
            } else if (arg.equals("--peers")) {
                names.add("peers");
            } else if (arg.equals("--list")) {
                list = true;
            } else if (arg.equals("--json") && i + 1 < args.size()) {
                json = Path.of(args.get(++i)).toAbsolutePath();
            } else if (arg.equals("--candidates") && i + 1 < args.size()) {
                String text = args.get(++i);
                candidates = numbers(text);
                if (candidates.isEmpty()) {
                    return misused(
                            err,
                            "--candidates is " + text + ", must be numbers from 1 to " + MOST_CANDIDATES
                                    + ", with commas");
                }
            } else if (arg.startsWith("-")) {
                return misused(err, "unknown option, or one without its value: " + arg);
            } else {
                names.add(arg);
            }
        }
        List<Path> folders = List.of();
        if (!names.isEmpty() && names.get(0).equals("recordings")) {
            folders = names.subList(1, names.size()).stream().map(Path::of).toList();
            names = names.subList(0, 1);
            for (Path folder : folders) {
                if (!Files.isDirectory(folder)) {
                    return misused(err, "no such folder of pictures: " + folder);
                }
            }
            if (folders.isEmpty()) {
                return misused(err, "recordings wants folders of pictures; engine-bench/recording-cost makes them");
            }
        }
        if (names.size() > 1) {
            return misused(err, "one pattern or mode at most, got " + names);
        }
        if (json != null && (json.getParent() == null || !Files.isDirectory(json.getParent()))) {
            return misused(err, "no such folder for --json: " + json.getParent());
        }
        String name = names.isEmpty() ? ".*" : names.get(0);
        if (json != null && MODES.contains(name)) {
            return misused(err, "--json goes with JMH benchmarks, not with " + name);
        }
        if (!candidates.isEmpty() && !name.equals("load")) {
            return misused(err, "--candidates goes with load, not with " + name);
        }
        String command = "./invigil bench" + (quick ? " --quick" : "") + (names.isEmpty() ? "" : " '" + name + "'")
                + " --json FILE";
        switch (name) {
            case "frame-cost" -> FrameCost.run(out, quick);
            case "recordings" -> {
                Machine.describe(out);
                try {
                    RecordingCost.run(folders, out, quick);
                } catch (IllegalArgumentException tooFew) {
                    return misused(err, tooFew.getMessage());
                }
            }
            case "peers" -> {
                Machine.describe(out);
                PeerBench.run(TestFrames.nearFace(1280, 720, DISTINCT_FRAMES), PEERS_FOLDER, out, quick);
            }
            case "start" -> {
                Machine.describe(out);
                StartBench.run(TestFrames.emptyRoom(1280, 720, DISTINCT_FRAMES), out, quick);
            }
            case "load" -> {
                Machine.describe(out);
                LoadBench bench = new LoadBench(TestFrames.nearFace(1280, 720, LOAD_FRAMES), 1, quick ? 10 : 30, out);
                if (candidates.isEmpty()) {
                    bench.measureAll(
                            quick ? List.of(1, 8, 32) : List.of(1, 8, 32, 64, 128, 200), quick ? 1 : LOAD_ROUNDS);
                } else {
                    bench.measureOnly(candidates);
                }
            }
            case "idle" -> {
                Machine.describe(out);
                LoadBench.measureIdle(TestFrames.nearFace(1280, 720, 1).get(0), out);
            }
            case "capacity" -> {
                Machine.describe(out);
                CapacityBench.run(out, quick);
            }
            case "service" -> {
                Machine.describe(out);
                ServiceBench.run(
                        TestFrames.nearFace(1280, 720, DISTINCT_FRAMES),
                        quick ? List.of(1, 8, 32) : List.of(1, 8, 32, 64, 128),
                        quick ? 5 : 60,
                        quick ? 10 : 30,
                        FixedPerception::observation,
                        out);
            }
            case "rescore" -> {
                Machine.describe(out);
                RescoreBench.run(out, quick);
            }
            case "lane-design" -> {
                Machine.describe(out);
                LaneDesignBench.run(out, quick);
            }
            default -> {
                return runJmh(name, list, quick, json, command, out, err);
            }
        }
        return 0;
    }

    /** The numbers of candidates, or none when one of them makes no sense. */
    private static List<Integer> numbers(String text) {
        List<Integer> numbers = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            if (!part.matches("[0-9]{1,5}") || Integer.parseInt(part) < 1 || Integer.parseInt(part) > MOST_CANDIDATES) {
                return List.of();
            }
            numbers.add(Integer.parseInt(part));
        }
        return numbers;
    }

    private static int misused(PrintStream err, String what) {
        err.println("invigil bench: " + what);
        err.print(USAGE);
        return 2;
    }

    private static int runJmh(
            String pattern, boolean list, boolean quick, Path json, String command, PrintStream out, PrintStream err) {
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include(pattern)
                .shouldFailOnError(true)
                .jvmArgs("-Xmx1g", "-XX:+UseSerialGC")
                .addProfiler(GCProfiler.class);
        if (quick) {
            options.forks(1)
                    .warmupIterations(2)
                    .warmupTime(TimeValue.seconds(1))
                    .measurementIterations(3)
                    .measurementTime(TimeValue.seconds(1));
        }
        try {
            Runner runner = new Runner(options.build());
            if (list) {
                runner.list();
            } else {
                Machine.describe(out);
                Collection<RunResult> results = runner.run();
                if (json != null) {
                    ResultsFile.write(json, results, System.getenv().getOrDefault(COMMIT, "unknown"), command);
                }
            }
            return 0;
        } catch (NoBenchmarksException none) {
            err.println("invigil bench: no mode or benchmark of the name " + pattern + "; see --list and --help");
            return 2;
        } catch (PatternSyntaxException wrong) {
            err.println("invigil bench: " + pattern + " is no regular expression: " + wrong.getDescription());
            return 2;
        } catch (RunnerException e) {
            err.println("invigil bench: " + e.getMessage());
            return 1;
        }
    }
}
