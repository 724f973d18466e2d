package io.invigil.replay.eval;

import io.invigil.api.AlertType;
import io.invigil.api.Detector;
import io.invigil.replay.eval.AlertScore.Verdict;
import io.invigil.report.card.CardsDocument;
import io.invigil.report.log.JsonText;
import io.invigil.report.log.PolicyDocument;
import java.util.Map;

/** An evaluation as a JSON document, schema 1; OUTPUT.md describes it. What was not measured is {@code null}. */
final class EvaluationDocument {
    private static final int SCHEMA = 1;

    private final Evaluation evaluation;
    private final JsonText json = JsonText.indented();

    private EvaluationDocument(Evaluation evaluation) {
        this.evaluation = evaluation;
    }

    /** The document, ending with a line break. */
    static String write(Evaluation evaluation) {
        EvaluationDocument writer = new EvaluationDocument(evaluation);
        writer.document();
        return writer.json + "\n";
    }

    private void document() {
        EvaluationSettings settings = evaluation.settings();
        json.object()
                .member("schema", SCHEMA)
                .member("measured_at", settings.measuredAt())
                .member("version", settings.version());
        json.name("data")
                .object()
                .member("name", settings.dataName())
                .member("note", settings.dataNote())
                .member("labels_sha256", settings.labelsSha256())
                .member("clips", evaluation.clips().size())
                .member("seconds", rounded(evaluation.seconds()))
                .member("quiet_clips", evaluation.quietClips().size())
                .member("people", evaluation.people())
                .endObject();
        json.name("method")
                .object()
                .member("policy", settings.policy().name())
                .member("policy_sha256", PolicyDocument.sha256(settings.policy()))
                .member("fps", settings.fps())
                .member("min_event_s", settings.minEventSeconds())
                .member("tolerance_s", settings.toleranceSeconds())
                .endObject();
        json.name("models").object();
        settings.modelHashes().forEach(json::member);
        json.endObject();
        json.name("not_analysed").array();
        evaluation.missing().forEach(json::value);
        json.endArray();
        json.name("not_read_as_labelled").object();
        evaluation.doubtful().forEach((file, doubts) -> {
            json.name(file).array();
            doubts.forEach(json::value);
            json.endArray();
        });
        json.endObject();
        score(json.name("all"), evaluation.all()).endObject();
        CardsDocument.write(json.name("face_counts"), evaluation.faceCounts());
        json.name("kinds").object();
        for (AlertType type : Evaluation.judgedKinds()) {
            json.name(type.wireName());
            score(json, evaluation.kind(type))
                    .member("enabled", evaluation.isOn(type))
                    .endObject();
        }
        json.endObject();
        types("events_without_alert_kind", evaluation.eventsWithoutKind());
        types("events_switched_off", evaluation.eventsSwitchedOff());
        types("events_too_short", evaluation.eventsTooShort());
        LookConfusion looks = evaluation.looks();
        json.name("looks").object();
        confusion("gaze_head_in_front", looks.eyes());
        confusion("gaze_head_turned", looks.turned());
        confusion("head", looks.head());
        json.endObject();
        json.name("clips").array();
        evaluation.clips().forEach(this::clip);
        json.endArray();
        stills();
        identity();
        json.endObject();
    }

    /** Opens an object and leaves it open. */
    private JsonText score(JsonText into, KindScore score) {
        into.object();
        CardsDocument.write(into.name("recall"), score.recall());
        CardsDocument.write(into.name("false_alerts"), score.falseAlerts());
        CardsDocument.write(into.name("false_alerts_quiet"), score.quietFalseAlerts());
        CardsDocument.write(into.name("false_alerts_other"), score.otherFalseAlerts());
        into.member("answering", score.answering())
                .member("explained", score.explained())
                .member("undecidable", score.undecidable())
                .member("not_asked", score.notAsked());
        CardsDocument.write(into.name("start_error_s"), score.startError());
        CardsDocument.write(into.name("end_error_s"), score.endError());
        CardsDocument.write(into.name("beyond_hold_s"), score.beyondHold());
        return into.member("alerts_per_event", score.alertsPerEvent())
                .member("most_alerts_for_an_event", score.mostAlertsForAnEvent());
    }

    private void types(String name, Map<String, Long> counts) {
        json.name(name).object();
        counts.forEach(json::member);
        json.endObject();
    }

    private void confusion(String name, Confusion confusion) {
        json.name(name);
        if (confusion.total() == 0) {
            json.value((String) null);
            return;
        }
        json.object();
        for (String label : confusion.labels()) {
            json.name(label).object();
            confusion.answers().forEach(answer -> json.member(answer, confusion.count(label, answer)));
            json.endObject();
        }
        json.endObject();
    }

