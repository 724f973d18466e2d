package io.invigil.replay.eval;

import io.invigil.replay.eval.UnitChart.Point;
import io.invigil.report.page.Html;

/** The curve of right against false acceptance. */
final class RocChart {
    private final IdentityRoc roc;

    RocChart(IdentityRoc roc) {
        this.roc = roc;
    }

    void write(Html html) {
        UnitChart.open(
                        html,
                        "Pairs of one person accepted by pairs of two persons accepted",
                        "pairs of two persons accepted",
                        "pairs of one person accepted")
                .line("mark", 0, 1, 1, 0)
                .curve(
                        "curve recall",
                        roc.points().stream()
                                .map(point -> new Point(point.falseAccepts(), 1 - point.falseRejects()))
                                .toList())
                .close();
    }
}
