package io.invigil.core.vision;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PhoneEvidenceTest {
    private static final Tile PICTURE = Tile.whole(640, 480);
    private static final Tile CLOSE = new Tile(200, 100, 240, 240);

    private final PhoneEvidence evidence = new PhoneEvidence();
    private final PhoneCase phoneCase = new PhoneCase();

    private static ObjectCandidates phone(double score, double rival) {
        ObjectCandidates candidates = new ObjectCandidates(4);
        candidates.add(NanoDetClasses.CELL_PHONE, (float) score, (float) rival, 300, 150, 350, 240);
        return candidates;
    }

    private static ObjectCandidates nothing() {
        return new ObjectCandidates(4);
    }

    private double strongest() {
        ObjectCandidates phones = evidence.weigh(phoneCase, 1);
        return phones.size() == 0 ? 0 : phones.score(0);
    }

    @Test
    void shouldStayWeakWhenOnlyOneDetectorSeesAPhone() {
        evidence.add(PhoneLook.NANODET_WHOLE, phone(0.6, 0.1), PICTURE);
        evidence.add(PhoneLook.CENTERNET_WHOLE, nothing(), PICTURE);

        assertThat(PhoneEvidence.score(strongest())).isLessThan(0.3);
    }

    @Test
    void shouldBeStrongWhenBothDetectorsSeeAPhone() {
        evidence.add(PhoneLook.NANODET_WHOLE, phone(0.4, 0.1), PICTURE);
        evidence.add(PhoneLook.CENTERNET_WHOLE, phone(0.3, 0.1), PICTURE);

        assertThat(PhoneEvidence.score(strongest())).isGreaterThan(0.8);
    }

    @Test
    void shouldFallWhenAnotherClassFitsAsWell() {
        evidence.add(PhoneLook.CENTERNET_WHOLE, phone(0.3, 0.1), PICTURE);
        evidence.add(PhoneLook.NANODET_WHOLE, phone(0.4, 0.05), PICTURE);
        double alone = strongest();
        evidence.add(PhoneLook.NANODET_WHOLE, phone(0.4, 0.5), PICTURE);

        assertThat(strongest()).isLessThan(alone);
    }

    @Test
    void shouldFallWhenTheCloserLookSeesNothing() {
        evidence.add(PhoneLook.NANODET_WHOLE, phone(0.4, 0.1), PICTURE);
        evidence.add(PhoneLook.CENTERNET_WHOLE, phone(0.3, 0.1), PICTURE);
        double before = strongest();
        evidence.add(PhoneLook.NANODET_CLOSE, nothing(), CLOSE);
        double denied = strongest();
        evidence.add(PhoneLook.NANODET_CLOSE, phone(0.5, 0.1), CLOSE);
        double confirmed = strongest();

        assertThat(denied).isLessThan(before);
        assertThat(confirmed).isGreaterThan(before);
    }

    @Test
    void shouldNotCountALookThatDoesNotCoverTheSpot() {
        evidence.add(PhoneLook.NANODET_WHOLE, phone(0.4, 0.1), PICTURE);
        evidence.add(PhoneLook.CENTERNET_WHOLE, phone(0.3, 0.1), PICTURE);
        double before = strongest();
        evidence.add(PhoneLook.NANODET_CLOSE, nothing(), new Tile(0, 0, 200, 200));

        assertThat(strongest()).isEqualTo(before);
    }

    @Test
    void shouldRememberWhatWasHeardWhenTheSpotIsTheSame() {
        evidence.add(PhoneLook.NANODET_WHOLE, phone(0.4, 0.1), PICTURE);
        evidence.add(PhoneLook.CENTERNET_WHOLE, phone(0.3, 0.1), PICTURE);
        double whole = strongest();
        phoneCase.follow(evidence.weigh(phoneCase, 1), 0, 1);
        evidence.tell(phoneCase, 1);

        evidence.clear();
        evidence.add(PhoneLook.NANODET_WHOLE, phone(0.4, 0.1), PICTURE);

        assertThat((double) evidence.weigh(phoneCase, 2).score(0)).isEqualTo(whole);
        assertThat((double) evidence.weigh(phoneCase, 5).score(0)).isLessThan(whole / 2);
    }

    @Test
    void shouldTakeTurnsWhenACaseGoesOn() {
        phoneCase.follow(phone(0.2, 0), 0, 1);
        assertThat(phoneCase.next(1, true)).isEqualTo(PhoneLook.CENTERNET_WHOLE);
        phoneCase.hear(PhoneLook.CENTERNET_WHOLE, 0.2, 1, 1);
        assertThat(phoneCase.next(1, false)).isNull();
        assertThat(phoneCase.next(1, true)).isEqualTo(PhoneLook.NANODET_CLOSE);
        phoneCase.hear(PhoneLook.NANODET_CLOSE, 0.2, 1, 2);
        assertThat(phoneCase.next(2, true)).isEqualTo(PhoneLook.CENTERNET_CLOSE);
        phoneCase.hear(PhoneLook.CENTERNET_CLOSE, 0.2, 1, 3);
        assertThat(phoneCase.next(4, true)).isEqualTo(PhoneLook.CENTERNET_WHOLE);
        assertThat(phoneCase.next(5, false)).isEqualTo(PhoneLook.CENTERNET_WHOLE);
    }

    @Test
    void shouldCloseTheCaseWhenTheSpotIsMissedForLong() {
        phoneCase.follow(phone(0.2, 0), 0, 1);
        phoneCase.miss(2);
        assertThat(phoneCase.spot().size()).isEqualTo(1);
        phoneCase.miss(4);
        assertThat(phoneCase.spot().size()).isZero();
    }

    @Test
    void shouldRiseWithEvidenceWhenTurnedIntoAScore() {
        double before = -1;
        for (double value = 0; value <= 1; value += 0.01) {
            double score = PhoneEvidence.score(value);
            assertThat(score).isGreaterThanOrEqualTo(before).isBetween(0.0, 1.0);
            before = score;
        }
    }

    @Test
    void shouldBeDeniedWhenTheSecondDetectorSawNothing() {
        ObjectCandidates spot = phone(0.03, 0);
        phoneCase.follow(spot, 0, 1);

        assertThat(phoneCase.isDenied(1)).isFalse();

        phoneCase.hear(PhoneLook.CENTERNET_WHOLE, 0, 1, 1);

        assertThat(phoneCase.isDenied(1)).isTrue();
        phoneCase.follow(phone(0.2, 0), 0, 2);
        assertThat(phoneCase.isDenied(2)).isFalse();
    }
}
