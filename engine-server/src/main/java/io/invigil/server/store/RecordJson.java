package io.invigil.server.store;

import io.invigil.server.record.StoreException;
import io.invigil.wire.AccommodationView;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** What is kept as JSON inside a column. */
final class RecordJson {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final TypeReference<Map<String, String>> FACTS = new TypeReference<>() {};
    private static final TypeReference<List<AccommodationView>> GRANTS = new TypeReference<>() {};

    private RecordJson() {}

    static String write(Object value) {
        return MAPPER.writeValueAsString(value);
    }

    static Map<String, String> facts(String json) {
        return read(json, FACTS);
    }

    static List<AccommodationView> grants(String json) {
        return read(json, GRANTS);
    }

    private static <T> T read(String json, TypeReference<T> type) {
        try {
            return MAPPER.readValue(json, type);
        } catch (JacksonException damaged) {
            throw new StoreException("a record of the store cannot be read", damaged);
        }
    }
}
