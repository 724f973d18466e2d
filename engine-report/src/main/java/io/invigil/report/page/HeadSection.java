package io.invigil.report.page;

import io.invigil.api.Alert;
import io.invigil.api.AlertType;
import io.invigil.report.log.RecordingInfo;
import io.invigil.report.log.RecordingResult;
import io.invigil.report.log.TracePoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/** The top of the page: which recording, how much of it was analysed, and how many alerts of which kind there are. */
final class HeadSection {
    private static final double MUCH = 0.25;
    private static final double MOST = 0.5;

    private final RecordingResult result;

    HeadSection(RecordingResult result) {
        this.result = result;
    }

    void write(Html html) {
        html.open("header", "class", "top");
        html.open("p", "class", "brand")
                .element("b", "Invigil")
                .text(result.info().isLive() ? "Session report" : "Recording report")
                .close("p");
        html.element("h1", result.fileName());
        html.element("p", facts(), "class", "subtitle");
        html.close("header").line();
        warnings(html);
        summary(html);
    }

    private String facts() {
        RecordingInfo info = result.info();
        String rate = result.settings().fps() == 0
                ? "every frame analysed"
                : Words.number(result.settings().fps()) + " frames a second analysed";
        String at = result.settings().analysedAt().replace('T', ' ').replace("Z", " UTC");
        List<String> facts = new ArrayList<>(List.of(Words.length(result.mediaNs())));
        if (info.uprightWidthPx() > 0) {
            facts.add(info.uprightWidthPx() + " \u00d7 " + info.uprightHeightPx());
        }
        facts.add(info.isLive() ? "a live session" : info.codec().toUpperCase(Locale.ROOT));
        facts.add(rate);
        facts.add("policy " + result.settings().policy().name());
        facts.add(info.isLive() ? "began " + at : at);
        return String.join(" \u00b7 ", facts);
    }

    private void warnings(Html html) {
        if (result.partial() && result.info().isLive()) {
            warn(html, "Still going on.", "The session had not ended when this page was made.");
        } else if (result.partial()) {
            warn(
                    html,
                    "Partial.",
                    "The analysis was stopped before the end of the recording; nothing after the last frame was looked at.");
        }
        if (result.truncated()) {
            warn(html, "Cut off.", "Everything up to the cut was analysed.");
        }
        result.problems().forEach(problem -> warn(html, "Problem.", sentence(problem)));
        blindness(html);
    }

    private static String sentence(String problem) {
        return problem.substring(0, 1).toUpperCase(Locale.ROOT) + problem.substring(1) + ".";
    }

    /** A report must never look clean because nothing could be seen. */
    private void blindness(Html html) {
        double noFace = share(point -> point.face().isUnknown());
        if (noFace >= MUCH) {
            warn(
                    html,
                    "Much was not seen.",
                    "In " + Words.percent(noFace)
                            + " of the frames it could not be told whether anybody is in the picture.");
        }
        double noAttention = share(point -> point.attention().isUnknown());
        boolean judged = result.settings()
                .effectivePolicy()
                .rule(AlertType.EYES_LOOKING_AWAY)
                .enabled();
        if (judged && noAttention >= MOST) {
            warn(
                    html,
                    "Looking away was hardly judged.",
                    "In " + Words.percent(noAttention)
                            + " of the frames it could not be told where the candidate looks.");
        }
    }

    private double share(Predicate<TracePoint> condition) {
        return result.traces().isEmpty()
                ? 1
                : (double) result.traces().stream().filter(condition).count()
                        / result.traces().size();
    }

    private static void warn(Html html, String title, String text) {
        html.open("p", "class", "warning", "role", "note")
                .element("b", title)
                .text(" " + text)
                .close("p");
    }

    private void summary(Html html) {
        List<Alert> alerts = result.alerts();
        html.open("section", "class", "summary", "aria-labelledby", "summary-title");
        html.open("div", "class", "headline");
        html.element(
                "h2",
                alerts.isEmpty()
                        ? "Nothing met a rule"
                        : Words.count(alerts.size(), "observation", "observations") + " worth a look",
                "id",
                "summary-title");
        html.element(
                "p",
                "This page says what was seen and when, and what could not be seen. It draws no conclusion: that is for a person who knows the circumstances.");
        html.close("div");
        if (!alerts.isEmpty()) {
            html.open("ul", "class", "tiles");
            for (AlertType type : AlertType.values()) {
                tile(html, type);
            }
            html.close("ul");
        }
        html.close("section").line();
    }

    private void tile(Html html, AlertType type) {
        List<Alert> alerts =
                result.alerts().stream().filter(alert -> alert.type() == type).toList();
        if (alerts.isEmpty()) {
            return;
        }
        String severity = alerts.stream()
                .map(Alert::severity)
                .max(Enum::compareTo)
                .orElseThrow()
                .wireName();
        html.open("li", "class", "tile " + severity)
                .element("b", Integer.toString(alerts.size()))
                .element("span", Words.of(type))
                .element("small", Words.length(coveredNs(alerts)) + " in all")
                .close("li");
    }

    /** The time in which at least one alert goes on: two objects at once last no longer than one. Alerts come by start. */
    private static long coveredNs(List<Alert> alerts) {
        long totalNs = 0;
        long coveredToNs = Long.MIN_VALUE;
        for (Alert alert : alerts) {
            totalNs += Math.max(0, alert.endNs() - Math.max(alert.startNs(), coveredToNs));
            coveredToNs = Math.max(coveredToNs, alert.endNs());
        }
        return totalNs;
    }
}
