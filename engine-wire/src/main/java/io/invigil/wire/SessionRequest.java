package io.invigil.wire;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a session is created with.
 *
 * @param candidateName 0 to 200 characters
 * @param interviewType 0 to 100 characters
 * @param durationMinutes 1 to 1440, 60 unless given
 * @param policy a preset's name, or a policy document as JSON text when it begins with a brace; empty for the server's default
 * @param accommodations what was granted, at most 32
 * @param keepEvidence whether evidence pictures are kept
 * @param metadata the host's own facts: at most 32, names of 1 to 64 and values of 0 to 512 characters
 */
public record SessionRequest(
        String candidateName,
        String interviewType,
        int durationMinutes,
        Optional<String> policy,
        List<AccommodationView> accommodations,
        boolean keepEvidence,
        Map<String, String> metadata) {
    /** How long a session is meant to last unless said. */
    public static final int DEFAULT_DURATION_MINUTES = 60;

    /** Checks and copies. */
    public SessionRequest {
        Objects.requireNonNull(candidateName, "candidateName");
        Objects.requireNonNull(interviewType, "interviewType");
        Objects.requireNonNull(policy, "policy");
        accommodations = List.copyOf(accommodations);
        metadata = Collections.unmodifiableMap(new TreeMap<>(metadata));
    }

    /** Reads a body. */
    public static SessionRequest read(byte[] body) {
        BodyFields fields = BodyFields.read(body);
        String name = fields.text("candidate_name", 200);
        String type = fields.text("interview_type", 100);
        int minutes = fields.integer("duration_minutes", 1, 1440, DEFAULT_DURATION_MINUTES);
        Optional<String> policy = fields.textOrObject("policy", 64);
        List<AccommodationView> accommodations = fields.objects("accommodations", 32, SessionRequest::accommodation);
        boolean keepEvidence = fields.flag("keep_evidence", false);
        Map<String, String> metadata = fields.texts("metadata", 32, 64, 512);
        fields.throwIfInvalid();
        return new SessionRequest(name, type, minutes, policy, accommodations, keepEvidence, metadata);
    }

    private static AccommodationView accommodation(BodyFields fields) {
        return new AccommodationView(
                fields.text("kind", 64),
                fields.choice("relief", List.of("silence", "relax"), "silence"),
                fields.number("factor", 1, 10, 1),
                fields.text("granted_by", 200),
                WireTime.iso(fields.time("granted_at").orElseGet(Instant::now)),
                fields.text("reason", 500));
    }

    /** Without the candidate's name: this may be logged. */
    @Override
    public String toString() {
        return "SessionRequest[" + durationMinutes + " min]";
    }
}