    private void clip(ClipScore clip) {
        json.object().member("file", clip.clip().file()).member("quiet", clip.isQuiet());
        CardsDocument.write(json.name("face_counts"), clip.faceCounts());
        json.name("events").array();
        for (EventScore score : clip.events()) {
            json.object()
                    .member("type", score.event().type())
                    .member("start_s", score.event().startSeconds())
                    .member("end_s", score.event().endSeconds())
                    .member("outcome", score.outcome().name().toLowerCase(java.util.Locale.ROOT));
            if (!score.event().direction().isEmpty()) {
                json.member("direction", score.event().direction())
                        .member("modality", score.event().modality());
            }
            json.name("alerts").array();
            score.alerts().forEach(alert -> json.value(alert.id()));
            json.endArray();
            if (!score.alerts().isEmpty()) {
                json.member("start_error_s", rounded(score.startErrorSeconds()))
                        .member("end_error_s", rounded(score.endErrorSeconds()))
                        .member("beyond_hold_s", rounded(score.beyondHoldSeconds()));
            }
            json.endObject();
        }
        json.endArray().name("alerts").array();
        for (AlertScore score : clip.alerts()) {
            json.object()
                    .member("id", score.alert().id())
                    .name("start_s")
                    .seconds(score.alert().startNs())
                    .name("end_s")
                    .seconds(score.alert().endNs());
            json.member("verdict", score.verdict().words());
            if (score.verdict() != Verdict.ANSWERS) {
                json.member("message", score.alert().message()).member("labels", score.labels());
            }
            json.endObject();
        }
        json.endArray().endObject();
    }

    private void stills() {
        json.name("stills");
        if (evaluation.stills().isEmpty()) {
            json.value((String) null);
            return;
        }
        StillScores stills = evaluation.stills().orElseThrow();
        json.object().member("stills", stills.readings().size()).member("times_offered", StillRunner.TIMES);
        json.name("not_analysed").array();
        stills.failed().forEach(json::value);
        json.endArray();
        CardsDocument.write(json.name("face_counts"), stills.faceCounts());
        CardsDocument.write(json.name("face_counts_of_one_or_none"), stills.faceCountsOfOneOrNone());
        CardsDocument.write(json.name("face_found"), stills.faceFound());
        CardsDocument.write(json.name("no_face_found"), stills.noFaceFound());
        CardsDocument.write(json.name("several_faces_found"), stills.severalFacesFound());
        CardsDocument.write(json.name("person_counts"), stills.personCounts());
        CardsDocument.write(json.name("several_persons_found"), stills.severalPersonsFound());
        CardsDocument.write(json.name("at_most_one_person_found"), stills.noSeveralPersonsFound());
        json.name("things").object();
        stills.things().forEach(this::thing);
        json.endObject();
        json.name("readings").array();
        for (StillReading reading : stills.readings()) {
            json.object()
                    .member("file", reading.image().file())
                    .member("faces", orNaN(stills, Detector.FACE, reading.faces()))
                    .member("persons", orNaN(stills, Detector.BODY, reading.persons()))
                    .member("phone_score", orNaN(stills, Detector.OBJECTS, reading.ruleScore(ThingSeen.PHONE)))
                    .member("book_score", orNaN(stills, Detector.OBJECTS, reading.ruleScore(ThingSeen.BOOK)))
                    .endObject();
        }
        json.endArray().endObject();
    }

    /** The value, or NaN, which is written as {@code null}, when nothing looked for it. */
    private static double orNaN(StillScores stills, Detector needed, double value) {
        return stills.detectors().contains(needed) ? value : Double.NaN;
    }

    private void thing(ThingScore score) {
        json.name(score.thing()).object();
        json.member("threshold", score.threshold().orElse(Double.NaN))
                .member("stills", score.wanted().size());
        CardsDocument.write(json.name("recall"), score.atThreshold().recall());
        CardsDocument.write(json.name("precision"), score.atThreshold().precision());
        CardsDocument.write(json.name("recall_first_look"), score.recallAtFirstLook());
        json.name("sweep");
        if (!score.lookedFor()) {
            json.value((String) null).endObject();
            return;
        }
        json.array();
        for (ThingScore.Point point : score.sweep()) {
            json.object().member("threshold", rounded(point.threshold()));
            CardsDocument.write(json.name("recall"), point.recall());
            CardsDocument.write(json.name("precision"), point.precision());
            json.endObject();
        }
        json.endArray().endObject();
    }

    private void identity() {
        json.name("identity");
        if (evaluation.identity().isEmpty()) {
            json.value((String) null);
            return;
        }
        IdentityScore score = evaluation.identity().orElseThrow();
        IdentityRoc roc = score.roc();
        json.object()
                .member("same_pairs", roc.samePairs())
                .member("other_pairs", roc.otherPairs())
                .member("equal_error_rate", rounded4(roc.equalErrorRate()))
                .member("equal_error_distance", rounded4(roc.equalErrorDistance()))
                .member("area", rounded4(roc.area()))
                .member("not_compared", score.notCompared());
        CardsDocument.write(json.name("told_other"), score.found());
        CardsDocument.write(json.name("false_alarms"), score.alarms());
        CardsDocument.write(json.name("unclear"), score.unclear());
        json.name("curve").array();
        for (IdentityRoc.Point point : roc.points()) {
            json.object()
                    .member("distance", rounded4(point.distance()))
                    .member("false_accepts", rounded4(point.falseAccepts()))
                    .member("false_rejects", rounded4(point.falseRejects()))
                    .endObject();
        }
        json.endArray().endObject();
    }

    private static double rounded(double seconds) {
        return Math.round(seconds * 1000) / 1000.0;
    }

    private static double rounded4(double value) {
        return Double.isNaN(value) ? value : Math.round(value * 10_000) / 10_000.0;
    }
}
