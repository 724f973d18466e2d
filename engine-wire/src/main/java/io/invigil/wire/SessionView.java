package io.invigil.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * A session: the contract's five fields, then what lies beyond it.
 *
 * @param sessionId path-safe and unique
 * @param candidateName as given
 * @param interviewType as given
 * @param startTime when it was created
 * @param status as {@code state}
 * @param state {@code active}, {@code paused}, {@code ended} or {@code expired}
 * @param durationMinutes how long it is meant to last
 * @param endTime when it ended; null while it goes on
 * @param policy the policy's name
 * @param accommodations what was granted
 * @param keepEvidence whether evidence pictures are kept
 * @param metadata the host's own facts, sorted
 * @param frames what became of the frames
 * @param score what the alerts add up to
 * @param current how it stands at the moment; null once it is over and kept
 * @param wsUrl where the candidate's page sends frames; in the answer to create only
 * @param token a token for this session's candidate; in the answer to create only, and when tokens are asked for
 */
public record SessionView(
        String sessionId,
        String candidateName,
        String interviewType,
        String startTime,
        String status,
        String state,
        int durationMinutes,
        String endTime,
        String policy,
        List<AccommodationView> accommodations,
        boolean keepEvidence,
        Map<String, String> metadata,
        FramesView frames,
        ScoreView score,
        @JsonInclude(JsonInclude.Include.NON_NULL) CurrentView current,
        @JsonInclude(JsonInclude.Include.NON_NULL) String wsUrl,
        @JsonInclude(JsonInclude.Include.NON_NULL) String token) {
    /** Checks that the contract's fields are there, and copies. */
    public SessionView {
        Objects.requireNonNull(sessionId, "sessionId");
        Objects.requireNonNull(candidateName, "candidateName");
        Objects.requireNonNull(interviewType, "interviewType");
        Objects.requireNonNull(startTime, "startTime");
        Objects.requireNonNull(status, "status");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(policy, "policy");
        accommodations = List.copyOf(accommodations);
        metadata = Collections.unmodifiableMap(new TreeMap<>(metadata));
        Objects.requireNonNull(frames, "frames");
        Objects.requireNonNull(score, "score");
    }

    /** The same session with what only the answer to create tells. */
    public SessionView withAccess(String newWsUrl, String newToken) {
        return new SessionView(
                sessionId,
                candidateName,
                interviewType,
                startTime,
                status,
                state,
                durationMinutes,
                endTime,
                policy,
                accommodations,
                keepEvidence,
                metadata,
                frames,
                score,
                current,
                newWsUrl,
                newToken);
    }

    /** As its candidate sees it: without the host's own facts and what reviewers make of alerts. */
    public SessionView forCandidate() {
        return new SessionView(
                sessionId,
                candidateName,
                interviewType,
                startTime,
                status,
                state,
                durationMinutes,
                endTime,
                policy,
                accommodations,
                keepEvidence,
                Map.of(),
                frames,
                score,
                current == null ? null : current.forCandidate(),
                wsUrl,
                token);
    }

    /** Without the candidate's name: this may be logged. */
    @Override
    public String toString() {
        return "SessionView[" + sessionId + ", " + state + "]";
    }
}
