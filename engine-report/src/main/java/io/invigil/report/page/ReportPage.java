package io.invigil.report.page;

import io.invigil.report.card.DetectorCards;
import io.invigil.report.log.RecordingResult;

/**
 * The whole report. It works without its script, which only ties the timeline and the cards together.
 */
public final class ReportPage {
    private ReportPage() {}

    /** The page of one result. */
    public static String write(RecordingResult result) {
        Html html = PageShell.open(result.fileName() + " \u2013 Invigil", "alerts", "Skip to the alerts");
        new HeadSection(result).write(html);
        new Timeline(result).write(html);
        new AlertCards(result).write(html);
        new ScoreSection(result).write(html);
        new BlindSection(result).write(html);
        new RecordSection(result).write(html);
        new MeasuredSection(DetectorCards.bundled(), result.settings()).write(html);
        ReadingSection.write(html);
        return PageShell.close(
                html,
                "Invigil " + result.settings().version() + " \u00b7 " + result.fileName(),
                PageShell.resource(ReportPage.class, "report.js"));
    }
}
