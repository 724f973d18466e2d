package io.invigil.server.record;

import io.invigil.api.FrameCounts;
import io.invigil.api.SessionEvent;
import io.invigil.api.SessionScore;
import io.invigil.report.log.TracePoint;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How far a session came since it was last kept.
 *
 * @param sessionId the session's id
 * @param state how it stands
 * @param endNs when it ended, media time; empty while it goes on
 * @param lastMediaNs the latest media time it used
 * @param frames what became of its frames in all
 * @param score what its alerts add up to, once it is over
 * @param snapshot what it goes on from, taken after the alerts and events below; empty keeps the one before
 * @param alerts alerts new or changed, oldest first
 * @param events events since the last time
 * @param trace trace points since the last time
 */
public record SessionProgress(
        String sessionId,
        SessionRecord.State state,
        OptionalLong endNs,
        long lastMediaNs,
        FrameCounts frames,
        Optional<SessionScore> score,
        Optional<byte[]> snapshot,
        List<AlertRecord> alerts,
        List<SessionEvent> events,
        List<TracePoint> trace) {
    /** Checks and copies the lists. */
    public SessionProgress {
        Objects.requireNonNull(sessionId, "sessionId");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(endNs, "endNs");
        Objects.requireNonNull(frames, "frames");
        Objects.requireNonNull(score, "score");
        Objects.requireNonNull(snapshot, "snapshot");
        alerts = List.copyOf(alerts);
        events = List.copyOf(events);
        trace = List.copyOf(trace);
    }
}
