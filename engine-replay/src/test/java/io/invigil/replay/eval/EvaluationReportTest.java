package io.invigil.replay.eval;

import static io.invigil.replay.eval.Synthetic.alert;
import static io.invigil.replay.eval.Synthetic.event;
import static io.invigil.replay.eval.Synthetic.state;
import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.api.AlertType;
import io.invigil.api.Answer;
import io.invigil.api.Attention;
import io.invigil.api.BoundingBox;
import io.invigil.api.CameraState;
import io.invigil.api.Doubt;
import io.invigil.api.ImageQuality;
import io.invigil.api.ObjectDetection;
import io.invigil.api.Observation;
import io.invigil.api.Policy;
import io.invigil.api.PresenceObservation;
import io.invigil.api.Reading;
import io.invigil.replay.eval.Finding.What;
import io.invigil.replay.eval.IdentityScore.Look;
import io.invigil.report.card.CardsDocument;
import io.invigil.report.card.DetectorCard;
import io.invigil.report.card.DetectorCards;
import io.invigil.report.card.HourlyRate;
import io.invigil.report.card.Proportion;
import io.invigil.report.log.TracePoint;
import io.invigil.report.page.Figures;
import io.invigil.testdata.LabelledClips.Clip;
import io.invigil.testdata.LabelledImages.Image;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class EvaluationReportTest {
    /** Two events of which one is met, a false and an undecidable alert, and a label no alert answers. */
    private static final Clip CLIP = Synthetic.clip(
            List.of("<b>tag</b>"),
            List.of(state(0, 40), state(40, 60, 1, 1, "unknown", "ok")),
            event("CAMERA_BLOCKED", 5, 10),
            event("VIDEO_FROZEN", 20, 26),
            event("MOUTH_OPEN", 30, 34));

    private static final Evaluation EVALUATION = Evaluation.of(
                    Synthetic.settings(),
                    List.of(CLIP),
                    Map.of(
                            "clips/a.mp4",
                            Synthetic.result(
                                    59.9,
                                    List.of(
                                            alert(AlertType.BLACK_SCREEN, 1, 5.25, 10),
                                            alert(AlertType.NO_FACE, 1, 12, 15),
                                            alert(AlertType.EYES_LOOKING_AWAY, 1, 44, 48)))))
            .withStills(StillScores.of(
                    List.of(
                            still("phone.jpg", 1, 0.1, 0.5, 0.9),
                            still("missed.jpg", 1, 0.9, 0.2, 0.1),
                            still("cup.jpg", 0, 0.6)),
                    Synthetic.settings().policy()))
            .withIdentity(IdentityScore.of(List.of(
                    new Look(true, true, 0.1, Answer.PRESENT),
                    new Look(true, true, 0.58, Answer.CANNOT_TELL),
                    new Look(false, true, 0.7, Answer.ABSENT),
                    new Look(false, false, 0, Answer.CANNOT_TELL))));

    @Test
    void shouldCountNoMoreThanWasReadAndSaySoWhenARecordingIsNotAsLabelled() {
        Evaluation cut = Evaluation.of(
                Synthetic.settings(),
                List.of(CLIP),
                Map.of("clips/a.mp4", Synthetic.result(30, List.of(), "the recording is cut off")));
        String doubt = "clips/a.mp4 (the recording is cut off; labelled are 60.0 s and it has 30.0 s)";
        assertThat(cut.falseAlerts()).isEqualTo(new HourlyRate(0, 30 / 3600.0));
        assertThat(cut.kind(AlertType.NO_FACE).falseAlerts().hours()).isEqualTo(30 / 3600.0);
        assertThat(EvaluationText.write(cut)).contains("not read as labelled: " + doubt);
        assertThat(EvaluationMarkdown.write(cut)).contains("Not read as labelled: " + doubt + ".");
        assertThat(EvaluationPage.write(cut, Map.of())).contains("Not read as labelled.</b> " + doubt);
        DetectorCards.Dataset data = CardMaker.cards(cut).data();
        assertThat(data.note()).isEqualTo("Nothing here was filmed. Not read as labelled: " + doubt + ".");
        assertThat(data.hours()).isEqualTo(30 / 3600.0);
        JsonNode document = JsonMapper.builder().build().readTree(EvaluationDocument.write(cut));
        assertThat(document.get("not_read_as_labelled").get("clips/a.mp4").size())
                .isEqualTo(2);
    }

    @Test
    void shouldCountTheLabelledTimeOnlyWhenARecordingIsLonger() {
        Evaluation longer = Evaluation.of(
                Synthetic.settings(), List.of(CLIP), Map.of("clips/a.mp4", Synthetic.result(90, List.of())));
        assertThat(longer.falseAlerts().hours()).isEqualTo(60 / 3600.0);
        assertThat(longer.doubtful()).containsOnlyKeys("clips/a.mp4");
        assertThat(EVALUATION.doubtful()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"58, 0.5, true", "54, 0.5, false", "58, 20, false", "62, 0.5, false"})
    void shouldTakeARecordingAsLabelledWhenItsLastFrameIsAsNearTheEndAsItsFramesAreApart(
            double lastSeconds, double fps, boolean asLabelled) {
        Evaluation evaluation = Evaluation.of(
                Synthetic.settings(),
                List.of(CLIP),
                Map.of("clips/a.mp4", Synthetic.result(lastSeconds, fps, List.of())));
        assertThat(evaluation.doubtful().isEmpty()).isEqualTo(asLabelled);
    }

    private static EvaluationSettings settings(Policy policy) {
        EvaluationSettings strict = Synthetic.settings();
        return new EvaluationSettings(
                strict.dataName(),
                strict.dataNote(),
                strict.labelsSha256(),
                policy,
                strict.fps(),
                strict.minEventSeconds(),
                strict.toleranceSeconds(),
                strict.version(),
                strict.modelHashes(),
                strict.measuredAt());
    }

    @Test
    void shouldMeasureNothingOfWhatNoDetectorLookedFor() {
        Policy faceOnly = Policy.strict().toBuilder().only(AlertType.NO_FACE).build();
        Evaluation evaluation = lookedAt(faceOnly);
        assertThat(evaluation.faceCounts().isMeasured()).isFalse();
        assertThat(evaluation.looks().head().total()).isZero();
        assertThat(evaluation.findings()).extracting(Finding::what).doesNotContain(What.STILL_MISSED, What.STILL_COUNT);
        JsonNode json = JsonMapper.builder().build().readTree(EvaluationDocument.write(evaluation));
        for (String nothing : List.of(
                "/face_counts",
                "/looks/gaze_head_in_front",
                "/looks/head",
                "/stills/face_counts",
                "/stills/face_counts_of_one_or_none",
                "/stills/several_faces_found",
                "/stills/person_counts",
                "/stills/several_persons_found",
                "/stills/at_most_one_person_found",
                "/stills/things/cell phone/threshold",
                "/stills/things/cell phone/recall",
                "/stills/things/cell phone/recall_first_look",
                "/stills/things/cell phone/sweep",
                "/stills/readings/0/phone_score")) {
            assertThat(json.at(nothing).isNull()).as(nothing).isTrue();
        }
        assertThat(json.at("/stills/no_face_found/total").asInt()).isEqualTo(1);
        assertThat(json.at("/stills/readings/0/faces").asInt(-1)).isZero();
        EvaluationReport report = new EvaluationReport(evaluation, Map.of(), true);
        assertThat(report.text()).contains("cell phone: not measured, objects are off in this policy");
        assertThat(report.markdown()).contains("cell phone: not measured, objects are off in this policy.");
        assertThat(report.html()).contains("looks away are off in this policy");
        assertThat(CardsDocument.parse(report.cards()).cards())
                .flatExtracting(DetectorCard::figures)
                .filteredOn(figure -> figure.name().contains("right number of faces"))
                .extracting(DetectorCard.Figure::value)
                .containsExactly(Figures.NOT_MEASURED);
    }

    @Test
    void shouldMeasureEverythingThatWasLookedFor() {
        Evaluation evaluation = lookedAt(Policy.strict());
        assertThat(evaluation.faceCounts()).isEqualTo(new Proportion(0, 1));
        assertThat(evaluation.looks().head().total()).isEqualTo(1);
        assertThat(evaluation.stills().orElseThrow().personCounts()).isEqualTo(new Proportion(1, 1));
    }

    /** A frame and a still on which nothing is seen. */
    private static Evaluation lookedAt(Policy policy) {
        TracePoint point = TracePoint.of(look(0), Attention.cannotTell(Doubt.NOT_EVALUATED), List.of());
        return Evaluation.of(
                        settings(policy),
                        List.of(CLIP),
                        Map.of("clips/a.mp4", Synthetic.result(59.9, List.of(), List.of(point))))
                .withStills(StillScores.of(List.of(still("phone.jpg", 1, 0.1)), policy));
    }

    @Test
    void shouldMeasureNothingOfAKindThatIsOff() {
        EvaluationSettings settings = settings(Policy.interview());
        Evaluation evaluation =
                Evaluation.of(settings, List.of(CLIP), Map.of("clips/a.mp4", Synthetic.result(60, List.of())));
        JsonNode kinds = JsonMapper.builder()
                .build()
                .readTree(EvaluationDocument.write(evaluation))
                .get("kinds");
        assertThat(kinds.get("identity_changed").get("enabled").asBoolean()).isFalse();
        assertThat(kinds.get("identity_changed").get("false_alerts").isNull()).isTrue();
        assertThat(kinds.get("identity_changed").get("false_alerts_other").isNull())
                .isTrue();
        assertThat(kinds.get("no_face").get("false_alerts").get("hours").asDouble())
                .isPositive();
    }

    @Test
    void shouldCountWhatWasMetAndWhatWasFalse() {
        assertThat(EVALUATION.recall()).isEqualTo(new Proportion(1, 2));
        assertThat(EVALUATION.falseAlerts()).isEqualTo(new HourlyRate(1, 60 / 3600.0));
        assertThat(EVALUATION.quietFalseAlerts().isMeasured()).isFalse();
        assertThat(EVALUATION.kind(AlertType.EYES_LOOKING_AWAY).undecidable()).isEqualTo(1);
        assertThat(EVALUATION.kind(AlertType.BLACK_SCREEN).startError().medianSeconds())
                .isEqualTo(0.25);
        assertThat(EVALUATION.eventsWithoutKind()).containsExactly(Map.entry("MOUTH_OPEN", 1L));
    }

    @Test
    void shouldFindThingsOnStillsByTheMedianOfTheLooks() {
        ThingScore phones = EVALUATION.stills().orElseThrow().thing(ThingSeen.PHONE);
        assertThat(phones.atThreshold().recall()).isEqualTo(new Proportion(1, 2));
        assertThat(phones.atThreshold().precision()).isEqualTo(new Proportion(1, 2));
        assertThat(phones.recallAtFirstLook()).isEqualTo(new Proportion(1, 2));
        assertThat(phones.missed()).extracting(still -> still.image().name()).containsExactly("missed.jpg");
        assertThat(phones.falselyFound())
                .extracting(still -> still.image().name())
                .containsExactly("cup.jpg");
        assertThat(phones.sweep())
                .extracting(ThingScore.Point::threshold)
                .isSorted()
                .hasSize(19);
    }

    @Test
    void shouldWriteFiguresThatReadBack() {
        JsonNode json = JsonMapper.builder().build().readTree(report(Map.of()).json());
        assertThat(json.at("/all/recall/hits").asInt()).isEqualTo(1);
        assertThat(json.at("/all/recall/total").asInt()).isEqualTo(2);
        assertThat(json.at("/all/false_alerts/per_hour").asDouble()).isEqualTo(60);
        assertThat(json.at("/all/false_alerts_quiet").isNull()).isTrue();
        assertThat(json.at("/kinds/black_screen/recall/share").asDouble()).isEqualTo(1);
        assertThat(json.at("/kinds/multiple_persons/recall").isNull()).isTrue();
        assertThat(json.at("/events_without_alert_kind/MOUTH_OPEN").asInt()).isEqualTo(1);
        assertThat(json.at("/clips/0/events/1/outcome").asString()).isEqualTo("missed");
        assertThat(json.at("/clips/0/events/0/alerts/0").asString()).isEqualTo("black_screen-1");
        assertThat(json.at("/clips/0/alerts/1/verdict").asString()).isEqualTo("false");
        assertThat(json.at("/clips/0/alerts/2/verdict").asString()).isEqualTo("undecidable");
        assertThat(json.at("/stills/things/cell phone/precision/total").asInt()).isEqualTo(2);
        assertThat(json.at("/identity/equal_error_rate").asDouble()).isZero();
        assertThat(json.at("/identity/same_pairs").asInt()).isEqualTo(2);
        assertThat(json.at("/identity/not_compared").asInt()).isEqualTo(1);
        assertThat(json.at("/identity/told_other/share").asDouble()).isEqualTo(1);
        assertThat(json.at("/identity/unclear/hits").asInt()).isEqualTo(1);
        assertThat(json.at("/models/nanodet").asString()).isEqualTo("22".repeat(32));
    }

    @Test
    void shouldShowAPictureOfEverythingThatWentWrong() {
        List<Finding> findings = EVALUATION.findings();
        assertThat(findings)
                .extracting(Finding::what)
                .contains(What.MISSED, What.FALSE, What.UNDECIDABLE, What.STILL_MISSED, What.STILL_FALSE);
        Map<Finding, byte[]> pictures = new HashMap<>();
        for (int i = 0; i < findings.size(); i++) {
            pictures.put(findings.get(i), new byte[] {(byte) (i + 1), 77, 88});
        }
        String page = report(pictures).html();
        pictures.values()
                .forEach(picture -> assertThat(page)
                        .contains(
                                "data:image/jpeg;base64," + Base64.getEncoder().encodeToString(picture)));
        assertThat(page).doesNotContain("No picture could be taken", "http:", "https:", "<script");
        assertThat(report(Map.of()).html()).contains("No picture could be taken");
    }

    @Test
    void shouldEscapeNamesAndBalanceItsElements() {
        Clip hostile = new Clip(
                "clips/<img src=x>.mp4", 9, List.of("P1"), List.of(), "real", "", List.of(state(0, 9)), List.of());
        Evaluation evaluation = Evaluation.of(
                Synthetic.settings(),
                List.of(hostile),
                Map.of(
                        "clips/<img src=x>.mp4",
                        Synthetic.result(CLIP.durationSeconds(), List.of(alert(AlertType.NO_FACE, 1, 1, 5)))));
        String page = new EvaluationReport(evaluation, Map.of(), true).html();
        assertThat(page).doesNotContain("<img src=x").contains("&lt;img src=x&gt;");
        for (String html : List.of(page, report(Map.of()).html())) {
            ArrayDeque<String> open = new ArrayDeque<>();
            Matcher tags = Pattern.compile("<(/?)([a-z][a-z0-9]*)[^>]*>")
                    .matcher(html.replaceAll("(?s)<style>.*?</style>", ""));
            while (tags.find()) {
                if (!tags.group(1).isEmpty()) {
                    assertThat(open.pop()).isEqualTo(tags.group(2));
                } else if (!List.of("meta", "img").contains(tags.group(2))) {
                    open.push(tags.group(2));
                }
            }
            assertThat(open).isEmpty();
        }
    }

    @Test
    void shouldPointAtTheFrameNearTheStartOfWhatWentWrong() {
        Finding missed = finding(What.MISSED);
        assertThat(missed.pictureSeconds()).isBetween(20.0, 22.0);
        assertThat(finding(What.FALSE).pictureSeconds()).isEqualTo(13.5);
        assertThat(finding(What.FALSE).text()).contains("faces 1", "gaze center");
    }

    @Test
    void shouldNameEveryKindOnTheTerminalAndSayWhatWasNotMeasured() {
        String text = report(Map.of()).text();
        Evaluation.judgedKinds().forEach(type -> assertThat(text).contains(type.wireName()));
        assertThat(text).contains("1 of 2 (50 %", "MOUTH_OPEN 1", "not measured", "VIDEO_FROZEN", "missed.jpg");
    }

    @Test
    void shouldTellTheSameFiguresOfStillsInEveryForm() {
        for (StillScores.Row row : EVALUATION.stills().orElseThrow().rows()) {
            assertThat(report(Map.of()).text()).containsIgnoringCase(row.name());
            assertThat(report(Map.of()).markdown())
                    .contains("| " + row.name() + " | " + Figures.of(row.share()) + " |");
            assertThat(report(Map.of()).html()).containsIgnoringCase(">" + row.name() + "</th>");
        }
    }

    @Test
    void shouldMakeACardForEveryKind() {
        DetectorCards cards = CardsDocument.parse(report(Map.of()).cards());
        assertThat(cards.cards()).extracting(DetectorCard::kind).containsExactly(AlertType.values());
        assertThat(cards.data().name()).isEqualTo("invented clips");
        assertThat(cards.card(AlertType.BLACK_SCREEN).orElseThrow().recall()).isEqualTo(new Proportion(1, 1));
        assertThat(cards.card(AlertType.BLACK_SCREEN).orElseThrow().models()).isEmpty();
        assertThat(cards.card(AlertType.NO_FACE).orElseThrow().models()).containsExactly("face_detection_full_range");
        assertThat(cards.card(AlertType.TAB_SWITCH).orElseThrow().isMeasured()).isFalse();
        assertThat(cards.card(AlertType.PROHIBITED_OBJECT).orElseThrow().figures())
                .anyMatch(figure -> figure.name().contains("cell phone recall")
                        && figure.value().startsWith("1 of 2"));
    }

    private static Finding finding(What what) {
        return EVALUATION.findings().stream()
                .filter(finding -> finding.what() == what)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void shouldScoreAStillByTheBestMedianOfFiveLooksInARow() {
        String phone = "cell phone";

        assertThat(still("late.jpg", 1, 0, 0, 0, 0.1, 0.9, 0.8, 0.7, 0.9).ruleScore(phone))
                .isEqualTo(0.8);
        assertThat(still("now-and-then.jpg", 1, 0.9, 0, 0, 0.9, 0, 0.9, 0, 0).ruleScore(phone))
                .isZero();
        assertThat(still("short.jpg", 1, 0.5, 0.4).ruleScore(phone)).isEqualTo(0.4);
    }

    @Test
    void shouldScoreAStillByTheLooksTakenAndNotByThoseCarriedOn() {
        StillReading twice = new StillReading(
                still("carried-on.jpg", 1).image(),
                List.of(look(0.1), look(0.1), look(0.9), carriedOn(0.9), carriedOn(0.9), look(0.1), carriedOn(0.1)));

        assertThat(twice.ruleScore("cell phone")).isEqualTo(0.1);
        assertThat(twice.firstScore("cell phone")).isEqualTo(0.1);
        assertThat(new StillReading(twice.image(), List.of(carriedOn(0.9))).ruleScore("cell phone"))
                .isZero();
    }

    private static EvaluationReport report(Map<Finding, byte[]> pictures) {
        return new EvaluationReport(EVALUATION, pictures, true);
    }

    /** A still without a face, on which a phone gets these scores look by look. */
    private static StillReading still(String name, int phones, double... scores) {
        Image image = new Image(
                "images/" + name,
                100,
                100,
                0,
                0,
                0,
                0,
                0,
                0,
                "none",
                "none",
                phones,
                0,
                "none",
                "",
                List.of(),
                Collections.emptyMap());
        return new StillReading(
                image,
                DoubleStream.of(scores).mapToObj(EvaluationReportTest::look).toList());
    }

    private static Observation look(double score) {
        return look(presence(score));
    }

    /** A frame on which the object detector did not run. */
    private static Observation carriedOn(double score) {
        return look(presence(score).carriedOn());
    }

    private static PresenceObservation presence(double score) {
        return new PresenceObservation(
                0, true, List.of(), List.of(new ObjectDetection("cell phone", score, new BoundingBox(1, 2, 3, 4))));
    }

    private static Observation look(PresenceObservation presence) {
        return new Observation(
                0,
                0,
                100,
                100,
                new ImageQuality(CameraState.OK, 100, 30, 0.2, 1, 2, false, false),
                Reading.absent(0.9),
                List.of(),
                presence);
    }
}
