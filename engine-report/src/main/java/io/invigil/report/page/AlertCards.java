package io.invigil.report.page;

import io.invigil.api.Alert;
import io.invigil.report.log.MediaTime;
import io.invigil.report.log.RecordingResult;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;

/** One card for each alert: what, when, why, how sure. */
final class AlertCards {
    private final RecordingResult result;

    AlertCards(RecordingResult result) {
        this.result = result;
    }

    void write(Html html) {
        html.open("section", "aria-labelledby", "alerts-title", "id", "alerts");
        html.element("h2", "Alerts", "id", "alerts-title");
        if (result.alerts().isEmpty()) {
            html.element(
                    "p",
                    "No rule of the policy was met. Read the next section before taking that for more than it says.",
                    "class",
                    "lead");
        }
        html.open("ol", "class", result.pictures().isEmpty() ? "cards" : "cards pictures");
        result.alerts().forEach(alert -> card(html, alert));
        html.close("ol").close("section").line();
    }

    private void card(Html html, Alert alert) {
        byte[] picture = result.pictures().get(alert.id());
        html.open(
                "li",
                "id",
                "card-" + alert.id(),
                "class",
                "card " + alert.severity().wireName() + (picture == null ? "" : " pictured"),
                "data-alert",
                alert.id(),
                "tabindex",
                "-1");
        if (picture != null) {
            html.open("figure")
                    .open(
                            "img",
                            "src",
                            "data:image/jpeg;base64," + Base64.getEncoder().encodeToString(picture),
                            "alt",
                            "Evidence frame at "
                                    + MediaTime.clock(alert.evidence().timestampNs()))
                    .element(
                            "figcaption",
                            "Frame at " + MediaTime.clock(alert.evidence().timestampNs()))
                    .close("figure");
        }
        html.open("div", "class", "body");
        html.open("header")
                .element("h3", Words.of(alert.type()))
                .element("span", alert.severity().wireName(), "class", "pill")
                .close("header");
        html.element("p", alert.message(), "class", "reason");
        html.open("dl", "class", "facts");
        fact(html, "From", MediaTime.clock(alert.startNs()));
        fact(html, "To", MediaTime.clock(alert.endNs()));
        fact(html, "Lasted", Words.length(alert.endNs() - alert.startNs()));
        confidence(html, alert.confidence());
        for (Map.Entry<String, String> detail : alert.details().entrySet()) {
            fact(html, capital(Words.plain(detail.getKey())), Words.plain(detail.getValue()));
        }
        html.close("dl");
        html.open("p", "class", "trail")
                .element("code", alert.id())
                .text(" \u00b7 evidence: analysed frame "
                        + Words.grouped(alert.evidence().frameIndex()) + " at "
                        + MediaTime.seconds(alert.evidence().timestampNs()) + " s")
                .close("p");
        html.close("div").close("li").line();
    }

    private static void confidence(Html html, double confidence) {
        String percent = Math.round(confidence * 100) + " %";
        html.open("div").element("dt", "Confidence").open("dd", "class", "sure");
        html.open("span", "class", "meter", "aria-hidden", "true")
                .open("i", "style", "width:" + String.format(Locale.ROOT, "%.0f%%", confidence * 100))
                .close("i")
                .close("span");
        html.text(percent).close("dd").close("div");
    }

    private static void fact(Html html, String name, String value) {
        html.open("div").element("dt", name).element("dd", value).close("div");
    }

    private static String capital(String text) {
        return text.isEmpty() ? text : text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    }
}
