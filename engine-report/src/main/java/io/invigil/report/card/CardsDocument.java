package io.invigil.report.card;

import io.invigil.api.AlertType;
import io.invigil.report.card.DetectorCard.Figure;
import io.invigil.report.log.JsonText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Detector cards as a JSON document, schema 1. What was not measured is {@code null}. Shares, rates and their intervals are
 * written for readers; reading works them out again from the counts.
 */
public final class CardsDocument {
    private static final int SCHEMA = 1;

    private CardsDocument() {}

    /** The document, ending with a line break. */
    public static String write(DetectorCards cards) {
        JsonText json = JsonText.indented()
                .object()
                .member("schema", SCHEMA)
                .member("measured_at", cards.measuredAt())
                .member("version", cards.version());
        DetectorCards.Dataset data = cards.data();
        json.name("data")
                .object()
                .member("name", data.name())
                .member("note", data.note())
                .member("labels_sha256", data.labelsSha256())
                .member("clips", data.clips())
                .member("hours", data.hours())
                .member("quiet_clips", data.quietClips())
                .member("quiet_hours", data.quietHours())
                .member("people", data.people())
                .member("stills", data.stills())
                .endObject();
        DetectorCards.Method method = cards.method();
        json.name("method")
                .object()
                .member("policy", method.policy())
                .member("policy_sha256", method.policySha256())
                .member("fps", method.fps())
                .member("min_event_s", method.minEventSeconds())
                .member("tolerance_s", method.toleranceSeconds())
                .endObject();
        json.name("models").object();
        cards.modelHashes().forEach(json::member);
        json.endObject();
        json.name("cards").array();
        cards.cards().forEach(card -> write(json, card));
        return json.endArray().endObject() + "\n";
    }

    private static void write(JsonText json, DetectorCard card) {
        json.object().member("kind", card.kind().wireName()).member("measured", card.isMeasured());
        json.name("models").array();
        card.models().forEach(json::value);
        json.endArray();
        write(json.name("recall"), card.recall());
        write(json.name("false_alerts"), card.falseAlerts());
        write(json.name("false_alerts_quiet"), card.quietFalseAlerts());
        json.member("undecidable", card.undecidable());
        write(json.name("start_error_s"), card.startError());
        write(json.name("end_error_s"), card.endError());
        write(json.name("beyond_hold_s"), card.beyondHold());
        json.member("alerts_per_event", card.alertsPerEvent());
        json.name("figures").array();
        card.figures()
                .forEach(figure -> json.object()
                        .member("name", figure.name())
                        .member("value", figure.value())
                        .endObject());
        json.endArray().member("note", card.note()).endObject();
    }

    /** Writes a share with its interval as the next value. */
    public static void write(JsonText json, Proportion share) {
        if (!share.isMeasured()) {
            json.value((String) null);
            return;
        }
        json.object()
                .member("hits", share.hits())
                .member("total", share.total())
                .member("share", rounded(share.share()))
                .member("low", rounded(share.low()))
                .member("high", rounded(share.high()))
                .endObject();
    }

    /** Writes a rate with its interval as the next value. */
    public static void write(JsonText json, HourlyRate rate) {
        if (!rate.isMeasured()) {
            json.value((String) null);
            return;
        }
        json.object()
                .member("count", rate.count())
                .member("hours", rate.hours())
                .member("per_hour", rounded(rate.perHour()))
                .member("low", rounded(rate.low()))
                .member("high", rounded(rate.high()))
                .endObject();
    }

    /** Writes median and largest as the next value. */
    public static void write(JsonText json, Spread spread) {
        if (!spread.isMeasured()) {
            json.value((String) null);
            return;
        }
        json.object()
                .member("count", spread.count())
                .member("median", spread.medianSeconds())
                .member("largest", spread.largestSeconds())
                .endObject();
    }

    private static double rounded(double value) {
        return Math.round(value * 10_000) / 10_000.0;
    }

