package io.invigil.report.page;

import io.invigil.api.Accommodation;
import io.invigil.api.AlertRule;
import io.invigil.api.AlertType;
import io.invigil.api.FrameCounts;
import io.invigil.api.LookAwayLimits;
import io.invigil.api.Measure;
import io.invigil.api.Policy;
import io.invigil.api.Relief;
import io.invigil.api.StageTimings;
import io.invigil.report.log.FrameAccounting;
import io.invigil.report.log.PolicyDocument;
import io.invigil.report.log.RecordingResult;
import io.invigil.report.log.RunSettings;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The record of the analysis: what became of the frames, the policy in full, models and versions. */
final class RecordSection {
    private final RecordingResult result;

    RecordSection(RecordingResult result) {
        this.result = result;
    }

    void write(Html html) {
        accounting(html);
        policy(html);
        provenance(html);
    }

    private void accounting(Html html) {
        FrameAccounting frames = result.accounting();
        FrameCounts session = frames.session();
        html.open("section", "aria-labelledby", "frames-title", "id", "frames");
        html.element("h2", "Every frame accounted for", "id", "frames-title");
        html.open("div", "class", "scroll").open("table", "class", "account").open("tbody");
        if (!result.info().isLive()) {
            row(html, "total", "Read from the recording", frames.decoded() + frames.notDecoded(), "");
            row(
                    html,
                    "",
                    "not due at the analysed rate",
                    frames.notSampled(),
                    "chosen by media time, the same in every run"
                            + (frames.notDecoded() == 0
                                    ? ""
                                    : "; " + frames.notDecoded() + " of them were not decoded"));
            row(html, "", "time not after the frame before", frames.outOfOrder(), "cannot be placed in time");
        }
        row(html, "total", "Offered to the engine", session.offered(), "");
        row(html, "", "analysed", session.analysed(), "");
        row(html, "", "sampled out", session.sampledOut(), "not due in the session");
        row(html, "", "superseded", session.superseded(), "given up for a newer one; never in a replay");
        row(html, "", "rejected", session.rejected(), "refused at the entrance");
        row(html, "", "failed", session.failed(), "undecodable, or a stage failed");
        if (session.inFlight() > 0) {
            row(html, "", "unfinished", session.inFlight(), "the engine was stopped first");
        }
        html.close("tbody").close("table").close("div");
        String sentence = frames.addsUp()
                ? "The counts add up."
                : "The counts do not add up: this analysis must not be relied on.";
        html.element("p", sentence + extras(frames), "class", frames.addsUp() ? "quiet" : "warning");
        html.close("section").line();
    }

    private static String extras(FrameAccounting frames) {
        StringBuilder text = new StringBuilder();
        if (frames.damagedPackets() > 0) {
            text.append(' ')
                    .append(Words.count(frames.damagedPackets(), "piece", "pieces"))
                    .append(" of the stream came damaged.");
        }
        if (frames.damagedFrames() > 0) {
            text.append(' ')
                    .append(Words.count(frames.damagedFrames(), "frame", "frames"))
                    .append(" could be decoded only in part.");
        }
        if (frames.timeRestarts() > 0) {
            text.append(" The recording's clock started again ")
                    .append(Words.count(frames.timeRestarts(), "time", "times"))
                    .append('.');
        }
        if (frames.untold() > 0) {
            text.append(' ')
                    .append(Words.count(frames.untold(), "result", "results"))
                    .append(" did not reach the log.");
        }
        return text.toString();
    }

    private static void row(Html html, String style, String name, long count, String note) {
        html.open("tr", "class", style)
                .element("th", name, "scope", "row")
                .element("td", Words.grouped(count), "class", "num")
                .element("td", note, "class", "quiet")
                .close("tr");
    }

