package io.invigil.report.rescore;

import io.invigil.api.Alert;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What became of an alert when a session was judged again. Two alerts are the same when they are of one kind, speak of one
 * thing and overlap in time; the pair that overlaps most is matched first.
 *
 * @param before as it was; empty when it appears
 * @param after as it is; empty when it vanishes
 */
public record AlertChange(Optional<Alert> before, Optional<Alert> after) {
    /** How an alert changed. */
    public enum Kind {
        /** It was not there before. */
        APPEARS,
        /** It is not there any more. */
        VANISHES,
        /** It is there with another time, severity or reason. */
        MOVES
    }

    /** Checks that one of them is there. */
    public AlertChange {
        if (before.isEmpty() && after.isEmpty()) {
            throw new IllegalArgumentException("a change must have a before or an after");
        }
    }

    /** How it changed. */
    public Kind kind() {
        return before.isEmpty() ? Kind.APPEARS : after.isEmpty() ? Kind.VANISHES : Kind.MOVES;
    }

    private long startNs() {
        return after.or(() -> before).orElseThrow().startNs();
    }

    private record Pair(Alert before, Alert after) {
        long overlapNs() {
            return Math.min(before.endNs(), after.endNs()) - Math.max(before.startNs(), after.startNs());
        }
    }

    /** The changes between two judgements of one session, by start. */
    public static List<AlertChange> between(List<Alert> before, List<Alert> after) {
        List<Pair> pairs = new ArrayList<>();
        for (Alert old : before) {
            for (Alert now : after) {
                Pair pair = new Pair(old, now);
                if (subject(old).equals(subject(now)) && pair.overlapNs() >= 0) {
                    pairs.add(pair);
                }
            }
        }
        pairs.sort(Comparator.comparingLong(Pair::overlapNs).reversed());
        List<Alert> vanished = new ArrayList<>(before);
        List<Alert> appeared = new ArrayList<>(after);
        List<AlertChange> changes = new ArrayList<>();
        for (Pair pair : pairs) {
            if (vanished.contains(pair.before) && appeared.contains(pair.after)) {
                vanished.remove(pair.before);
                appeared.remove(pair.after);
                if (differs(pair.before, pair.after)) {
                    changes.add(new AlertChange(Optional.of(pair.before), Optional.of(pair.after)));
                }
            }
        }
        vanished.forEach(alert -> changes.add(new AlertChange(Optional.of(alert), Optional.empty())));
        appeared.forEach(alert -> changes.add(new AlertChange(Optional.empty(), Optional.of(alert))));
        changes.sort(Comparator.comparingLong(AlertChange::startNs));
        return changes;
    }

    private static List<String> subject(Alert alert) {
        return List.of(
                alert.type().wireName(),
                alert.details().getOrDefault("object", ""),
                alert.details().getOrDefault("event", ""));
    }

    private static boolean differs(Alert a, Alert b) {
        return a.startNs() != b.startNs()
                || a.endNs() != b.endNs()
                || a.severity() != b.severity()
                || !Objects.equals(a.message(), b.message());
    }
}
