package io.invigil.report.log;

import io.invigil.api.AlertType;
import io.invigil.api.FrameCounts;
import io.invigil.api.SessionScore;
import io.invigil.api.StageTimings;
import java.util.Locale;

/** The summary of one replay as a JSON document. */
public final class SummaryDocument {
    private SummaryDocument() {}

    /** The document, ending with a line break. */
    public static String write(RecordingResult result, RecordingFile file) {
        JsonText json = JsonText.indented()
                .object()
                .member("schema", 1)
                .member("recording", result.fileName())
                .member("recording_sha256", file.sha256())
                .member("partial", result.partial())
                .member("truncated", result.truncated());
        json.name("problems").array();
        result.problems().forEach(json::value);
        json.endArray();
        media(json, result, file);
        settings(json, result.settings());
        accounting(json, result.accounting());
        json.name("alerts").object().member("total", result.alerts().size());
        json.name("by_type").object();
        for (AlertType type : AlertType.values()) {
            json.member(
                    type.wireName(),
                    result.alerts().stream()
                            .filter(alert -> alert.type() == type)
                            .count());
        }
        json.endObject().endObject();
        json.member("events", result.events().size());
        result.score().ifPresent(score -> score(json, score));
        timing(json, result);
        return json.endObject() + "\n";
    }

    private static void media(JsonText json, RecordingResult result, RecordingFile file) {
        RecordingInfo info = result.info();
        json.name("media").object();
        json.member("container", info.container())
                .member("codec", info.codec())
                .member("width_px", info.uprightWidthPx())
                .member("height_px", info.uprightHeightPx())
                .member("rotation_deg", info.rotation().degrees())
                .member("nominal_fps", Math.round(info.nominalFps() * 1000) / 1000.0)
                .member("size_bytes", info.sizeBytes());
        json.name("stated_duration_s");
        if (info.durationNs() > 0) {
            json.seconds(info.durationNs());
        } else {
            json.value((String) null);
        }
        json.name("last_frame_s").seconds(result.mediaNs());
        json.name("before_first_frame_s").seconds(file.beforeFirstNs());
        json.name("after_last_frame_s").seconds(file.afterLastNs()).endObject();
    }

    private static void settings(JsonText json, RunSettings settings) {
        json.name("analysis").object();
        json.member("version", settings.version())
                .member("analysed_at", settings.analysedAt())
                .member("java", Runtime.version().toString())
                .member("fps", settings.fps())
                .member("lanes", settings.lanes())
                .member("threading", settings.threading().name().toLowerCase(Locale.ROOT))
                .member("policy", settings.policy().name())
                .member("policy_sha256", PolicyDocument.sha256(settings.policy()))
                .member("effective_policy_sha256", PolicyDocument.sha256(settings.effectivePolicy()));
        AccommodationDocument.write(json.name("accommodations"), settings.accommodations());
        json.name("models").object();
        settings.modelHashes().forEach(json::member);
        json.endObject().endObject();
    }

    /** Writes a score as the member {@code score}. */
    public static void score(JsonText json, SessionScore score) {
        json.name("score").object().member("points", ScoreText.points(score.points()));
        json.name("session_s").seconds(score.sessionNs());
        json.name("terms").array();
        for (SessionScore.Term term : score.terms()) {
            json.object()
                    .member("kind", term.kind().wireName())
                    .member("weight", term.weight())
                    .name("duration_s")
                    .seconds(term.durationNs())
                    .member("share", ScoreText.points(term.share()))
                    .member("points", ScoreText.points(term.points()))
                    .name("alerts")
                    .array();
            term.alertIds().forEach(json::value);
            json.endArray().endObject();
        }
        json.endArray().endObject();
    }

    private static void accounting(JsonText json, FrameAccounting accounting) {
        FrameCounts session = accounting.session();
        json.name("frames")
                .object()
                .member("decoded", accounting.decoded())
                .member("out_of_order", accounting.outOfOrder())
                .member("not_sampled", accounting.notSampled())
                .member("not_decoded", accounting.notDecoded())
                .member("offered", session.offered())
                .member("analysed", session.analysed())
                .member("sampled_out", session.sampledOut())
                .member("superseded", session.superseded())
                .member("rejected", session.rejected())
                .member("failed", session.failed())
                .member("in_flight", session.inFlight())
                .member("adds_up", accounting.addsUp())
                .member("damaged_packets", accounting.damagedPackets())
                .member("damaged_frames", accounting.damagedFrames())
                .member("time_restarts", accounting.timeRestarts())
                .member("untold_results", accounting.untold())
                .endObject();
    }

    private static void timing(JsonText json, RecordingResult result) {
        RunTiming timing = result.timing();
        StageTimings stages = timing.stages();
        long analysed = Math.max(1, result.accounting().session().analysed());
        json.name("timing").object();
        json.name("wall_s").seconds(timing.wallNs());
        json.name("read_s").seconds(timing.readNs());
        json.member("speed", Math.round(timing.speed(result.mediaNs()) * 100) / 100.0);
        json.name("stage_ms_per_frame").object();
        json.member("decode", perFrameMs(stages.decodeNs(), analysed))
                .member("face", perFrameMs(stages.faceNs(), analysed))
                .member("gaze", perFrameMs(stages.gazeNs(), analysed))
                .member("presence", perFrameMs(stages.presenceNs(), analysed))
                .member("rules", perFrameMs(stages.rulesNs(), analysed))
                .endObject()
                .endObject();
    }

    private static double perFrameMs(long totalNs, long frames) {
        return Math.round(totalNs / 1e3 / frames) / 1e3;
    }
}
