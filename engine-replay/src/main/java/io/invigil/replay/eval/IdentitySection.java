package io.invigil.replay.eval;

import io.invigil.report.page.Figures;
import java.util.Locale;
import java.util.Optional;

/** How well faces are told apart, over pairs of labelled stills. */
final class IdentitySection {
    private IdentitySection() {}

    static void write(PageParts parts, Optional<IdentityScore> measured) {
        parts.section("identity", "Identity");
        IdentityScore score = measured.filter(IdentityScore::isMeasured).orElse(null);
        if (score == null) {
            parts.lead("Not measured.");
        } else {
            IdentityRoc roc = score.roc();
            parts.lead(String.format(
                    Locale.ROOT,
                    "Equal error rate %.1f %% at distance %.3f, area under the curve %.4f, over %d pairs of"
                            + " stills of one person and %d of two; %d pairs were not compared, as a face was not"
                            + " fit for it. Stills of one person often come from one source, which makes them"
                            + " easier to tell than in life.",
                    100 * roc.equalErrorRate(),
                    roc.equalErrorDistance(),
                    roc.area(),
                    roc.samePairs(),
                    roc.otherPairs(),
                    score.notCompared()));
            parts.html()
                    .element(
                            "p",
                            "By a single look, two persons are told in " + Figures.of(score.found())
                                    + ", one person is taken for two in "
                                    + Figures.of(score.alarms()) + ", and " + Figures.of(score.unclear())
                                    + " are left open. The rule decides over several looks.");
            new RocChart(roc).write(parts.html());
        }
        parts.endSection();
    }
}
