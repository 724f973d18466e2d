package io.invigil.report.rescore;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.api.Alert;
import io.invigil.api.AlertPhase;
import io.invigil.api.AlertType;
import io.invigil.api.Evidence;
import io.invigil.api.Severity;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AlertChangeTest {
    private static Alert alert(String id, AlertType type, long start, long end, String object) {
        return new Alert(
                id,
                type,
                AlertPhase.CLOSED,
                Severity.HIGH,
                start,
                end,
                "words",
                1,
                new Evidence(0, start),
                object.isEmpty() ? Map.of() : Map.of("object", object));
    }

    @Test
    void shouldTellWhatAppearsVanishesAndMovesWhateverTheNumbersAre() {
        List<Alert> before = List.of(
                alert("no_face-1", AlertType.NO_FACE, 10, 20, ""),
                alert("no_face-2", AlertType.NO_FACE, 50, 60, ""),
                alert("prohibited_object-1", AlertType.PROHIBITED_OBJECT, 30, 40, "book"));
        List<Alert> after = List.of(
                alert("no_face-1", AlertType.NO_FACE, 52, 60, ""),
                alert("prohibited_object-1", AlertType.PROHIBITED_OBJECT, 30, 40, "cell phone"),
                alert("prohibited_object-2", AlertType.PROHIBITED_OBJECT, 30, 40, "book"));
        List<AlertChange> changes = AlertChange.between(before, after);
        assertThat(changes)
                .extracting(AlertChange::kind)
                .containsExactly(AlertChange.Kind.VANISHES, AlertChange.Kind.APPEARS, AlertChange.Kind.MOVES);
        assertThat(changes.get(2).before().orElseThrow().id()).isEqualTo("no_face-2");
        assertThat(AlertChange.between(before, before)).isEmpty();
    }

    @Test
    void shouldMatchThePairThatOverlapsMostWhenOneIsSplit() {
        List<Alert> whole = List.of(alert("no_face-1", AlertType.NO_FACE, 0, 100, ""));
        List<Alert> split = List.of(
                alert("no_face-1", AlertType.NO_FACE, 0, 20, ""), alert("no_face-2", AlertType.NO_FACE, 30, 100, ""));
        List<AlertChange> changes = AlertChange.between(whole, split);
        assertThat(changes)
                .extracting(AlertChange::kind)
                .containsExactly(AlertChange.Kind.APPEARS, AlertChange.Kind.MOVES);
        assertThat(changes.get(1).after().orElseThrow().id()).isEqualTo("no_face-2");
    }
}
