package io.invigil.wire;

import java.util.List;

/**
 * What the alerts add up to. No verdict: a sum whose every term names its alerts.
 *
 * @param points the sum of the terms' points
 * @param terms one for each kind that contributes
 */
public record ScoreView(double points, List<TermView> terms) {
    /** Nothing yet. */
    public static final ScoreView ZERO = new ScoreView(0, List.of());

    /** Copies the list. */
    public ScoreView {
        points = Finite.rounded(points);
        terms = List.copyOf(terms);
    }

    /**
     * One kind's part.
     *
     * @param kind the kind's wire name
     * @param weight the policy's weight
     * @param durationS seconds in which the kind held
     * @param share that time over the session's, 0 to 1
     * @param points weight times share
     * @param alertIds the alerts it comes from
     */
    public record TermView(
            String kind, double weight, double durationS, double share, double points, List<String> alertIds) {
        /** Copies the list. */
        public TermView {
            weight = Finite.rounded(weight);
            durationS = Finite.rounded(durationS);
            share = Finite.rounded(share);
            points = Finite.rounded(points);
            alertIds = List.copyOf(alertIds);
        }
    }
}
