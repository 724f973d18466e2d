package io.invigil.server.store;

import io.invigil.api.AlertType;
import io.invigil.api.SessionScore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A score as JSON: the session's time, and of each term what the rest of it is counted from. */
final class ScoreText {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private ScoreText() {}

    static String write(SessionScore score) {
        ObjectNode all = MAPPER.createObjectNode().put("session_ns", score.sessionNs());
        ArrayNode terms = all.putArray("terms");
        for (SessionScore.Term term : score.terms()) {
            ObjectNode one = terms.addObject()
                    .put("kind", term.kind().wireName())
                    .put("weight", term.weight())
                    .put("duration_ns", term.durationNs());
            ArrayNode ids = one.putArray("alert_ids");
            term.alertIds().forEach(ids::add);
        }
        return MAPPER.writeValueAsString(all);
    }

    /** Empty when it is damaged, or of a program that knew other kinds: then it is counted again. */
    static Optional<SessionScore> read(String text) {
        try {
            JsonNode all = MAPPER.readTree(text);
            if (!all.path("session_ns").isIntegralNumber()) {
                return Optional.empty();
            }
            long sessionNs = all.path("session_ns").asLong();
            List<SessionScore.Term> terms = new ArrayList<>();
            for (JsonNode term : all.path("terms")) {
                List<String> ids = new ArrayList<>();
                term.path("alert_ids").forEach(id -> ids.add(id.asString()));
                Optional<AlertType> kind =
                        AlertType.ofWireName(term.path("kind").asString());
                if (kind.isEmpty()) {
                    return Optional.empty();
                }
                terms.add(SessionScore.Term.of(
                        kind.get(),
                        term.path("weight").asDouble(),
                        term.path("duration_ns").asLong(),
                        sessionNs,
                        ids));
            }
            return Optional.of(SessionScore.of(sessionNs, terms));
        } catch (JacksonException | IllegalArgumentException damaged) {
            return Optional.empty();
        }
    }
}