    private void policy(Html html) {
        Policy policy = result.settings().effectivePolicy();
        html.open("section", "aria-labelledby", "policy-title", "id", "policy");
        html.element("h2", "Policy: " + policy.name(), "id", "policy-title");
        html.open("div", "class", "scroll").open("table").open("thead").open("tr");
        html.element("th", "Kind", "scope", "col");
        for (String name :
                new String[] {"Severity", "Enter", "Exit", "Hold", "Release", "Merge within", "Cooldown", "Weight"}) {
            html.element("th", name, "scope", "col", "class", name.equals("Severity") ? null : "num");
        }
        html.close("tr").close("thead").open("tbody");
        for (Map.Entry<AlertType, AlertRule> entry : policy.rules().entrySet()) {
            AlertRule rule = entry.getValue();
            html.open("tr", "class", rule.enabled() ? null : "off")
                    .element("th", Words.of(entry.getKey()), "scope", "row");
            html.element("td", rule.enabled() ? rule.severity().wireName() : "off");
            boolean measured = Measure.of(entry.getKey()).isPresent();
            html.element("td", measured ? Words.number(rule.enter()) : "", "class", "num")
                    .element("td", measured ? Words.number(rule.exit()) : "", "class", "num")
                    .element("td", Words.seconds(rule.hold()), "class", "num")
                    .element("td", Words.seconds(rule.release()), "class", "num")
                    .element("td", Words.seconds(rule.mergeGap()), "class", "num")
                    .element("td", Words.seconds(rule.cooldown()), "class", "num")
                    .element("td", Words.number(rule.weight()), "class", "num")
                    .close("tr");
        }
        html.close("tbody").close("table").close("div");
        html.element("p", limits(policy), "class", "quiet");
        accommodations(html);
        html.close("section").line();
    }

    private void accommodations(Html html) {
        if (result.settings().accommodations().isEmpty()) {
            return;
        }
        html.element("h3", "Accommodations granted on top of it").open("ul");
        for (Accommodation granted : result.settings().accommodations()) {
            String how = granted.relief() == Relief.SILENCE
                    ? "silenced"
                    : "relaxed by a factor of " + Words.number(granted.factor());
            html.element(
                    "li",
                    Words.of(granted.kind()) + ": " + how + ", granted by " + granted.grantedBy() + " on "
                            + granted.grantedAt() + ": " + granted.reason());
        }
        html.close("ul");
    }

    private static String limits(Policy policy) {
        LookAwayLimits limits = policy.lookAway();
        String objects = policy.prohibitedObjects().entrySet().stream()
                .map(entry -> entry.getKey() + " from score " + Words.number(entry.getValue()))
                .collect(Collectors.joining(", "));
        return "Looking away begins at " + Words.number(limits.headYawDeg()) + "\u00b0 of head turn or "
                + Words.number(limits.eyeYawDeg()) + "\u00b0 of eye turn from the candidate's own neutral"
                + (limits.vertical()
                        ? ", at " + Words.number(limits.headUpDeg()) + "\u00b0 up and "
                                + Words.number(limits.headDownDeg())
                                + "\u00b0 down with the head, "
                                + Words.number(limits.eyeUpDeg()) + "\u00b0 and " + Words.number(limits.eyeDownDeg())
                                + "\u00b0 with the eyes"
                        : "; up and down alone do not count")
                + ". Prohibited objects: " + (objects.isEmpty() ? "none" : objects) + ".";
    }

    private void provenance(Html html) {
        RunSettings settings = result.settings();
        html.open("section", "aria-labelledby", "origin-title", "id", "origin");
        html.element("h2", "Made with", "id", "origin-title");
        html.open("dl", "class", "origin");
        entry(html, "Program", "Invigil " + settings.version());
        entry(
                html,
                "Engine",
                Words.count(settings.lanes(), "lane", "lanes") + ", "
                        + settings.threading().name().toLowerCase(Locale.ROOT));
        if (!result.info().isLive()) {
            entry(html, "Speed", speed());
            entry(html, "Stages", stages());
        }
        hash(html, "Policy " + settings.policy().name(), PolicyDocument.sha256(settings.policy()));
        settings.modelHashes().forEach((name, digest) -> hash(html, "Model " + name, digest));
        html.close("dl").close("section").line();
    }

    private String speed() {
        return String.format(
                Locale.ROOT,
                "%.1f times real time (%s of recording in %s)",
                result.timing().speed(result.mediaNs()),
                Words.length(result.mediaNs()),
                Words.length(result.timing().wallNs()));
    }

    private String stages() {
        StageTimings stages = result.timing().stages();
        double frames = Math.max(1, result.accounting().session().analysed());
        return String.format(
                Locale.ROOT,
                "decode %.1f, face %.1f, gaze %.1f, presence %.1f, rules %.2f ms a frame",
                stages.decodeNs() / 1e6 / frames,
                stages.faceNs() / 1e6 / frames,
                stages.gazeNs() / 1e6 / frames,
                stages.presenceNs() / 1e6 / frames,
                stages.rulesNs() / 1e6 / frames);
    }

    private static void entry(Html html, String name, String value) {
        html.open("div").element("dt", name).element("dd", value).close("div");
    }

    private static void hash(Html html, String name, String digest) {
        html.open("div")
                .element("dt", name)
                .open("dd")
                .element("code", digest)
                .close("dd")
                .close("div");
    }
}
