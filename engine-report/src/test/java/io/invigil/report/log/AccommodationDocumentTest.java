package io.invigil.report.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.invigil.api.Accommodation;
import io.invigil.api.AlertType;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccommodationDocumentTest {
    private static final Instant WHEN = Instant.parse("2026-11-02T09:00:00Z");
    private static final String REST = "'granted_by':'office','granted_at':'2026-11-02T09:00:00Z','reason':'note'";

    @Test
    void shouldReadEqualAccommodationsBackWhenTheyAreWritten() throws Exception {
        List<Accommodation> granted = List.of(
                Accommodation.silence(AlertType.PROHIBITED_OBJECT, "office", WHEN, "glucose meter"),
                Accommodation.relax(AlertType.EYES_LOOKING_AWAY, 2.5, "office", WHEN, "nystagmus"));
        assertThat(AccommodationDocument.parse(AccommodationDocument.write(granted)))
                .isEqualTo(granted);
        assertThat(AccommodationDocument.parse("\ufeff" + AccommodationDocument.write(granted)))
                .as("behind a byte order mark")
                .isEqualTo(granted);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'kind':'nobody','relief':'silence' | accommodations[0].kind is \"nobody\", must be one of no_face, multiple_persons",
                "'kind':'no_face','relief':'forgive' | accommodations[0].relief is \"forgive\", must be silence or relax",
                "'kind':'no_face','relief':'relax' | accommodations[0].factor is missing",
                "'kind':'no_face','relief':'relax','factor':11 | accommodations[0].factor is 11, must be a number in 1..10",
                "'kind':'no_face','relief':'relax','factor':1 | accommodations[0].factor is 1, must be more than 1 and at most 10",
                "'kind':'no_face','relief':'silence','factor':2 | accommodations[0].factor is 2, must be left out, or 1, where the relief is silence",
                "'kind':'no_face','relief':'silence','colour':2 | accommodations[0].colour is not known; known here: kind, relief",
                "'relief':'silence' | accommodations[0].kind is missing"
            })
    void shouldNameMemberValueAndRangeWhenOneIsWrong(String members, String message) {
        String document = ("[{" + members + "," + REST + "}]").replace('\'', '"');
        assertThatThrownBy(() -> AccommodationDocument.parse(document))
                .isInstanceOf(PolicyException.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void shouldNameTheMemberAndNotItsWordsWhenAReasonSaysNothingOrTooMuch() {
        String document = "[{\"kind\":\"paste\",\"relief\":\"silence\"," + REST.replace('\'', '"') + "}]";
        assertThatThrownBy(() -> AccommodationDocument.parse(document.replace("office", " ")))
                .hasMessage("accommodations[0].granted_by is 1 characters long, must be 1 to 200 characters"
                        + " that are not all blank");
        assertThatThrownBy(() -> AccommodationDocument.parse(document.replace("note", "Doe ".repeat(126))))
                .hasMessage("accommodations[0].reason is 504 characters long, must be 1 to 500 characters"
                        + " that are not all blank");
    }

    @Test
    void shouldRefuseWhatIsNoArrayOrNoTime() {
        assertThatThrownBy(() -> AccommodationDocument.parse("{}")).hasMessage("accommodations must be a JSON array");
        assertThatThrownBy(() -> AccommodationDocument.parse("[")).hasMessage("accommodations are not valid JSON");
        assertThatThrownBy(() -> AccommodationDocument.parse(("[{'kind':'no_face','relief':'silence',"
                                + REST.replace("2026-11-02T09:00:00Z", "yesterday") + "}]")
                        .replace('\'', '"')))
                .hasMessageStartingWith("accommodations[0].granted_at is \"yesterday\", must be a time in UTC");
    }
}
