package io.invigil.report.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.api.Accommodation;
import io.invigil.api.Alert;
import io.invigil.api.AlertPhase;
import io.invigil.api.AlertRule;
import io.invigil.api.AlertType;
import io.invigil.api.Evidence;
import io.invigil.api.Policy;
import io.invigil.api.Severity;
import io.invigil.report.card.DetectorCards;
import io.invigil.report.log.PolicyDocument;
import io.invigil.report.log.RecordingResult;
import io.invigil.report.log.RunSettings;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ReportPageTest {
    private static final byte[] PICTURE = {1, 2, 3};

    @Test
    void shouldShowEveryAlertWithItsReasonWhenThereAreAlerts() {
        RecordingResult result = Fixtures.result("interview.mp4", Map.of("no_face-1", PICTURE));
        String page = ReportPage.write(result);
        for (Alert alert : result.alerts()) {
            assertThat(page).contains("href=\"#card-" + alert.id() + '"', "id=\"card-" + alert.id() + '"');
            assertThat(page).contains(alert.message());
        }
        assertThat(page).contains("8 observations worth a look", "data:image/jpeg;base64,AQID");
        result.settings()
                .modelHashes()
                .values()
                .forEach(hash -> assertThat(page).contains(hash));
    }

    @Test
    void shouldEscapeEverythingWhenFileNameIsHostile() {
        String hostile = "\"><script>alert(1)</script><img src=x onerror=y>&'\u202egpj.mp4";
        String page = ReportPage.write(Fixtures.result(hostile, Map.of()));
        assertThat(page).doesNotContain("<script>alert", "<img", "\u202e");
        assertThat(page).contains("&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;");
    }

    @Test
    void shouldReachNoNetworkWhenOpened() {
        String page = ReportPage.write(Fixtures.result("interview.mp4", Map.of("no_face-1", PICTURE)));
        assertThat(page).doesNotContain("http:", "https:", "//", "@import", "<link", "<iframe");
        Matcher references = Pattern.compile("(?:src|href|action|data|poster)\\s*=\\s*\"([^\"]*)\"")
                .matcher(page);
        int seen = 0;
        while (references.find()) {
            seen++;
            assertThat(references.group(1)).matches("#[\\w-]+|data:image/jpeg;base64,.*");
        }
        assertThat(seen).isGreaterThan(8);
        Matcher urls = Pattern.compile("url\\(([^)]*)\\)").matcher(page);
        while (urls.find()) {
            assertThat(urls.group(1)).isEqualTo("#hatch");
        }
        assertThat(page).contains("default-src 'none'".replace("'", "&#39;"));
    }

    @Test
    void shouldBalanceItsElementsWhenWritten() {
        String page = ReportPage.write(Fixtures.result("interview.mp4", Map.of("no_face-1", PICTURE)));
        String body = page.replaceAll("(?s)<(style|script)>.*?</\\1>", "");
        java.util.ArrayDeque<String> open = new java.util.ArrayDeque<>();
        Matcher tags = Pattern.compile("<(/?)([a-z][a-z0-9]*)[^>]*>").matcher(body);
        List<String> empty = List.of("meta", "img", "br", "link");
        while (tags.find()) {
            if (!tags.group(1).isEmpty()) {
                assertThat(open.pop()).isEqualTo(tags.group(2));
            } else if (!empty.contains(tags.group(2))) {
                open.push(tags.group(2));
            }
        }
        assertThat(open).isEmpty();
    }

    @Test
    void shouldDrawNoConclusionWhenNothingMetARule() {
        RecordingResult full = Fixtures.result("quiet.mp4", Map.of());
        RecordingResult quiet = new RecordingResult(
                full.fileName(),
                full.info(),
                full.mediaNs(),
                full.settings(),
                full.accounting(),
                full.timing(),
                true,
                true,
                List.of("the recording is cut off: it ends at 4.000 s of 9.000 s"),
                List.of(),
                List.of(),
                List.of(),
                Map.of());
        String page = ReportPage.write(quiet);
        assertThat(page).contains("Nothing met a rule", "Partial.", "Cut off.");
        assertThat(page.toLowerCase(java.util.Locale.ROOT))
                .doesNotContain("cheat", "guilty", "suspicious", "violation");
    }

    @Test
    void shouldSayWhatWasMeasuredOfEveryKindAndThatItWasWithOtherModels() {
        RecordingResult result = Fixtures.result("interview.mp4", Map.of());
        String page = ReportPage.write(result);
        String section = page.substring(page.indexOf("id=\"measured\""), page.indexOf("id=\"reading\""));
        for (AlertType type : AlertType.values()) {
            if (!type.isHostReported()) {
                assertThat(section).contains(">" + Words.of(type));
            }
        }
        assertThat(section).contains("not measured", "Measured with other models.", "off in this policy");
        assertThat(section).contains(DetectorCards.bundled().data().name());
    }

    @Test
    void shouldNotSpeakOfOtherModelsWhenTheSameOnesRan() {
        assertThat(measured(Policy.interview(), List.of())).doesNotContain("other models");
    }

    @Test
    void shouldNotSpeakOfAnotherPolicyWhenTheFiguresWereMeasuredUnderItsSettings() {
        assertThat(measured(Policy.strict(), List.of())).doesNotContain("may differ");
        assertThat(measured(Policy.strict().toBuilder().name("finals").build(), List.of()))
                .doesNotContain("may differ");
    }

    @Test
    void shouldSayThatFiguresMayDifferWhenOnlyTheNameOfThePolicyIsTheSame() {
        AlertRule rule = Policy.strict().rule(AlertType.SPOOF);
        Policy namesake =
                Policy.strict().toBuilder().rule(AlertType.SPOOF, rule.off()).build();
        assertThat(measured(namesake, List.of()))
                .contains("judged by another policy of the name strict at 5 frames a second, under which the figures");
        Accommodation silence = Accommodation.silence(
                AlertType.PROHIBITED_OBJECT, "the office", Instant.parse("2026-11-02T09:00:00Z"), "meter");
        assertThat(measured(Policy.strict(), List.of(silence)))
                .contains("judged by the policy strict with the candidate&#39;s accommodations at 5 frames a second");
    }

    private static String measured(Policy policy, List<Accommodation> accommodations) {
        DetectorCards bundled = DetectorCards.bundled();
        DetectorCards.Method method = bundled.method();
        DetectorCards cards = new DetectorCards(
                bundled.measuredAt(),
                bundled.version(),
                bundled.data(),
                new DetectorCards.Method(
                        "strict",
                        PolicyDocument.sha256(Policy.strict()),
                        5,
                        method.minEventSeconds(),
                        method.toleranceSeconds()),
                bundled.modelHashes(),
                bundled.cards());
        RunSettings settings = Fixtures.settings();
        Html html = new Html();
        new MeasuredSection(
                        cards,
                        new RunSettings(
                                policy,
                                accommodations,
                                5,
                                settings.lanes(),
                                settings.threading(),
                                settings.version(),
                                cards.modelHashes(),
                                settings.analysedAt()))
                .write(html);
        return html.toString();
    }

    @Test
    void shouldCountTimeOnceWhenAlertsOfOneKindGoOnTogether() {
        RecordingResult full = Fixtures.result("two-things.mp4", Map.of());
        RecordingResult result = withAlerts(
                full, full.settings(), List.of(thing(1, 0, 50), thing(2, 5, 20), thing(3, 40, 60), thing(4, 70, 71)));
        assertThat(ReportPage.write(result)).contains("<b>4</b><span>Prohibited object</span><small>61.0 s in all");
    }

    @Test
    void shouldSayNotLookedForWhenAKindIsOffOrSilenced() {
        RecordingResult full = Fixtures.result("nothing.mp4", Map.of());
        RunSettings settings = full.settings();
        String looked = ReportPage.write(withAlerts(full, settings, List.of()));
        assertThat(looked).contains("nothing of the kind seen", "class=\"limit\"");
        RunSettings silenced = new RunSettings(
                settings.policy(),
                List.of(Accommodation.silence(
                        AlertType.PROHIBITED_OBJECT, "the office", Instant.parse("2026-11-02T09:00:00Z"), "meter")),
                settings.fps(),
                settings.lanes(),
                settings.threading(),
                settings.version(),
                settings.modelHashes(),
                settings.analysedAt());
        String page = ReportPage.write(withAlerts(full, silenced, List.of()));
        assertThat(page).contains("not looked for").doesNotContain("nothing of the kind seen", "class=\"limit\"");
        assertThat(page.substring(page.indexOf("id=\"measured\"")))
                .contains("Prohibited object<small>silenced by an accommodation");
    }

    private static Alert thing(int number, long startS, long endS) {
        return new Alert(
                "prohibited_object-" + number,
                AlertType.PROHIBITED_OBJECT,
                AlertPhase.CLOSED,
                Severity.HIGH,
                startS * 1_000_000_000L,
                endS * 1_000_000_000L,
                "A thing was in the picture.",
                0.9,
                new Evidence(1, startS * 1_000_000_000L),
                Map.of("object", "cell phone"));
    }

    /** A recording in which no object was seen. */
    private static RecordingResult withAlerts(RecordingResult full, RunSettings settings, List<Alert> alerts) {
        return new RecordingResult(
                full.fileName(),
                full.info(),
                full.mediaNs(),
                settings,
                full.accounting(),
                full.timing(),
                false,
                false,
                List.of(),
                alerts,
                List.of(),
                full.traces().stream()
                        .filter(point -> !(point.objectScore() > 0))
                        .toList(),
                Map.of());
    }
}
