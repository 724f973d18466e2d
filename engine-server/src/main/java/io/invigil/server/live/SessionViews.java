package io.invigil.server.live;

import io.invigil.api.Accommodation;
import io.invigil.api.AlertType;
import io.invigil.api.EngineException;
import io.invigil.api.Policy;
import io.invigil.api.Relief;
import io.invigil.report.log.PolicyException;
import io.invigil.report.log.PolicyParser;
import io.invigil.server.record.AlertRecord;
import io.invigil.server.record.SessionRecord;
import io.invigil.wire.AccommodationView;
import io.invigil.wire.AlertView;
import io.invigil.wire.CurrentView;
import io.invigil.wire.FieldError;
import io.invigil.wire.FramesView;
import io.invigil.wire.ProblemException;
import io.invigil.wire.ScoreView;
import io.invigil.wire.SessionView;
import io.invigil.wire.WireTime;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/** Turns records into the wire's views, and what the wire asks for into the engine's terms. */
final class SessionViews {
    private SessionViews() {}

    /** The view of a session that is over and kept. */
    static SessionView session(SessionRecord record, Policy policy, ScoreView score) {
        return session(record, policy, score, null);
    }

    /** The view of a session that is held in memory. */
    static SessionView session(SessionRecord record, Policy policy, ScoreView score, CurrentView current) {
        OptionalLong endNs = record.endNs();
        return new SessionView(
                record.id(),
                record.candidateName(),
                record.interviewType(),
                WireTime.iso(record.startNs()),
                record.state().wireName(),
                record.state().wireName(),
                record.durationMinutes(),
                endNs.isPresent() ? WireTime.iso(endNs.getAsLong()) : null,
                policy.name(),
                record.accommodations(),
                record.keepEvidence(),
                record.metadata(),
                FramesView.of(record.frames()),
                score,
                current,
                null,
                null);
    }

    static AlertView alert(long startNs, AlertRecord record) {
        String url = record.hasEvidence()
                ? "/api/v1/session/" + record.sessionId() + "/evidence/"
                        + AlertView.idOf(record.sessionId(), record.alert().id()) + ".jpg"
                : null;
        return AlertView.of(record.sessionId(), startNs, record.alert(), url, record.review());
    }

    /** The policy a request names, a preset or a document. */
    static Policy policy(String named) {
        try {
            return named.startsWith("{") ? new PolicyParser().parse(named) : Policy.preset(named);
        } catch (PolicyException | EngineException unusable) {
            throw ProblemException.invalid(
                    new FieldError("value_error", List.of("body", "policy"), unusable.getMessage(), null));
        }
    }

    /** The policy of a kept session. */
    static Policy keptPolicy(SessionRecord record) throws PolicyException {
        return new PolicyParser().parse(record.policyDocument());
    }

    static List<Accommodation> accommodations(List<AccommodationView> views) {
        List<Accommodation> granted = new java.util.ArrayList<>();
        for (int i = 0; i < views.size(); i++) {
            AccommodationView view = views.get(i);
            try {
                granted.add(accommodation(view));
            } catch (EngineException unusable) {
                throw ProblemException.invalid(new FieldError(
                        "value_error", List.of("body", "accommodations", i), unusable.getMessage(), null));
            }
        }
        return granted;
    }

    private static Accommodation accommodation(AccommodationView view) {
        AlertType kind = AlertType.ofWireName(view.kind())
                .orElseThrow(() -> EngineException.outOfRange("kind", '"' + view.kind() + '"', "a kind of alert"));
        return new Accommodation(
                kind,
                Relief.valueOf(view.relief().toUpperCase(Locale.ROOT)),
                view.factor(),
                view.grantedBy(),
                WireTime.parse(view.grantedAt()).orElse(Instant.EPOCH),
                view.reason());
    }
}
