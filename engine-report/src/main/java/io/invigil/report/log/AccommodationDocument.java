package io.invigil.report.log;

import io.invigil.api.Accommodation;
import io.invigil.api.AlertType;
import io.invigil.api.Relief;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Accommodations as a JSON array: kind, relief, factor (of a relaxed kind), who granted it, when, and why. */
public final class AccommodationDocument {
    private static final List<String> KEYS = List.of("kind", "relief", "factor", "granted_by", "granted_at", "reason");
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private AccommodationDocument() {}

    /** The document, for people; it ends with a line break. */
    public static String write(List<Accommodation> accommodations) {
        return write(JsonText.indented(), accommodations) + "\n";
    }

    static JsonText write(JsonText json, List<Accommodation> accommodations) {
        json.array();
        for (Accommodation granted : accommodations) {
            json.object()
                    .member("kind", granted.kind().wireName())
                    .member("relief", granted.relief().wireName());
            if (granted.relief() == Relief.RELAX) {
                json.member("factor", granted.factor());
            }
            json.member("granted_by", granted.grantedBy())
                    .member("granted_at", granted.grantedAt().toString())
                    .member("reason", granted.reason())
                    .endObject();
        }
        return json.endArray();
    }

    /**
     * Reads a document.
     *
     * @throws PolicyException naming the member, its value and what is allowed
     */
    public static List<Accommodation> parse(String document) throws PolicyException {
        try {
            return read(MAPPER.readTree(PolicyParser.withoutMark(document)));
        } catch (JacksonException failure) {
            throw new PolicyException("accommodations are not valid JSON");
        }
    }

    static List<Accommodation> read(JsonNode array) throws PolicyException {
        if (array == null || !array.isArray()) {
            throw new PolicyException("accommodations must be a JSON array");
        }
        List<Accommodation> read = new ArrayList<>();
        for (JsonNode node : array) {
            String path = "accommodations[" + read.size() + "]";
            if (!node.isObject()) {
                throw new PolicyException(path + " must be an object");
            }
            read.add(one(new PolicyNode(path, node)));
        }
        return read;
    }

    private static Accommodation one(PolicyNode node) throws PolicyException {
        node.allow(KEYS);
        for (String key : List.of("kind", "relief", "granted_by", "granted_at", "reason")) {
            node.need(key);
        }
        AlertType kind = AlertType.ofWireName(node.text("kind", "")).orElse(null);
        if (kind == null) {
            throw node.wrong("kind", "one of " + names(AlertType.values()));
        }
        String named = node.text("relief", "");
        Relief relief = Arrays.stream(Relief.values())
                .filter(value -> value.wireName().equals(named))
                .findFirst()
                .orElse(null);
        if (relief == null) {
            throw node.wrong("relief", "silence or relax");
        }
        if (relief == Relief.RELAX) {
            node.need("factor");
        }
        double factor = node.number("factor", 1, 1, 10);
        if (relief == Relief.RELAX && factor == 1) {
            throw node.wrong("factor", "more than 1 and at most 10");
        }
        if (relief == Relief.SILENCE && factor != 1) {
            throw node.wrong("factor", "left out, or 1, where the relief is silence");
        }
        try {
            return new Accommodation(
                    kind,
                    relief,
                    factor,
                    node.words("granted_by", 200),
                    Instant.parse(node.text("granted_at", "")),
                    node.words("reason", 500));
        } catch (DateTimeException unreadable) {
            throw node.wrong("granted_at", "a time in UTC as ISO 8601 has it, as 2026-11-02T09:00:00Z");
        }
    }

    private static String names(AlertType[] types) {
        return Arrays.stream(types).map(AlertType::wireName).collect(Collectors.joining(", "));
    }
}
