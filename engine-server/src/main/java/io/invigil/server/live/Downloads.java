package io.invigil.server.live;

import io.invigil.api.Alert;
import io.invigil.api.EngineConfig;
import io.invigil.api.Policy;
import io.invigil.api.SessionEvent;
import io.invigil.api.SessionScore;
import io.invigil.api.StageTimings;
import io.invigil.report.log.FrameAccounting;
import io.invigil.report.log.RecordingInfo;
import io.invigil.report.log.RecordingResult;
import io.invigil.report.log.RunSettings;
import io.invigil.report.log.RunTiming;
import io.invigil.report.log.TracePoint;
import io.invigil.report.page.ReportPage;
import io.invigil.server.record.AlertFilter;
import io.invigil.server.record.AlertRecord;
import io.invigil.server.record.RecordStore;
import io.invigil.server.record.SessionRecord;
import io.invigil.wire.AlertView;
import io.invigil.wire.WireJson;
import io.invigil.wire.WireTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What a session leaves behind, from the store: the report, the alerts as lines and as a table. */
final class Downloads {
    private static final String COLUMNS =
            "alert_id,type,severity,requires_attention,timestamp,start_time,end_time,start_s,"
                    + "end_s,phase,confidence,message,review_state,review_note,details";

    private final RecordStore store;
    private final LiveSettings settings;
    private final Map<String, String> modelHashes;

    Downloads(RecordStore store, LiveSettings settings, Map<String, String> modelHashes) {
        this.store = store;
        this.settings = settings;
        this.modelHashes = modelHashes;
    }

    private List<AlertView> alerts(SessionRecord session) {
        return store.alerts(session.id(), AlertFilter.ALL).stream()
                .map(record -> SessionViews.alert(session.startNs(), record))
                .toList();
    }

    String lines(SessionRecord session) {
        StringBuilder lines = new StringBuilder();
        alerts(session).forEach(alert -> lines.append(WireJson.write(alert)).append('\n'));
        return lines.toString();
    }

    String table(SessionRecord session) {
        StringBuilder table = new StringBuilder(COLUMNS).append("\r\n");
        for (AlertView alert : alerts(session)) {
            List<String> cells = List.of(
                    cell(alert.alertId()),
                    cell(alert.type()),
                    cell(alert.severity()),
                    Boolean.toString(alert.requiresAttention()),
                    alert.timestamp(),
                    alert.startTime(),
                    alert.endTime(),
                    number(alert.startS()),
                    number(alert.endS()),
                    alert.phase(),
                    number(alert.confidence()),
                    cell(alert.message()),
                    cell(alert.review().state()),
                    cell(alert.review().note()),
                    cell(WireJson.write(alert.details())));
            table.append(String.join(",", cells)).append("\r\n");
        }
        return table.toString();
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.3f", value);
    }

    /** A text as RFC 4180 has it; one that a spreadsheet would take for a formula gets an apostrophe in front. */
    private static String cell(String text) {
        String safe = !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
        return '"' + safe.replace("\"", "\"\"") + '"';
    }

    /** A session's score: as kept, or counted from what is. */
    SessionScore score(SessionRecord session, Policy policy) {
        return session.score().orElseGet(() -> count(session, policy));
    }

    private SessionScore count(SessionRecord session, Policy policy) {
        return Scores.ofKept(
                policy.withAccommodations(SessionViews.accommodations(session.accommodations())),
                store.alerts(session.id(), AlertFilter.ALL).stream()
                        .map(AlertRecord::alert)
                        .toList(),
                store.traceSpan(session.id()),
                store.events(session.id()));
    }

    /** Width and height of a session's upright pictures in pixels; 0 when not known. */
    record PictureSize(int widthPx, int heightPx) {
        static final PictureSize UNKNOWN = new PictureSize(0, 0);
    }

    String page(SessionRecord session, Policy policy, PictureSize size) {
        long startNs = session.startNs();
        List<AlertRecord> records = store.alerts(session.id(), AlertFilter.ALL);
        Map<String, byte[]> pictures = new LinkedHashMap<>();
        for (AlertRecord record : records) {
            if (record.hasEvidence()) {
                store.evidence(session.id(), record.alert().id())
                        .ifPresent(picture -> pictures.put(record.alert().id(), picture));
            }
        }
        List<TracePoint> trace = store.trace(session.id()).stream()
                .map(point -> moved(point, startNs))
                .toList();
        long endNs = session.endNs().orElse(session.lastMediaNs());
        RecordingResult result = new RecordingResult(
                "Session " + session.id(),
                RecordingInfo.live(size.widthPx(), size.heightPx()),
                Math.max(1, endNs - startNs),
                new RunSettings(
                        policy,
                        settings.maxAnalysedFps(),
                        Math.max(1, settings.lanes()),
                        EngineConfig.defaults().threading(),
                        settings.version(),
                        modelHashes,
                        WireTime.iso(startNs)),
                new FrameAccounting(session.frames().offered(), 0, 0, 0, session.frames(), 0, 0, 0, 0),
                new RunTiming(Math.max(1, endNs - startNs), 0, StageTimings.NONE),
                session.state().isLive(),
                false,
                List.of(),
                records.stream().map(record -> moved(record.alert(), startNs)).toList(),
                store.events(session.id()).stream()
                        .map(event -> moved(event, startNs))
                        .toList(),
                trace,
                Map.of(),
                Optional.of(score(session, policy)));
        return ReportPage.write(result.withPictures(pictures));
    }

    private static Alert moved(Alert alert, long byNs) {
        return new Alert(
                alert.id(),
                alert.type(),
                alert.phase(),
                alert.severity(),
                alert.startNs() - byNs,
                alert.endNs() - byNs,
                alert.message(),
                alert.confidence(),
                new io.invigil.api.Evidence(
                        alert.evidence().frameIndex(), alert.evidence().timestampNs() - byNs),
                alert.details());
    }

    private static SessionEvent moved(SessionEvent event, long byNs) {
        return new SessionEvent(event.kind(), event.startNs() - byNs, event.endNs() - byNs, event.message());
    }

    private static TracePoint moved(TracePoint point, long byNs) {
        return new TracePoint(
                point.timestampNs() - byNs,
                point.camera(),
                point.unchanged(),
                point.face(),
                point.faceCount(),
                point.bodyCount(),
                point.headYawDeg(),
                point.headPitchDeg(),
                point.eyeYawDeg(),
                point.eyePitchDeg(),
                point.gazeDoubt(),
                point.attention(),
                point.direction(),
                point.modality(),
                point.object(),
                point.objectScore());
    }
}
