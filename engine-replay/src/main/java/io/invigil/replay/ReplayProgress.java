package io.invigil.replay;

import io.invigil.replay.run.ReplayListener;
import io.invigil.replay.run.ReplayReport;
import io.invigil.report.log.MediaTime;
import io.invigil.report.log.RecordingResult;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Tells a person how a replay gets on: a bar on a terminal, a line for each recording elsewhere. Thread-safe. */
final class ReplayProgress implements ReplayListener, AutoCloseable {
    private static final int BAR_CELLS = 28;
    private static final long REFRESH_NS = 150_000_000L;

    private final Console console;
    private final boolean quiet;
    private final Map<Path, Position> positions = new ConcurrentHashMap<>();
    private long beganNs = System.nanoTime();
    private long refreshedNs = beganNs - REFRESH_NS;

    /** How far a recording has been read. */
    private record Position(double share, long mediaNs) {}

    ReplayProgress(Console console, boolean quiet) {
        this.console = console;
        this.quiet = quiet;
    }

    @Override
    public void leftAlone(String what) {
        if (!quiet) {
            console.note(what);
        }
    }

    /** Told even when quiet: whoever looks where results usually are would take another's for these. */
    @Override
    public void movedOn(Path recording, Path held, Path folder) {
        console.error(recording + ": " + held + " holds other files than its results; its results go to " + folder);
    }

    @Override
    public synchronized void planned(Collection<Path> recordings) {
        recordings.forEach(recording -> positions.put(recording, new Position(0, 0)));
        // Starting the engine is no part of the speed.
        beganNs = System.nanoTime();
    }

    @Override
    public void started(Path recording) {
        if (!quiet && !console.terminal()) {
            console.note("analysing " + recording.getFileName());
        }
    }

    @Override
    public void advanced(Path recording, double share, long mediaNs) {
        positions.put(recording, new Position(share, mediaNs));
        if (!quiet && console.terminal()) {
            refresh();
        }
    }

    private synchronized void refresh() {
        long now = System.nanoTime();
        if (now - refreshedNs < REFRESH_NS) {
            return;
        }
        refreshedNs = now;
        double share = positions.values().stream()
                .mapToDouble(Position::share)
                .average()
                .orElse(0);
        long mediaNs = positions.values().stream().mapToLong(Position::mediaNs).sum();
        double elapsedNs = Math.max(1, now - beganNs);
        int filled = (int) Math.round(share * BAR_CELLS);
        String left =
                share > 0.01 ? MediaTime.wholeClock(Math.round((1 - share) / share * elapsedNs / 1e9)) + " left" : "";
        console.bar(String.format(
                Locale.ROOT,
                "  %s%s %3.0f %%  %5.1f x real time  %s",
                "#".repeat(filled),
                ".".repeat(BAR_CELLS - filled),
                share * 100,
                mediaNs / elapsedNs,
                left));
    }

    @Override
    public void finished(Path recording, RecordingResult result, Path folder) {
        positions.put(recording, new Position(1, result.mediaNs()));
        result.problems().forEach(problem -> console.error(recording + ": " + problem));
        if (quiet) {
            return;
        }
        long analysed = result.accounting().session().analysed();
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                Locale.ROOT,
                "%s: %s, %s analysed, %.1f x real time%s",
                recording.getFileName(),
                result.alerts().size() == 1 ? "1 alert" : result.alerts().size() + " alerts",
                analysed == 1 ? "1 frame" : analysed + " frames",
                result.timing().speed(result.mediaNs()),
                result.partial() ? " (stopped early: partial)" : ""));
        result.alerts()
                .forEach(alert -> lines.add(String.format(
                        Locale.ROOT,
                        "  %8s  %6.1f s  %-8s  %-18s  %s",
                        MediaTime.clock(alert.startNs()),
                        (alert.endNs() - alert.startNs()) / 1e9,
                        alert.severity().wireName(),
                        alert.type().wireName(),
                        alert.message())));
        lines.add("  report: " + folder.resolve("report.html").toAbsolutePath().normalize());
        console.lines(lines);
    }

    @Override
    public void failed(Path recording, String reason) {
        positions.put(recording, new Position(1, 0));
        console.error(recording.toString().isEmpty() ? reason : recording + ": " + reason);
    }

    /** The last word, when there was more than one recording. */
    void summarise(ReplayReport report) {
        if (!quiet && report.recordings() > 1) {
            console.line(report.clean() + " of " + report.recordings() + " recordings analysed without a problem");
        }
    }

    @Override
    public void close() {
        console.clearBar();
    }
}
