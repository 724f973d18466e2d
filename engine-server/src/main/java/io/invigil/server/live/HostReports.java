package io.invigil.server.live;

import io.invigil.api.Alert;
import io.invigil.api.EngineException;
import io.invigil.api.ErrorCode;
import io.invigil.api.HostEvent;
import io.invigil.api.Policy;
import io.invigil.api.ProctoringSession;
import io.invigil.api.Severity;
import io.invigil.server.record.AlertRecord;
import io.invigil.server.record.SessionRecord;
import io.invigil.wire.AlertReportView;
import io.invigil.wire.AlertRequest;
import io.invigil.wire.AlertView;
import io.invigil.wire.Done;
import io.invigil.wire.FieldError;
import io.invigil.wire.ProblemException;
import io.invigil.wire.ReviewView;
import io.invigil.wire.WireTime;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What the host reports of a session, as the engine's signals, and the answers to it. Thread-safe. */
final class HostReports {
    private final SessionRecord session;
    private final ProctoringSession engine;
    private final SessionClock clock;
    private final Policy policy;
    private final AlertLedger ledger;
    private final EngineEar ear;
    private final Keeping keeping;

    HostReports(Opened opened, AlertLedger ledger, EngineEar ear, Keeping keeping) {
        this.session = opened.record();
        this.engine = opened.engine();
        this.clock = opened.clock();
        this.policy = opened.policy();
        this.ledger = ledger;
        this.ear = ear;
        this.keeping = keeping;
    }

    /** A report and the alert that the engine made of it; empty when the policy has it switched off. */
    record Taken(HostEvent event, Optional<Alert> alert) {}

    /** Takes a report. */
    Taken take(AlertRequest request) {
        HostEvent event = event(request);
        Optional<Alert> alert = hand(event);
        alert.ifPresent(ear::note);
        return new Taken(event, alert);
    }

    /** Hands what was taken to the store before it is answered; what the policy has switched off is not kept. */
    Done<AlertReportView> answer(Taken taken) {
        if (taken.alert().isEmpty()) {
            return new Done<>(new AlertReportView("ignored", ignored(taken.event())), true);
        }
        boolean kept = keeping.trySaveUnlessFailing();
        AlertRecord record = ledger.get(taken.alert().get().id()).orElseThrow();
        return new Done<>(new AlertReportView("success", SessionViews.alert(session.startNs(), record)), kept);
    }

    private Optional<Alert> hand(HostEvent event) {
        try {
            return engine.report(event);
        } catch (EngineException refusal) {
            if (refusal.code() == ErrorCode.CONFIGURATION) { // The session has as many names as it takes.
                throw ProblemException.invalid(
                        new FieldError("value_error", List.of("body", "type"), refusal.getMessage(), null));
            }
            throw refusal;
        } catch (IllegalArgumentException tooLate) { // No frame came for more than a day.
            throw ProblemException.invalid(
                    new FieldError("value_error", List.of("body", "timestamp"), tooLate.getMessage(), null));
        }
    }

    private HostEvent event(AlertRequest request) {
        long nowNs = clock.nowNs();
        long atNs = request.timestamp()
                .map(time -> Math.max(session.startNs(), Math.min(nowNs, WireTime.epochNs(time))))
                .orElse(nowNs);
        HostEvent.Phase phase = HostEvent.Phase.valueOf(request.phase().toUpperCase(Locale.ROOT));
        Optional<Severity> severity = request.severity().map(word -> Severity.valueOf(word.toUpperCase(Locale.ROOT)));
        return new HostEvent(request.type(), phase, atNs, severity, request.message());
    }

    private AlertView ignored(HostEvent event) {
        Severity severity = event.severity().orElse(policy.rule(event.type()).severity());
        String at = WireTime.iso(event.timestampNs());
        double atS = WireTime.seconds(session.startNs(), event.timestampNs());
        return new AlertView(
                AlertView.idOf(session.id(), "ignored-" + event.timestampNs()),
                event.type().wireName(),
                severity.wireName(),
                event.note(),
                at,
                severity.requiresAttention(),
                "closed",
                at,
                at,
                atS,
                atS,
                1,
                Map.of("event", event.name()),
                null,
                ReviewView.OPEN);
    }
}
