package io.invigil.report.card;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.invigil.api.AlertType;
import io.invigil.report.card.DetectorCard.Figure;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DetectorCardsTest {
    private static final DetectorCards CARDS = new DetectorCards(
            "2026-11-25T10:00:00Z",
            "0.1.0",
            new DetectorCards.Dataset("some clips", "In-sample.", "ab".repeat(32), 25, 9.3 / 60, 5, 0.0154, 18, 72),
            new DetectorCards.Method("strict", "cd".repeat(32), 5, 2.5, 0.5),
            Map.of("face", "11".repeat(32), "things", "22".repeat(32)),
            List.of(
                    new DetectorCard(
                            AlertType.NO_FACE,
                            List.of("face"),
                            new Proportion(4, 5),
                            new HourlyRate(1, 0.123456789),
                            new HourlyRate(0, 0.0154),
                            2,
                            new Spread(4, 0.1, 0.5),
                            new Spread(4, 0.125, 0.6),
                            new Spread(4, -0.2, 0.3),
                            1.25,
                            List.of(new Figure("faces counted right", "99 of 100")),
                            "A \"note\"."),
                    DetectorCard.notMeasured(AlertType.TAB_SWITCH, List.of(), "Reported by the host.")));

    @Test
    void shouldReadBackWhatWasWritten() {
        String text = CardsDocument.write(CARDS);
        assertThat(CardsDocument.parse(text)).isEqualTo(CARDS);
        assertThat(CardsDocument.write(CardsDocument.parse(text))).isEqualTo(text);
        assertThat(text).contains("\"recall\": null", "\"measured\": false", "\"share\": 0.8");
    }

    @Test
    void shouldSayWhatIsWrongWhenTheDocumentIsBroken() {
        String text = CardsDocument.write(CARDS);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CardsDocument.parse(text.replace("\"tab_switch\"", "\"tab_swatch\"")))
                .withMessageContaining("tab_swatch");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CardsDocument.parse(text.replace("\"schema\": 1", "\"schema\": 7")))
                .withMessageContaining("schema is 7, must be 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CardsDocument.parse(text.replace("\"clips\": 25", "\"clips\": \"many\"")))
                .withMessageContaining("\"many\" must be a whole number");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CardsDocument.parse("{\"schema\": 1}"))
                .withMessageContaining("data is missing");
        assertThatIllegalArgumentException().isThrownBy(() -> CardsDocument.parse("{"));
    }

    @Test
    void shouldNameTheModelsThatAreNotTheOnesMeasured() {
        DetectorCard card = CARDS.cards().get(0);
        assertThat(CARDS.otherModels(card, CARDS.modelHashes())).isEmpty();
        assertThat(CARDS.otherModels(card, Map.of("face", "33".repeat(32)))).containsExactly("face");
        assertThat(CARDS.otherModels(card, Map.of("face", "11".repeat(32), "things", "33".repeat(32))))
                .as("a model this kind does not rest on")
                .isEmpty();
        assertThat(CARDS.otherModels(card, Map.of())).containsExactly("face");
    }

    @Test
    void shouldBundleACardForEveryKind() {
        DetectorCards bundled = DetectorCards.bundled();
        for (AlertType type : AlertType.values()) {
            assertThat(bundled.card(type)).as(type.wireName()).isPresent();
        }
        assertThat(bundled.cards()).hasSize(AlertType.values().length);
        bundled.cards()
                .forEach(card -> assertThat(bundled.modelHashes().keySet())
                        .as("models of " + card.kind().wireName())
                        .containsAll(card.models()));
    }

    @Test
    void shouldBundleMeasuredCardsThatSayTheyAreInSample() {
        DetectorCards bundled = DetectorCards.bundled();
        DetectorCard noFace = bundled.card(AlertType.NO_FACE).orElseThrow();
        assertThat(noFace.recall().isMeasured()).isTrue();
        assertThat(noFace.falseAlerts().isMeasured()).isTrue();
        assertThat(noFace.models()).isNotEmpty();
        assertThat(bundled.modelHashes()).isNotEmpty();
        assertThat(bundled.data().note()).contains("in-sample");
        for (AlertType type : AlertType.values()) {
            if (type.isHostReported()) {
                assertThat(bundled.card(type).orElseThrow().isMeasured())
                        .as(type.wireName())
                        .isFalse();
            }
        }
    }
}
