package io.invigil.replay;

import io.invigil.api.Alert;
import io.invigil.api.AlertType;
import io.invigil.api.EngineException;
import io.invigil.api.Policy;
import io.invigil.replay.run.IoWords;
import io.invigil.report.log.JournalHead;
import io.invigil.report.log.MediaTime;
import io.invigil.report.log.PolicyException;
import io.invigil.report.log.ScoreText;
import io.invigil.report.rescore.AlertChange;
import io.invigil.report.rescore.Journal;
import io.invigil.report.rescore.RescoreFiles;
import io.invigil.report.rescore.RescoreResult;
import io.invigil.report.rescore.Rescoring;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Judges an observation log again. */
@Command(
        name = "rescore",
        description =
                "Judges a session again from its observation log, without the recording: the alerts are those of a"
                        + " replay under the policy. Kinds that were not looked for cannot be judged; they are named.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:it was judged, apart from the kinds named",
            "1:the log cannot be read or judged or is cut off, or results cannot be written",
            "2:wrong usage"
        })
final class RescoreCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(paramLabel = "LOG", description = "The observations.jsonl of a replay or a session.")
    private Path log;

    @Option(
            names = "--policy",
            paramLabel = "NAME|FILE",
            required = true,
            description = "What to judge by: a preset or a JSON document.")
    private String policy;

    @Option(
            names = "--diff",
            paramLabel = "NAME|FILE",
            description = "Lists the alerts that appear, vanish or move when this policy takes the place of the other,"
                    + " of the kinds that can be judged under both.")
    private String other;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Writes alerts.jsonl, events.jsonl and rescore.json there;"
                    + " not into the folder of the log or of a replay's own results.")
    private Path out;

    RescoreCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Policy judgedBy;
        Policy comparedWith;
        try {
            judgedBy = PolicyArgument.find(policy);
            comparedWith = other == null ? null : PolicyArgument.find(other);
        } catch (PolicyException wrong) {
            console.error(wrong.getMessage());
            return 2;
        }
        try {
            if (out != null && RescoreFiles.holdsLogOrResults(out, log)) {
                console.error(
                        "--out is " + out + ", which holds the log or a replay's own results; name another folder");
                return 2;
            }
            Journal journal = Journal.read(log);
            if (journal.cutOff()) {
                console.error(log + ": the log is cut off in line "
                        + (journal.entries().size() + 2)
                        + ", as by an analysis that was killed; what lies before is judged");
            }
            RescoreResult result = judge(journal, judgedBy);
            if (comparedWith == null) {
                result.alerts().forEach(alert -> console.line("  " + text(alert)));
                summarise(judgedBy, result);
            } else {
                RescoreResult compared = judge(journal, comparedWith);
                changes(result, compared).forEach(this::tell);
                summarise(judgedBy, result);
                summarise(comparedWith, compared);
            }
            boolean written = out == null || write(journal.head(), judgedBy, result);
            return written && !journal.cutOff() ? 0 : 1;
        } catch (IOException failure) {
            console.error(log + ": " + IoWords.of(failure));
        } catch (EngineException | IllegalArgumentException failure) {
            console.error(log + ": it cannot be judged: " + failure.getMessage());
        }
        return 1;
    }

    private boolean write(JournalHead head, Policy by, RescoreResult result) {
        try {
            RescoreFiles.write(out, head, by, result);
            return true;
        } catch (IOException failure) {
            console.error("cannot write to " + out + ": " + IoWords.of(failure));
            return false;
        }
    }

    private RescoreResult judge(Journal journal, Policy by) {
        Rescoring rescoring = new Rescoring(journal.head(), by);
        rescoring
                .cannot()
                .forEach((kind, reason) ->
                        console.error("CANNOT rescore " + kind.wireName() + " under " + by.name() + ": " + reason));
        return journal.judge(rescoring);
    }

    /** Of a kind that one of them cannot judge, nobody knows what appears or vanishes. */
    private static List<AlertChange> changes(RescoreResult before, RescoreResult after) {
        Set<AlertType> open = EnumSet.noneOf(AlertType.class);
        open.addAll(before.cannot().keySet());
        open.addAll(after.cannot().keySet());
        return AlertChange.between(without(open, before.alerts()), without(open, after.alerts()));
    }

    private static List<Alert> without(Set<AlertType> kinds, List<Alert> alerts) {
        return alerts.stream().filter(alert -> !kinds.contains(alert.type())).toList();
    }

    private void summarise(Policy by, RescoreResult result) {
        console.line(String.format(
                Locale.ROOT,
                "%s: %s in %d frames, score %s%s",
                by.name(),
                result.alerts().size() == 1 ? "1 alert" : result.alerts().size() + " alerts",
                result.frames(),
                ScoreText.points(result.score().points()),
                result.cannot().isEmpty()
                        ? ""
                        : ", partial: without "
                                + result.cannot().keySet().stream()
                                        .map(AlertType::wireName)
                                        .collect(Collectors.joining(", "))));
    }

    private void tell(AlertChange change) {
        switch (change.kind()) {
            case APPEARS -> console.line("+ " + text(change.after().orElseThrow()));
            case VANISHES -> console.line("- " + text(change.before().orElseThrow()));
            case MOVES -> {
                console.line("~ " + text(change.before().orElseThrow()));
                console.line("  " + text(change.after().orElseThrow()));
            }
        }
    }

    private static String text(Alert alert) {
        return String.format(
                Locale.ROOT,
                "%8s  %6.1f s  %-8s  %-18s  %s",
                MediaTime.clock(alert.startNs()),
                (alert.endNs() - alert.startNs()) / 1e9,
                alert.severity().wireName(),
                alert.type().wireName(),
                alert.message());
    }
}
