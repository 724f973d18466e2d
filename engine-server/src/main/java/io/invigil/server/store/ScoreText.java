package io.invigil.server.store;

import io.invigil.api.AlertType;
import io.invigil.api.SessionScore;
import io.invigil.server.record.StoreException;
import java.util.ArrayList;
import java.util.List;
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

    static SessionScore read(String text) {
        try {
            JsonNode all = MAPPER.readTree(text);
            long sessionNs = all.path("session_ns").asLong();
            List<SessionScore.Term> terms = new ArrayList<>();
            for (JsonNode term : all.path("terms")) {
                List<String> ids = new ArrayList<>();
                term.path("alert_ids").forEach(id -> ids.add(id.asString()));
                terms.add(SessionScore.Term.of(
                        kind(term.path("kind").asString()),
                        term.path("weight").asDouble(),
                        term.path("duration_ns").asLong(),
                        sessionNs,
                        ids));
            }
            return SessionScore.of(sessionNs, terms);
        } catch (JacksonException damaged) {
            throw new StoreException("a score in the store cannot be read", damaged);
        }
    }

    private static AlertType kind(String name) {
        return AlertType.ofWireName(name)
                .orElseThrow(() -> new StoreException(
                        "the store holds a score with alerts of kind " + name + ", which this program does not know",
                        null));
    }
}
