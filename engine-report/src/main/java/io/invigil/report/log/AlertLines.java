package io.invigil.report.log;

import io.invigil.api.Alert;
import io.invigil.api.SessionEvent;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Alerts and events as JSON, one a line. */
public final class AlertLines {
    private AlertLines() {}

    /** The alerts as every file and report lists them: by start, then by id. */
    public static List<Alert> ordered(Collection<Alert> alerts) {
        return alerts.stream()
                .sorted(Comparator.comparingLong(Alert::startNs).thenComparing(Alert::id))
                .toList();
    }

    /**
     * One alert on one line without its line break.
     *
     * @param picture path of its evidence picture relative to the file, or null
     */
    public static String write(Alert alert, String picture) {
        JsonText json = JsonText.line()
                .object()
                .member("id", alert.id())
                .member("type", alert.type().wireName())
                .member("severity", alert.severity().wireName())
                .name("start_s")
                .seconds(alert.startNs())
                .name("end_s")
                .seconds(alert.endNs())
                .member("message", alert.message())
                .member("confidence", Math.round(alert.confidence() * 10_000) / 10_000.0);
        json.name("evidence")
                .object()
                .member("frame", alert.evidence().frameIndex())
                .name("time_s")
                .seconds(alert.evidence().timestampNs());
        if (picture != null) {
            json.member("picture", picture);
        }
        json.endObject().name("details").object();
        for (Map.Entry<String, String> detail : alert.details().entrySet()) {
            json.member(detail.getKey(), detail.getValue());
        }
        return json.endObject().endObject().toString();
    }

    /** One event on one line without its line break. */
    public static String write(SessionEvent event) {
        return JsonText.line()
                .object()
                .member("kind", event.kind().wireName())
                .name("start_s")
                .seconds(event.startNs())
                .name("end_s")
                .seconds(event.endNs())
                .member("message", event.message())
                .endObject()
                .toString();
    }
}
