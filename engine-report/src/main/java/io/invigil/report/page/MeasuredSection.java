package io.invigil.report.page;

import io.invigil.api.AlertType;
import io.invigil.api.Policy;
import io.invigil.report.card.DetectorCard;
import io.invigil.report.card.DetectorCards;
import io.invigil.report.log.PolicyDocument;
import io.invigil.report.log.RunSettings;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** How often alerts of each kind were right where that was measured, and whether that was with what ran here. */
final class MeasuredSection {
    private final DetectorCards cards;
    private final RunSettings running;

    MeasuredSection(DetectorCards cards, RunSettings running) {
        this.cards = cards;
        this.running = running;
    }

    void write(Html html) {
        html.open("section", "aria-labelledby", "measured-title", "id", "measured");
        html.element("h2", "How often each kind was right", "id", "measured-title");
        html.element("p", origin(), "class", "lead");
        differences(html);
        html.open("div", "class", "scroll").open("table").open("thead").open("tr");
        for (String name : List.of("Kind", "Labelled events found", "False alerts", "Start off by", "Also measured")) {
            html.element("th", name, "scope", "col");
        }
        html.close("tr").close("thead").open("tbody");
        Arrays.stream(AlertType.values()).filter(type -> !type.isHostReported()).forEach(type -> row(html, type));
        hostRow(html);
        html.close("tbody").close("table").close("div");
        html.element(
                "p",
                "Ranges are 95 % confidence intervals: of a share after Wilson, of a rate after Garwood. Small numbers"
                        + " say little, and none of this says how it would go with other people and cameras.",
                "class",
                "quiet");
        html.close("section").line();
    }

    private String origin() {
        DetectorCards.Dataset data = cards.data();
        DetectorCards.Method method = cards.method();
        return String.format(
                Locale.ROOT,
                "Measured on %s on %s: %s, %s, %s%s, under the policy %s at %s. %s",
                cards.measuredAt().substring(0, Math.min(10, cards.measuredAt().length())),
                data.name(),
                Words.count(data.clips(), "recording", "recordings"),
                Words.length(Math.round(data.hours() * 3600e9)),
                Words.count(data.people(), "person", "people"),
                data.stills() > 0 ? ", " + Words.count(data.stills(), "still", "stills") : "",
                method.policy(),
                method.fps() == 0 ? "every frame" : Words.number(method.fps()) + " frames a second",
                data.note());
    }

    private void differences(Html html) {
        String others = cards.cards().stream()
                .flatMap(card -> cards.otherModels(card, running.modelHashes()).stream())
                .distinct()
                .sorted()
                .collect(Collectors.joining(", "));
        if (!others.isEmpty()) {
            html.open("p", "class", "warning", "role", "note")
                    .element("b", "Measured with other models.")
                    .text(" Not the same there and here: " + others + ".")
                    .close("p");
        }
        if (!isMeasured(running.effectivePolicy())
                || running.fps() != cards.method().fps()) {
            html.element(
                    "p",
                    "This recording was judged by " + policy() + " at "
                            + (running.fps() == 0 ? "every frame" : Words.number(running.fps()) + " frames a second")
                            + ", under which the figures may differ.",
                    "class",
                    "lead");
        }
    }

    private String policy() {
        String name = running.policy().name();
        boolean namesake = name.equals(cards.method().policy()) && !isMeasured(running.policy());
        return (namesake ? "another policy of the name " : "the policy ")
                + name
                + (running.accommodations().isEmpty() ? "" : " with the candidate's accommodations");
    }

    /** Whether the settings are those the figures were measured under, whatever they are called. */
    private boolean isMeasured(Policy policy) {
        DetectorCards.Method method = cards.method();
        Policy underThatName = policy.toBuilder().name(method.policy()).build();
        return PolicyDocument.sha256(underThatName).equals(method.policySha256());
    }

    private void row(Html html, AlertType type) {
        DetectorCard card = cards.card(type)
                .orElseGet(
                        () -> DetectorCard.notMeasured(type, List.of(), "This kind is younger than the measurement."));
        boolean on = running.effectivePolicy().rule(type).enabled();
        html.open("tr", "class", on && card.isMeasured() ? null : "off").open("th", "scope", "row");
        html.text(Words.of(type));
        if (!on) {
            html.element(
                    "small",
                    running.policy().rule(type).enabled() ? "silenced by an accommodation" : "off in this policy");
        }
        List<String> others = cards.otherModels(card, running.modelHashes());
        if (card.isMeasured() && !others.isEmpty()) {
            html.element("small", "measured with other models: " + String.join(", ", others));
        }
        html.close("th");
        html.element("td", Figures.of(card.recall())).element("td", Figures.of(card.falseAlerts()));
        html.element("td", Figures.of(card.startError())).open("td", "class", "quiet");
        if (card.figures().isEmpty() && card.note().isEmpty() && card.undecidable() == 0) {
            html.text("\u2013");
        }
        for (DetectorCard.Figure figure : card.figures()) {
            html.open("div").text(figure.name() + ": " + figure.value()).close("div");
        }
        if (card.undecidable() > 0) {
            html.open("div")
                    .text(Words.count(card.undecidable(), "alert", "alerts") + " that the labels cannot decide")
                    .close("div");
        }
        if (!card.note().isEmpty()) {
            html.open("div").text(card.note()).close("div");
        }
        html.close("td").close("tr");
    }

    private static void hostRow(Html html) {
        html.open("tr", "class", "off")
                .element("th", "What the host reports", "scope", "row")
                .element("td", Figures.NOT_MEASURED)
                .element("td", Figures.NOT_MEASURED)
                .element("td", Figures.NOT_MEASURED)
                .element("td", "The engine writes down what it is told.", "class", "quiet")
                .close("tr");
    }
}
