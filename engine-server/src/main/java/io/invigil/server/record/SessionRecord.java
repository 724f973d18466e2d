package io.invigil.server.record;

import io.invigil.api.FrameCounts;
import io.invigil.api.SessionScore;
import io.invigil.wire.AccommodationView;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * A session as kept.
 *
 * @param id safe in paths
 * @param candidateName as given
 * @param interviewType as given
 * @param durationMinutes how long it is meant to last
 * @param policyDocument the policy as a document, JSON
 * @param accommodations what was granted
 * @param keepEvidence whether evidence pictures are kept
 * @param metadata the host's own facts
 * @param owner name of the caller who created it
 * @param startNs when it was created, media time
 * @param state how it stands
 * @param endNs when it ended, media time; empty while it goes on
 * @param lastMediaNs the latest media time it used; {@code startNs} before any
 * @param frames what became of its frames, earlier runs of the server included
 * @param score what its alerts add up to once it is over; empty while it goes on, and for one that ended without
 */
public record SessionRecord(
        String id,
        String candidateName,
        String interviewType,
        int durationMinutes,
        String policyDocument,
        List<AccommodationView> accommodations,
        boolean keepEvidence,
        Map<String, String> metadata,
        String owner,
        long startNs,
        State state,
        OptionalLong endNs,
        long lastMediaNs,
        FrameCounts frames,
        Optional<SessionScore> score) {
    /** Checks and copies. */
    public SessionRecord {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(candidateName, "candidateName");
        Objects.requireNonNull(interviewType, "interviewType");
        Objects.requireNonNull(policyDocument, "policyDocument");
        accommodations = List.copyOf(accommodations);
        metadata = Collections.unmodifiableMap(new TreeMap<>(metadata));
        Objects.requireNonNull(owner, "owner");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(endNs, "endNs");
        Objects.requireNonNull(frames, "frames");
        Objects.requireNonNull(score, "score");
    }

    /** The same session, further on. */
    public SessionRecord at(SessionProgress progress) {
        return new SessionRecord(
                id,
                candidateName,
                interviewType,
                durationMinutes,
                policyDocument,
                accommodations,
                keepEvidence,
                metadata,
                owner,
                startNs,
                progress.state(),
                progress.endNs(),
                progress.lastMediaNs(),
                progress.frames(),
                progress.score());
    }

    /** The same session with a score. */
    public SessionRecord scored(SessionScore newScore) {
        return new SessionRecord(
                id,
                candidateName,
                interviewType,
                durationMinutes,
                policyDocument,
                accommodations,
                keepEvidence,
                metadata,
                owner,
                startNs,
                state,
                endNs,
                lastMediaNs,
                frames,
                Optional.of(newScore));
    }

    /** Where the session stands in lists. */
    public Key key() {
        return new Key(startNs, id);
    }

    /** Without the candidate's name: this may be logged. */
    @Override
    public String toString() {
        return "SessionRecord[" + id + ", " + state.wireName() + "]";
    }

    /** Where a session stands in lists: newest first, then by id. */
    public record Key(long startNs, String id) {
        /** Checks that the id is there. */
        public Key {
            Objects.requireNonNull(id, "id");
        }
    }

    /** How a session stands. */
    public enum State {
        /** It takes frames. */
        ACTIVE,
        /** It goes on, but frames do not count. */
        PAUSED,
        /** Somebody ended it. */
        ENDED,
        /** It ended by itself. */
        EXPIRED;

        /** The fixed lower-case name in the store and on the wire. */
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** True for active and paused. */
        public boolean isLive() {
            return this == ACTIVE || this == PAUSED;
        }
    }
}
