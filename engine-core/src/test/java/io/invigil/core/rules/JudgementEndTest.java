package io.invigil.core.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.invigil.api.HostEvent;
import io.invigil.api.Judgement;
import io.invigil.api.Pause;
import io.invigil.api.Policy;
import org.junit.jupiter.api.Test;

/** What a judge refuses: nothing, and anything once it has said its last word. */
class JudgementEndTest {
    private static final long S = Judged.SECOND_NS;

    @Test
    void shouldNameWhatIsNull() {
        SessionRules rules = new SessionRules(Policy.interview());
        assertThatNullPointerException().isThrownBy(() -> rules.observe(null)).withMessage("seen");
        assertThatNullPointerException()
                .isThrownBy(() -> rules.frameFailed(0, 0, null))
                .withMessage("reason");
        assertThatNullPointerException().isThrownBy(() -> rules.signal(null)).withMessage("signal");
    }

    @Test
    void shouldTakeNothingMoreWhenItHasFinishedAndStillAnswer() {
        Judged judged = new Judged(Policy.interview()).play(5, 0, 10, t -> Seen.attentive());
        judged.signal(HostEvent.began("tab_switch", 9 * S));
        judged.finish();

        assertThatThrownBy(() -> judged.take(Seen.attentive().at(50, 10 * S)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("finished");
        assertThatThrownBy(() -> judged.fail(10, "DECODE")).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> judged.signal(HostEvent.moment("paste", 10 * S)))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> judged.signal(new Pause(10 * S, true))).isInstanceOf(IllegalStateException.class);
        Judgement again = judged.rules.finish();

        assertThat(again.alerts()).isEmpty();
        assertThat(again.events()).isEmpty();
        assertThat(judged.rules.openAlerts()).isEmpty();
        assertThat(judged.rules.score().terms()).hasSize(1);
        assertThat(judged.rules.snapshot()).isNotEmpty();
    }
}
