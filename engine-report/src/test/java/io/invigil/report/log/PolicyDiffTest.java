package io.invigil.report.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.api.AlertType;
import io.invigil.api.Policy;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PolicyDiffTest {
    @Test
    void shouldListEveryChangedSettingWithBothValuesAndNoOther() {
        Policy before = Policy.interview();
        Policy after = before.toBuilder()
                .rule(AlertType.NO_FACE, before.rule(AlertType.NO_FACE).withHold(Duration.ofMillis(2250)))
                .prohibitedObject("book", 0.5)
                .presenceInterval(Duration.ofSeconds(2))
                .build();
        assertThat(PolicyDiff.between(before, after))
                .containsExactly(
                        new PolicyDiff("rules.no_face.hold_s", "1.5", "2.25"),
                        new PolicyDiff("presence_interval_s", "1", "2"),
                        new PolicyDiff("prohibited_objects.book", "none", "0.5"));
        assertThat(PolicyDiff.between(before, before)).isEmpty();
    }
}
