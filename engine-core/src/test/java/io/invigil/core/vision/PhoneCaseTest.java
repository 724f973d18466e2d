package io.invigil.core.vision;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PhoneCaseTest {
    private final PhoneCase phoneCase = new PhoneCase();
    private long look;

    private static ObjectCandidates spot(float leftPx, double evidence) {
        ObjectCandidates spot = new ObjectCandidates(1);
        spot.add(NanoDetClasses.CELL_PHONE, (float) evidence, 0, leftPx, 100, leftPx + 40, 180);
        return spot;
    }

    /** One look: the spot is followed, and the second detector was asked or not. */
    private void look(float leftPx, double evidence, boolean asked) {
        look++;
        phoneCase.follow(spot(leftPx, evidence), 0, look);
        if (asked) {
            phoneCase.hear(PhoneLook.CENTERNET_WHOLE, 0.03, 1, look);
        }
        phoneCase.conclude(look);
    }

    private void speakAgainst(int times) {
        for (int i = 0; i < times; i++) {
            look(100, 0.06, true);
        }
    }

    @Test
    void shouldBeUnlikelyWhenTheSecondDetectorSpokeAgainstItLookAfterLook() {
        speakAgainst(3);
        assertThat(phoneCase.isUnlikely()).isFalse();
        look(100, 0.06, false);
        assertThat(phoneCase.isUnlikely()).as("a look without a word").isFalse();
        speakAgainst(1);

        assertThat(phoneCase.isUnlikely()).isTrue();
    }

    @Test
    void shouldBeHeardAgainWhenTheEvidenceGrows() {
        speakAgainst(6);
        look(100, 0.12, true);

        assertThat(phoneCase.isUnlikely()).isFalse();
        speakAgainst(3);
        assertThat(phoneCase.isUnlikely()).isFalse();
    }

    @Test
    void shouldBeHeardWhenItLiesElsewhere() {
        speakAgainst(6);
        look(300, 0.06, true);

        assertThat(phoneCase.isUnlikely()).isFalse();
    }

    @Test
    void shouldBeForgottenWhenItIsNotSeenForSomeLooks() {
        speakAgainst(6);
        for (int i = 0; i < 3; i++) {
            phoneCase.miss(++look);
        }

        assertThat(phoneCase.isUnlikely()).isFalse();
        assertThat(phoneCase.spot().size()).isZero();
    }
}
