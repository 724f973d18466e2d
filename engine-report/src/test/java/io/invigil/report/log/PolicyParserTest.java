package io.invigil.report.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.invigil.api.AlertType;
import io.invigil.api.Policy;
import java.time.Duration;
import java.util.List;
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
                {"invigil_policy": 1, "extends": "closed-book", "name": "finals-2026",
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
        assertThat(parser.parse("{\"invigil_policy\": 1}")).isEqualTo(Policy.interview());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'rules':{'no_face':{'hold_s':90}} | rules.no_face.hold_s is 90, must be a number in 0..60",
                "'rules':{'no_face':{'hold_s':'2'}} | rules.no_face.hold_s is \"2\", must be a number in 0..60",
                "'rules':{'no_face':{'hold':2}} | rules.no_face.hold is not known; known here: enabled, severity, enter",
                "'rules':{'nobody':{}} | rules.nobody is not known; known here: no_face, multiple_persons",
                "'rules':{'no_face':7} | rules.no_face is 7, must be an object",
                "'rules':{'no_face':{'enabled':1}} | rules.no_face.enabled is 1, must be true or false",
                "'rules':{'no_face':{'severity':'loud'}} | rules.no_face.severity is \"loud\", must be one of low, medium, high, critical",
                "'rules':{'no_face':{'enter':0}} | rules.no_face.enter is 0, must be a number in 0.05..1",
                "'rules':{'no_face':{'enter':0.6,'exit':0.7}} | rules.no_face.exit is 0.7, must be a number in 0.05..0.6",
                "'rules':{'no_face':{'merge_gap_s':0.3}} | rules.no_face.merge_gap_s is 0.3, must be a number in 0.4..60",
                "'rules':{'no_face':{'weight':101}} | rules.no_face.weight is 101, must be a number in 0..100",
                "'rules':{'paste':{'enter':1}} | rules.paste.enter is not known; known here: enabled, severity, hold_s, merge_gap_s",
                "'rules':{'stream_gap':{'exit':2}} | rules.stream_gap.exit is not known; known here: enabled, severity, enter, hold_s, cooldown_s",
                "'rules':{'prohibited_object':{'enter':2}},'prohibited_objects':{'tv':0.8} | rules.prohibited_object.enter is 2.0, must be at most 1.25, since prohibited_objects.tv is 0.8",
                "'prohibited_objects':{} | prohibited_objects is empty, must be at least one of book, cell phone, laptop, remote, tv while rules.prohibited_object is on",
                "'look_away':{'head_yaw_deg':2} | look_away.head_yaw_deg is 2, must be a number in 5..90",
                "'look_away':{'vertical':null} | look_away.vertical is null, must be true or false",
                "'repeated_glances':{'count':2.5} | repeated_glances.count is 2.5, must be a whole number in 2..100",
                "'repeated_glances':{'window_s':5} | repeated_glances.window_s is 5, must be a number in 10..600",
                "'identity':{'interval_s':61} | identity.interval_s is 61, must be a number in 0..60",
                "'prohibited_objects':{'cellphone':0.4} | prohibited_objects.cellphone is not known; known here:",
                "'prohibited_objects':{'book':1.4} | prohibited_objects.book is 1.4, must be a number in 0.05..1",
                "'extends':'easy' | extends is \"easy\", must be one of interview, closed-book",
                "'name':'No Spaces' | name is \"No Spaces\", must be 1 to 64 lower-case letters",
                "'colour':'red' | colour is not known; known here: invigil_policy, extends, name, rules",
                "'name':'a','name':'b' | not valid JSON at line 1, column 38: Duplicate Object property \"name\"",
                "'name': | not valid JSON at line 1, column 28: Unexpected character"
            })
    void shouldNameMemberValueAndRangeWhenDocumentIsWrong(String members, String message) {
        String document = "{\"invigil_policy\":1," + members.replace('\'', '"') + '}';
        assertThatThrownBy(() -> parser.parse(document))
                .isInstanceOf(PolicyException.class)
                .hasMessageStartingWith(message)
                .hasMessageNotContaining("\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'invigil_policy':1} x | not valid JSON at line 1, column 22: Unrecognized token 'x'",
                "{'invigil_policy':1,'rules':{'no_face':{'hold_s':NaN}}} | not valid JSON at line 1, column 53: Non-standard token 'NaN'",
                "{'invigil_policy':1,'rules':{'no_face':{'hold_s':1e400}}} | rules.no_face.hold_s is larger than any number taken, must be a number in 0..60",
                "{'invigil_policy':1,'rules':{'no_face':{'weight':-1e400}}} | rules.no_face.weight is smaller than any number taken, must be a number in 0..100"
            })
    void shouldSayNothingThatOnlyAProgrammerCanFollow(String document, String message) {
        assertThatThrownBy(() -> parser.parse(document.replace('\'', '"')))
                .isInstanceOf(PolicyException.class)
                .extracting(failure -> failure.getMessage().replace('"', '\''))
                .isEqualTo(message);
    }

    @Test
    void shouldPassOverAByteOrderMark() throws Exception {
        assertThat(parser.parse("\ufeff" + PolicyDocument.write(Policy.strict())))
                .isEqualTo(parser.parse(PolicyDocument.write(Policy.strict())));
        assertThatThrownBy(() -> parser.parse("\ufeff{\"invigil_policy\":1} x"))
                .hasMessageStartingWith("not valid JSON at line 1, column 22: ");
    }

    @Test
    void shouldNameADocumentThatIsNull() {
        assertThatNullPointerException().isThrownBy(() -> parser.parse(null)).withMessage("document");
    }

    @Test
    void shouldNameTheMemberWhenANumberHasMoreDigitsThanAnyNumberTaken() {
        String digits = "9".repeat(400);
        for (String member : List.of("weight", "hold_s")) {
            assertThatThrownBy(() -> parser.parse(
                            "{\"invigil_policy\":1,\"rules\":{\"no_face\":{\"" + member + "\":" + digits + "}}}"))
                    .isInstanceOf(PolicyException.class)
                    .hasMessageStartingWith("rules.no_face." + member + " is 999");
        }
        assertThatThrownBy(() -> parser.parse("{\"invigil_policy\":" + digits + "}"))
                .isInstanceOf(PolicyException.class)
                .hasMessageStartingWith("invigil_policy is 999");
        assertThatThrownBy(() -> parser.parse("{\"invigil_policy\":1,\"repeated_glances\":{\"count\":" + digits + "}}"))
                .isInstanceOf(PolicyException.class)
                .hasMessageEndingWith(", must be a whole number in 2..100");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} | invigil_policy is missing, must be 1",
                "{\"invigil_policy\":2,\"later\":true} | invigil_policy is 2, must be 1, the version of policies that this program reads",
                "{\"invigil_policy\":\"1\"} | invigil_policy is \"1\", must be 1,",
                "[1] | a policy must be a JSON object"
            })
    void shouldSayWhichVersionItReadsWhenTheDocumentIsOfAnother(String document, String message) {
        assertThatThrownBy(() -> parser.parse(document))
                .isInstanceOf(PolicyException.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void shouldKeepExitAndMergeGapReachableWhenOnlyTheOtherIsSet() throws Exception {
        Policy read = parser.parse("{\"invigil_policy\":1,\"rules\":{\"no_face\":{\"enter\":0.3,\"release_s\":5}}}");
        assertThat(read.rule(AlertType.NO_FACE).exit()).isEqualTo(0.3);
        assertThat(read.rule(AlertType.NO_FACE).mergeGap()).isEqualTo(Duration.ofSeconds(5));
    }
}