    /**
     * Reads a document.
     *
     * @throws IllegalArgumentException when it is not such a document; the message names the member
     */
    public static DetectorCards parse(String text) {
        JsonNode root;
        try {
            root = JsonMapper.builder().build().readTree(text);
        } catch (JacksonException broken) {
            throw new IllegalArgumentException("detector cards: not JSON", broken);
        }
        long schema = need(root, "schema").asLong(0);
        if (schema != SCHEMA) {
            throw new IllegalArgumentException("detector cards: schema is " + schema + ", must be " + SCHEMA);
        }
        JsonNode data = need(root, "data");
        JsonNode method = need(root, "method");
        Map<String, String> models = new TreeMap<>();
        need(root, "models").properties().forEach(entry -> models.put(entry.getKey(), text(entry.getValue())));
        List<DetectorCard> cards = new ArrayList<>();
        need(root, "cards").forEach(card -> cards.add(card(card)));
        return new DetectorCards(
                text(need(root, "measured_at")),
                text(need(root, "version")),
                new DetectorCards.Dataset(
                        text(need(data, "name")),
                        text(need(data, "note")),
                        text(need(data, "labels_sha256")),
                        (int) whole(need(data, "clips")),
                        number(need(data, "hours")),
                        (int) whole(need(data, "quiet_clips")),
                        number(need(data, "quiet_hours")),
                        (int) whole(need(data, "people")),
                        (int) whole(need(data, "stills"))),
                new DetectorCards.Method(
                        text(need(method, "policy")),
                        text(need(method, "policy_sha256")),
                        number(need(method, "fps")),
                        number(need(method, "min_event_s")),
                        number(need(method, "tolerance_s"))),
                models,
                cards);
    }

    private static DetectorCard card(JsonNode card) {
        String kind = text(need(card, "kind"));
        List<String> models = new ArrayList<>();
        need(card, "models").forEach(model -> models.add(text(model)));
        List<Figure> figures = new ArrayList<>();
        need(card, "figures")
                .forEach(figure -> figures.add(new Figure(text(need(figure, "name")), text(need(figure, "value")))));
        return new DetectorCard(
                AlertType.ofWireName(kind)
                        .orElseThrow(() -> new IllegalArgumentException(
                                "detector cards: kind is " + kind + ", must be the wire name of an alert kind")),
                models,
                proportion(need(card, "recall")),
                rate(need(card, "false_alerts")),
                rate(need(card, "false_alerts_quiet")),
                whole(need(card, "undecidable")),
                spread(need(card, "start_error_s")),
                spread(need(card, "end_error_s")),
                spread(need(card, "beyond_hold_s")),
                need(card, "alerts_per_event").isNull() ? Double.NaN : number(need(card, "alerts_per_event")),
                figures,
                text(need(card, "note")));
    }

    private static Proportion proportion(JsonNode node) {
        return node.isNull() ? Proportion.NONE : new Proportion(whole(need(node, "hits")), whole(need(node, "total")));
    }

    private static HourlyRate rate(JsonNode node) {
        return node.isNull()
                ? HourlyRate.NONE
                : new HourlyRate(whole(need(node, "count")), number(need(node, "hours")));
    }

    private static Spread spread(JsonNode node) {
        return node.isNull()
                ? Spread.NONE
                : new Spread(
                        (int) whole(need(node, "count")), number(need(node, "median")), number(need(node, "largest")));
    }

    private static JsonNode need(JsonNode node, String name) {
        JsonNode value = node.get(name);
        if (value == null) {
            throw new IllegalArgumentException("detector cards: " + name + " is missing");
        }
        return value;
    }

    private static String text(JsonNode node) {
        if (!node.isString()) {
            throw new IllegalArgumentException("detector cards: " + node + " must be a text");
        }
        return node.stringValue();
    }

    private static double number(JsonNode node) {
        if (!node.isNumber()) {
            throw new IllegalArgumentException("detector cards: " + node + " must be a number");
        }
        return node.doubleValue();
    }

    private static long whole(JsonNode node) {
        if (!node.isIntegralNumber()) {
            throw new IllegalArgumentException("detector cards: " + node + " must be a whole number");
        }
        return node.longValue();
    }
}
