package io.invigil.report.page;

import io.invigil.api.AlertRule;
import io.invigil.api.AlertType;
import io.invigil.api.Doubt;
import io.invigil.api.SessionEvent;
import io.invigil.report.log.MediaTime;
import io.invigil.report.log.RecordingResult;
import io.invigil.report.log.TracePoint;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** What was not seen, and why: doubts by reason, events, and what the policy leaves out. */
final class BlindSection {
    private final RecordingResult result;

    BlindSection(RecordingResult result) {
        this.result = result;
    }

    void write(Html html) {
        html.open("section", "aria-labelledby", "blind-title", "id", "blind");
        html.element("h2", "What was not seen, and why", "id", "blind-title");
        html.element(
                "p",
                "A frame answers a question with yes, with no, or not at all. Where there is no answer, no alert can come of it: the shares below say how much of the recording each question was left open for.",
                "class",
                "lead");
        shares(html);
        events(html);
        switchedOff(html);
        html.close("section").line();
    }

    private void shares(Html html) {
        int frames = result.traces().size();
        html.open("div", "class", "scroll").open("table", "class", "shares");
        html.open("thead").open("tr");
        html.element("th", "Question", "scope", "col")
                .element("th", "Answered", "scope", "col", "class", "num")
                .element("th", "Share", "scope", "col")
                .element("th", "Left open because", "scope", "col");
        html.close("tr").close("thead").open("tbody");
        share(html, "Is a face in the picture?", frames, point -> point.face().doubt(), point -> true);
        share(html, "Where do the eyes point?", frames, TracePoint::gazeDoubt, point -> point.faceCount() > 0);
        share(
                html,
                "Does the candidate look away?",
                frames,
                point -> point.attention().doubt(),
                point -> true);
        html.close("tbody").close("table").close("div");
    }

    private void share(
            Html html,
            String question,
            int frames,
            Function<TracePoint, Optional<Doubt>> doubt,
            java.util.function.Predicate<TracePoint> asked) {
        Map<Doubt, Long> reasons = new EnumMap<>(Doubt.class);
        List<TracePoint> points = result.traces().stream().filter(asked).toList();
        points.forEach(point -> doubt.apply(point).ifPresent(reason -> reasons.merge(reason, 1L, Long::sum)));
        long open = reasons.values().stream().mapToLong(Long::longValue).sum();
        double answered = points.isEmpty() ? 0 : 1 - (double) open / points.size();
        html.open("tr").open("th", "scope", "row").text(question);
        if (points.size() < frames) {
            html.element(
                    "small", "in the " + Words.percent((double) points.size() / frames) + " of frames with a face");
        }
        html.close("th").element("td", points.isEmpty() ? "\u2013" : Words.percent(answered), "class", "num");
        html.open("td").open("span", "class", "stack", "aria-hidden", "true");
        html.open("i", "style", width(answered), "class", "told").close("i");
        html.close("span").close("td").open("td");
        if (reasons.isEmpty()) {
            html.element("span", "nothing left open", "class", "quiet");
        }
        reasons.entrySet().stream()
                .sorted(Map.Entry.<Doubt, Long>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .forEach(entry -> html.open("span", "class", "reason-share")
                        .text(Words.of(entry.getKey()) + " ")
                        .element("b", Words.percent((double) entry.getValue() / points.size()))
                        .close("span"));
        html.close("td").close("tr");
    }

    private static String width(double share) {
        return "width:" + String.format(Locale.ROOT, "%.1f%%", share * 100);
    }

    private void events(Html html) {
        html.element("h3", "Along the way");
        if (result.events().isEmpty()) {
            html.element("p", "Nothing that bears on the worth of the alerts was noted.", "class", "quiet");
            return;
        }
        html.open("div", "class", "scroll").open("table").open("thead").open("tr");
        html.element("th", "When", "scope", "col")
                .element("th", "What", "scope", "col")
                .element("th", "Why it matters", "scope", "col");
        html.close("tr").close("thead").open("tbody");
        for (SessionEvent event : result.events()) {
            String when = event.endNs() > event.startNs()
                    ? MediaTime.clock(event.startNs()) + " \u2013 " + MediaTime.clock(event.endNs())
                    : MediaTime.clock(event.startNs());
            html.open("tr")
                    .element("td", when, "class", "when")
                    .element("td", Words.of(event.kind()))
                    .element("td", event.message())
                    .close("tr");
        }
        html.close("tbody").close("table").close("div");
    }

    private void switchedOff(Html html) {
        List<String> off = result.settings().effectivePolicy().rules().entrySet().stream()
                .filter(entry -> !entry.getValue().enabled())
                .map(Map.Entry<AlertType, AlertRule>::getKey)
                .map(Words::of)
                .toList();
        html.element("h3", "Left out by the policy or an accommodation");
        html.element(
                "p",
                off.isEmpty()
                        ? "Every kind of alert was judged."
                        : "Not judged under policy "
                                + result.settings().policy().name() + ": "
                                + String.join(", ", off).toLowerCase(Locale.ROOT) + ".");
    }
}
