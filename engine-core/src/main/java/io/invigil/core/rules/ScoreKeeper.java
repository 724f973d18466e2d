package io.invigil.core.rules;

import io.invigil.api.Alert;
import io.invigil.api.AlertPhase;
import io.invigil.api.AlertType;
import io.invigil.api.Policy;
import io.invigil.api.SessionScore;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Adds up for the score how long each kind's alerts lasted. Alerts of one kind are numbered as they open, so a count stands for
 * their ids; stretches that nothing can overlap any more are kept as one sum.
 */
final class ScoreKeeper {
    /** An alert that opens from now on set in at most this long ago: longer than the longest hold. */
    private static final long SETTLED_NS = 600_000_000_000L;

    private static final int MOST_STRETCHES = 100_000;
    private static final long NEVER = Long.MIN_VALUE;

    /** What is known of one kind. */
    private static final class Kind {
        /** Start and end of closed alerts, apart from each other and in order. */
        final List<long[]> stretches = new ArrayList<>();

        long settledNs;
        int opened;
    }

    private final Policy policy;
    private final Map<AlertType, Kind> kinds = new EnumMap<>(AlertType.class);
    private long firstNs = NEVER;
    private long lastNs = NEVER;
    private long pausedSinceNs = NEVER;
    private long pausedNs;

    ScoreKeeper(Policy policy) {
        this.policy = policy;
        for (AlertType type : AlertType.values()) {
            kinds.put(type, new Kind());
        }
    }

    /** A frame was judged. */
    void frame(long timestampNs) {
        if (firstNs == NEVER) { // What was told before it is no part of the session.
            firstNs = timestampNs;
            lastNs = timestampNs;
        }
        lastNs = Math.max(lastNs, timestampNs);
    }

    /** A signal was judged. */
    void signal(long timestampNs) {
        lastNs = Math.max(lastNs, timestampNs);
    }

    /** The newest media time that is known, of a frame or of a signal. */
    OptionalLong newestNs() {
        return lastNs == NEVER ? OptionalLong.empty() : OptionalLong.of(lastNs);
    }

    /** The host paused the session or went on with it. */
    void pause(long timestampNs, boolean paused) {
        if (paused) {
            pausedSinceNs = timestampNs;
        } else if (pausedSinceNs != NEVER) {
            // What was paused before the first frame is no part of the session.
            pausedNs += firstNs == NEVER ? 0 : Math.max(0, timestampNs - pausedSinceNs);
            pausedSinceNs = NEVER;
        }
    }

    /** Takes what was told. */
    void take(List<Alert> told) {
        for (int i = 0; i < told.size(); i++) { // No iterator: this is asked on every frame.
            Alert alert = told.get(i);
            Kind kind = kinds.get(alert.type());
            if (alert.phase() == AlertPhase.OPENED) {
                kind.opened++;
            } else if (alert.phase() == AlertPhase.CLOSED) {
                add(kind.stretches, stretch(alert));
            }
        }
    }

    private static long[] stretch(Alert alert) {
        long leastNs = alert.type().isHostReported() ? SessionScore.LEAST_REPORTED_NS : 0;
        return new long[] {alert.startNs(), Math.max(alert.endNs(), alert.startNs() + leastNs)};
    }

    /** Adds a stretch and joins it with those it touches. */
    private static void add(List<long[]> stretches, long[] added) {
        int at = stretches.size();
        while (at > 0 && stretches.get(at - 1)[1] >= added[0]) {
            at--;
        }
        long[] joined = added.clone();
        while (at < stretches.size() && stretches.get(at)[0] <= joined[1]) {
            long[] other = stretches.remove(at);
            joined[0] = Math.min(joined[0], other[0]);
            joined[1] = Math.max(joined[1], other[1]);
        }
        stretches.add(at, joined);
    }

    /** Puts together what nothing that opens later can overlap. */
    private void settle(List<Alert> open) {
        kinds.forEach((type, kind) -> {
            long untilNs = lastNs - SETTLED_NS;
            for (Alert alert : open) {
                untilNs = alert.type() == type ? Math.min(untilNs, alert.startNs()) : untilNs;
            }
            while (!kind.stretches.isEmpty() && kind.stretches.get(0)[1] < untilNs) {
                long[] oldest = kind.stretches.remove(0);
                kind.settledNs += oldest[1] - oldest[0];
            }
        });
    }

    /** The score as it stands. */
    SessionScore score(List<Alert> open) {
        long endNs = pausedSinceNs == NEVER ? lastNs : Math.min(lastNs, pausedSinceNs);
        long sessionNs = firstNs == NEVER ? 0 : Math.max(0, endNs - firstNs - pausedNs);
        List<SessionScore.Term> terms = new ArrayList<>();
        kinds.forEach((type, kind) -> {
            if (kind.opened > 0) {
                terms.add(term(type, kind, open, sessionNs));
            }
        });
        return SessionScore.of(sessionNs, terms);
    }

    private SessionScore.Term term(AlertType type, Kind kind, List<Alert> open, long sessionNs) {
        List<long[]> all = new ArrayList<>(kind.stretches);
        for (Alert alert : open) {
            if (alert.type() == type) {
                add(all, stretch(alert));
            }
        }
        long durationNs = kind.settledNs;
        for (long[] stretch : all) {
            durationNs += stretch[1] - stretch[0];
        }
        List<String> ids = new ArrayList<>(kind.opened);
        for (int number = 1; number <= kind.opened; number++) {
            ids.add(AlertNumbers.id(type, number));
        }
        return SessionScore.Term.of(type, policy.rule(type).weight(), durationNs, sessionNs, ids);
    }

    void exchange(StateExchange state, List<Alert> open) {
        settle(open);
        firstNs = state.of(firstNs);
        lastNs = state.of(lastNs);
        pausedSinceNs = state.of(pausedSinceNs);
        pausedNs = state.of(pausedNs);
        for (Kind kind : kinds.values()) {
            kind.settledNs = state.of(kind.settledNs);
            kind.opened = state.of(kind.opened);
            List<long[]> before = new ArrayList<>(kind.stretches);
            int count = state.count(before.size(), MOST_STRETCHES);
            kind.stretches.clear();
            for (int i = 0; i < count; i++) {
                long[] stretch = i < before.size() ? before.get(i) : new long[2];
                state.all(stretch);
                kind.stretches.add(stretch);
            }
        }
    }
}
