package io.invigil.server.live;

import io.invigil.api.Policy;
import io.invigil.api.SessionScore;
import io.invigil.report.log.PolicyException;
import io.invigil.server.record.RecordStore;
import io.invigil.server.record.SessionRecord;
import io.invigil.wire.AttentionView;
import io.invigil.wire.CameraView;
import io.invigil.wire.FramesView;
import io.invigil.wire.ProblemException;
import io.invigil.wire.ScoreView;
import io.invigil.wire.SessionPage;
import io.invigil.wire.SessionQuery;
import io.invigil.wire.SessionView;
import io.invigil.wire.StatusView;
import io.invigil.wire.UnkeptView;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads sessions for the wire: a live one as it stands, any other from the store. Thread-safe. */
final class SessionReader {
    private static final Logger LOG = LoggerFactory.getLogger(SessionReader.class);
    private static final int STATUS_ALERTS = 20;

    private final RecordStore store;
    private final LiveSettings settings;
    private final LiveSessions sessions;
    private final Downloads downloads;
    private final AlertReader alerts;

    SessionReader(
            RecordStore store, LiveSettings settings, LiveSessions sessions, Downloads downloads, AlertReader alerts) {
        this.store = store;
        this.settings = settings;
        this.sessions = sessions;
        this.downloads = downloads;
        this.alerts = alerts;
    }

    /** The session that goes on; the caller is told when there is none, or when it is over. */
    LiveSession live(String sessionId) {
        return sessions.find(sessionId)
                .filter(session -> session.state().isLive())
                .orElseThrow(() -> {
                    record(sessionId); // 404 when there never was one.
                    return ProblemException.sessionOver();
                });
    }

    SessionRecord record(String sessionId) {
        Optional<LiveSession> live = sessions.find(sessionId);
        return live.isPresent()
                ? live.get().record()
                : StoreCall.answer(() -> store.session(sessionId)).orElseThrow(ProblemException::sessionNotFound);
    }

    /** The record of a session, with everything of it in the store unless that is known to fail. */
    SessionRecord kept(String sessionId) {
        sessions.find(sessionId).ifPresent(LiveSession::trySaveUnlessFailing);
        return record(sessionId);
    }

    SessionView view(String sessionId) {
        Optional<LiveSession> live = sessions.find(sessionId);
        return live.isPresent() ? live.get().session() : over(record(sessionId), new CountedScores(store));
    }

    private SessionView latest(SessionRecord record, CountedScores counted) {
        return sessions.find(record.id()).map(LiveSession::session).orElseGet(() -> over(record, counted));
    }

    private SessionView over(SessionRecord record, CountedScores counted) {
        return SessionViews.session(record, policy(record), score(record, counted));
    }

    SessionPage page(SessionQuery query) {
        Optional<SessionRecord.State> state =
                query.state().map(word -> SessionRecord.State.valueOf(word.toUpperCase(Locale.ROOT)));
        Optional<SessionRecord.Key> after = query.cursor().map(Cursors::session);
        List<SessionRecord> found = StoreCall.answer(() -> store.sessions(state, query.limit() + 1, after));
        boolean more = found.size() > query.limit();
        List<SessionRecord> page = more ? found.subList(0, query.limit()) : found;
        CountedScores counted = new CountedScores(store);
        return new SessionPage(
                page.stream().map(record -> latest(record, counted)).toList(),
                more ? Cursors.of(page.get(page.size() - 1).key()) : null);
    }

    /** What the session is, or was, judged by. */
    Policy policy(SessionRecord record) {
        Optional<LiveSession> live = sessions.find(record.id());
        if (live.isPresent()) {
            return live.get().policy();
        }
        try {
            return SessionViews.keptPolicy(record);
        } catch (PolicyException unusable) {
            // Kept by a version of the program that knew other policies; what was seen still stands.
            LOG.warn("the policy of session {} cannot be read: {}", record.id(), unusable.getMessage());
            return settings.defaultPolicy();
        }
    }

    private ScoreView score(SessionRecord record, CountedScores counted) {
        return sessions.find(record.id())
                .map(LiveSession::score)
                .orElseGet(() -> Scores.view(record.id(), record.score().orElseGet(() -> count(record, counted))));
    }

    /** The score of a session that ended without one: under an earlier program, or because it could not go on. */
    private SessionScore count(SessionRecord record, CountedScores counted) {
        Optional<SessionScore> score = StoreCall.answerIfReadable(() -> downloads.score(record, policy(record)));
        if (!record.state().isLive()) {
            score.ifPresent(known -> counted.keep(record.id(), known));
        }
        return score.orElse(SessionScore.ZERO); // Not kept: a program that knows the alerts counts them.
    }

    StatusView status(String sessionId) {
        Optional<LiveSession> live = sessions.find(sessionId);
        if (live.isPresent()) {
            return live.get().status();
        }
        SessionRecord record = record(sessionId);
        return new StatusView(
                sessionId,
                record.state().isLive(),
                alerts.newest(record, STATUS_ALERTS),
                List.of(),
                record.state().wireName(),
                false,
                AttentionView.NONE,
                CameraView.NONE,
                0,
                "none",
                FramesView.of(record.frames()),
                List.of(),
                score(record, new CountedScores(store)),
                UnkeptView.NONE);
    }
}
