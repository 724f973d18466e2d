package io.invigil.report.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.invigil.api.AlertType;
import io.invigil.api.Policy;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class PolicyParserTest {
    private final PolicyParser parser = new PolicyParser();

    static java.util.List<Policy> presets() {
        return Policy.presets();
    }

    @ParameterizedTest
    @MethodSource("presets")
    void shouldReadEqualPolicyBackWhenPresetIsWritten(Policy preset) throws Exception {
        String document = PolicyDocument.write(preset);
        Policy read = parser.parse(document);
        assertThat(read).isEqualTo(preset);
        assertThat(PolicyDocument.write(read)).isEqualTo(document);
        assertThat(PolicyDocument.sha256(read)).matches("[0-9a-f]{64}").isEqualTo(PolicyDocument.sha256(preset));
    }

    @Test
    void shouldKeepEverythingElseWhenDocumentExtendsPreset() throws Exception {
        Policy read = parser.parse("""
                {"extends": "closed-book", "name": "finals-2026",
                 "rules": {"no_face": {"hold_s": 2.25}, "frozen_video": {"enabled": false, "severity": "low"}},
                 "prohibited_objects": {"book": 0.5}}""");
        Policy base = Policy.closedBook();
        assertThat(read.name()).isEqualTo("finals-2026");
        assertThat(read.rule(AlertType.NO_FACE))
                .isEqualTo(base.rule(AlertType.NO_FACE).withHold(Duration.ofMillis(2250)));
        assertThat(read.rule(AlertType.FROZEN_VIDEO).enabled()).isFalse();
        assertThat(read.rule(AlertType.MULTIPLE_PERSONS)).isEqualTo(base.rule(AlertType.MULTIPLE_PERSONS));
        assertThat(read.lookAway()).isEqualTo(base.lookAway());
        assertThat(read.prohibitedObjects()).containsOnlyKeys("book");
        assertThat(parser.parse("{}")).isEqualTo(Policy.interview());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"rules\":{\"no_face\":{\"hold_s\":90}}} | rules.no_face.hold_s is 90, must be a number in 0..60",
                "{\"rules\":{\"no_face\":{\"hold_s\":\"2\"}}} | rules.no_face.hold_s is \"2\", must be a number in 0..60",
                "{\"rules\":{\"no_face\":{\"hold\":2}}} | rules.no_face.hold is not known; known here: enabled, severity",
                "{\"rules\":{\"nobody\":{}}} | rules.nobody is not known; known here: no_face, multiple_persons",
                "{\"rules\":{\"no_face\":7}} | rules.no_face is 7, must be an object",
                "{\"rules\":{\"no_face\":{\"enabled\":1}}} | rules.no_face.enabled is 1, must be true or false",
                "{\"rules\":{\"no_face\":{\"severity\":\"loud\"}}} | rules.no_face.severity is \"loud\", must be one of low, medium, high, critical",
                "{\"look_away\":{\"head_yaw_deg\":2}} | look_away.head_yaw_deg is 2, must be a number in 5..90",
                "{\"look_away\":{\"vertical\":null}} | look_away.vertical is null, must be true or false",
                "{\"prohibited_objects\":{\"cellphone\":0.4}} | prohibited_objects.cellphone is not known; known here:",
                "{\"prohibited_objects\":{\"book\":1.4}} | prohibited_objects.book is 1.4, must be a number in 0.05..1",
                "{\"extends\":\"easy\"} | policy is \"easy\", must be one of interview, closed-book",
                "{\"name\":\"No Spaces\"} | name is \"No Spaces\", must be 1 to 64 lower-case letters",
                "{\"colour\":\"red\"} | colour is not known; known here: extends, name, rules",
                "{\"name\":\"a\",\"name\":\"b\"} | not valid JSON at line 1",
                "[1] | a policy must be a JSON object",
                "{\"name\": | not valid JSON at line 1"
            })
    void shouldNameMemberValueAndRangeWhenDocumentIsWrong(String document, String message) {
        assertThatThrownBy(() -> parser.parse(document))
                .isInstanceOf(PolicyException.class)
                .hasMessageStartingWith(message)
                .hasMessageNotContaining("\n");
    }
}
