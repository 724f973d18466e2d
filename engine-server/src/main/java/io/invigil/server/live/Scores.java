package io.invigil.server.live;

import io.invigil.api.Alert;
import io.invigil.api.AlertType;
import io.invigil.api.Policy;
import io.invigil.api.SessionEvent;
import io.invigil.api.SessionScore;
import io.invigil.server.record.TraceSpan;
import io.invigil.wire.AlertView;
import io.invigil.wire.ScoreView;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Scores on the wire, and the score of a session that is over, counted from what is kept as {@link SessionScore} says. */
final class Scores {
    private static final double NANOS_PER_SECOND = 1e9;

    private Scores() {}

    static ScoreView view(String sessionId, SessionScore score) {
        return new ScoreView(
                score.points(),
                score.terms().stream()
                        .map(term -> new ScoreView.TermView(
                                term.kind().wireName(),
                                term.weight(),
                                term.durationNs() / NANOS_PER_SECOND,
                                term.share(),
                                term.points(),
                                term.alertIds().stream()
                                        .map(id -> AlertView.idOf(sessionId, id))
                                        .toList()))
                        .toList());
    }

    /** The score of kept alerts, in the order they opened, under the policy the session was judged by. */
    static SessionScore ofKept(
            Policy policy, List<Alert> alerts, Optional<TraceSpan> trace, List<SessionEvent> events) {
        long sessionNs = trace.isEmpty() ? 0 : sessionNs(trace.get(), alerts, events);
        Map<AlertType, List<Alert>> kinds = new EnumMap<>(AlertType.class);
        alerts.forEach(alert ->
                kinds.computeIfAbsent(alert.type(), kind -> new ArrayList<>()).add(alert));
        List<SessionScore.Term> terms = new ArrayList<>();
        kinds.forEach((kind, ofKind) -> terms.add(SessionScore.Term.of(
                kind,
                policy.rule(kind).weight(),
                unionNs(ofKind),
                sessionNs,
                ofKind.stream().map(Alert::id).toList())));
        return SessionScore.of(sessionNs, terms);
    }

    private static long sessionNs(TraceSpan trace, List<Alert> alerts, List<SessionEvent> events) {
        long lastNs = trace.lastNs();
        for (Alert alert : alerts) {
            lastNs = Math.max(lastNs, alert.type().isHostReported() ? alert.endNs() : lastNs);
        }
        long pausedNs = 0;
        long pausedAtNs = Long.MIN_VALUE;
        for (SessionEvent event : events) {
            if (event.kind() == SessionEvent.Kind.PAUSED) {
                pausedAtNs = event.startNs();
            } else if (event.kind() == SessionEvent.Kind.RESUMED && pausedAtNs != Long.MIN_VALUE) {
                pausedNs += event.startNs() - pausedAtNs;
                pausedAtNs = Long.MIN_VALUE;
            }
        }
        return Math.max(0, lastNs - trace.firstNs() - pausedNs);
    }

    /** Time in which at least one of the alerts holds. */
    private static long unionNs(List<Alert> alerts) {
        long sumNs = 0;
        long coveredToNs = Long.MIN_VALUE;
        for (Alert alert :
                alerts.stream().sorted(Comparator.comparingLong(Alert::startNs)).toList()) {
            long endNs = alert.type().isHostReported()
                    ? Math.max(alert.endNs(), alert.startNs() + SessionScore.LEAST_REPORTED_NS)
                    : alert.endNs();
            long fromNs = Math.max(alert.startNs(), coveredToNs);
            if (endNs > fromNs) {
                sumNs += endNs - fromNs;
                coveredToNs = endNs;
            }
        }
        return sumNs;
    }
}
