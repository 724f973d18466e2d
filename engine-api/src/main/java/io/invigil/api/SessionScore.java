package io.invigil.api;

import java.util.List;
import java.util.Objects;

/**
 * How much of a session its alerts take up, weighed by the policy: {@code points = sum of weight x share}. It sums up what is
 * listed, for sorting what to look at first; it is no verdict on anybody.
 *
 * <p>How it is counted, so that it can be done again by hand from the alerts: the session lasts from its first judged frame to
 * its last judged frame or signal, less the time it was paused. Of each kind the time in which at least one of its alerts holds
 * counts, so alerts that overlap count once; an alert of what the host reports lasts at least {@link #LEAST_REPORTED_NS}. A
 * share is at most 1. The alerts open when the session is asked count as far as they are known to hold.
 *
 * @param sessionNs how long the session lasted without pauses
 * @param terms one for each kind with alerts, in the order of the kinds
 * @param points the sum of the terms' points
 */
public record SessionScore(long sessionNs, List<Term> terms, double points) {
    /** What the host reports happens at a moment; it counts as this long. */
    public static final long LEAST_REPORTED_NS = 1_000_000_000L;
    /** The score of a session without alerts. */
    public static final SessionScore ZERO = new SessionScore(0, List.of(), 0);

    /** Copies the list. */
    public SessionScore {
        terms = List.copyOf(terms);
    }

    /** Adds up terms. */
    public static SessionScore of(long sessionNs, List<Term> terms) {
        double points = 0;
        for (Term term : terms) {
            points += term.points();
        }
        return new SessionScore(sessionNs, terms, points);
    }

    /**
     * What one kind brings.
     *
     * @param kind the kind
     * @param weight the policy's weight, 0 to 100
     * @param durationNs time in which at least one of its alerts holds
     * @param share of the session's time, 0 to 1
     * @param points weight times share
     * @param alertIds the alerts it counts, in the order in which they opened
     */
    public record Term(
            AlertType kind, double weight, long durationNs, double share, double points, List<String> alertIds) {
        /** Copies the list. */
        public Term {
            Objects.requireNonNull(kind, "kind");
            alertIds = List.copyOf(alertIds);
        }

        /** The term of a kind in a session. */
        public static Term of(AlertType kind, double weight, long durationNs, long sessionNs, List<String> alertIds) {
            double share = sessionNs <= 0 ? 0 : Math.min(1, (double) durationNs / sessionNs);
            return new Term(kind, weight, durationNs, share, weight * share, alertIds);
        }
    }
}
