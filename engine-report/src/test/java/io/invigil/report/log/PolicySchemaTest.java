package io.invigil.report.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.invigil.api.AlertType;
import io.invigil.api.Policy;
import io.invigil.api.Severity;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Holds the schema file against the parser: the same members, types and ranges. */
class PolicySchemaTest {
    private final JsonMapper mapper = JsonMapper.builder().build();
    private final JsonNode schema = mapper.readTree(PolicyDocument.schema());
    private final PolicyParser parser = new PolicyParser();
    private int numbers;

    private JsonNode resolved(JsonNode node) {
        JsonNode reference = node.get("$ref");
        return reference == null ? node : schema.at(reference.asString().substring(1));
    }

    @Test
    void shouldDescribeEveryMemberOfACompleteDocumentAndNoOther() {
        for (Policy preset : Policy.presets()) {
            check("", mapper.readTree(PolicyDocument.write(preset)), schema);
        }
    }

    private void check(String path, JsonNode value, JsonNode node) {
        JsonNode described = resolved(node);
        if (!value.isObject()) {
            return;
        }
        assertThat(described.get("additionalProperties").asBoolean()).as(path).isFalse();
        JsonNode properties = described.get("properties");
        for (String name : value.propertyNames()) {
            assertThat(properties.has(name)).as(path + '.' + name).isTrue();
            check(path + '.' + name, value.get(name), properties.get(name));
        }
        List<String> unwritten = new ArrayList<>(properties.propertyNames());
        unwritten.removeAll(value.propertyNames());
        // Presets are complete, so they extend nothing; and they do not forbid everything.
        assertThat(unwritten).as(path).allMatch(name -> name.equals("extends") || path.equals(".prohibited_objects"));
    }

    @Test
    void shouldNameTheSameChoicesAsTheParser() {
        JsonNode properties = schema.get("properties");
        assertThat(texts(properties.get("extends").get("enum")))
                .containsExactlyElementsOf(
                        Policy.presets().stream().map(Policy::name).toList());
        assertThat(texts(schema.at("/$defs/severity/enum")))
                .containsExactlyElementsOf(
                        Arrays.stream(Severity.values()).map(Severity::wireName).toList());
        assertThat(properties.get(PolicyDocument.VERSION_KEY).get("const").asInt())
                .isEqualTo(PolicyDocument.VERSION);
        JsonNode rules = properties.get("rules").get("properties");
        assertThat(rules.propertyNames())
                .containsExactlyElementsOf(Arrays.stream(AlertType.values())
                        .map(AlertType::wireName)
                        .toList());
        for (AlertType type : AlertType.values()) {
            assertThat(resolved(rules.get(type.wireName())).get("properties").propertyNames())
                    .containsExactlyElementsOf(PolicyParser.ruleKeys(type));
        }
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(text -> texts.add(text.asString()));
        return texts;
    }

    @Test
    void shouldTakeWhatTheSchemaAllowsAndRefuseWhatLiesBeyond() {
        tryRanges("", schema);
        assertThat(numbers).isGreaterThan(80);
    }

    private void tryRanges(String path, JsonNode node) {
        JsonNode properties = resolved(node).get("properties");
        if (properties == null) {
            return;
        }
        for (String name : properties.propertyNames()) {
            String here = path.isEmpty() ? name : path + '/' + name;
            JsonNode member = resolved(properties.get(name));
            if (member.has("minimum")) {
                numbers++;
                double least = member.get("minimum").asDouble();
                double most = member.get("maximum").asDouble();
                boolean whole = member.get("type").asString().equals("integer");
                assertRefused(here, least - (whole ? 1 : 1e-6), whole);
                assertRefused(here, most + (whole ? 1 : 1e-6), whole);
                assertTaken(here, least, whole);
                assertTaken(here, most, whole);
            }
            tryRanges(here, member);
        }
    }

    private void assertTaken(String path, double value, boolean whole) {
        assertThatCode(() -> parser.parse(document(path, value, whole)))
                .as(path + " " + value)
                .doesNotThrowAnyException();
    }

    private void assertRefused(String path, double value, boolean whole) {
        assertThatThrownBy(() -> parser.parse(document(path, value, whole)))
                .as(path + " " + value)
                .isInstanceOf(PolicyException.class)
                .hasMessageContaining(path.replace('/', '.') + " is ");
    }

    /** A document with one member set, and with what that member needs to be possible. */
    private static String document(String path, double value, boolean whole) {
        String[] names = path.split("/");
        String last = names[names.length - 1];
        String number = whole ? Long.toString((long) value) : Double.toString(value);
        String beside = "";
        if (last.equals("exit")) {
            beside = ",\"enter\":"
                    + (path.contains("repeated") || path.contains("eyes")
                            ? 3
                            : path.contains("prohibited") || path.contains("partial") || path.contains("identity")
                                    ? 2
                                    : 1);
        } else if (last.equals("merge_gap_s") && !isHost(names[1])) {
            beside = ",\"release_s\":0";
        }
        StringBuilder document = new StringBuilder("{\"invigil_policy\":1");
        if (!path.startsWith("prohibited_objects")) {
            document.append(",\"prohibited_objects\":{\"book\":0.5}");
        }
        document.append(",\"");
        document.append(String.join("\":{\"", names))
                .append("\":")
                .append(number)
                .append(beside);
        return document.append("}".repeat(names.length)).toString();
    }

    private static boolean isHost(String kind) {
        return AlertType.ofWireName(kind).orElseThrow().isHostReported();
    }
}
