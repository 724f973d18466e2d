package io.invigil.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The served documents as schemas, made strict: a member no document names is a fault. */
final class WireSchemas {
    private static final String DIALECT = "https://json-schema.org/draft/2020-12/schema";

    private final SchemaRegistry registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    private final ObjectNode definitions;
    private final Map<String, Schema> schemas = new ConcurrentHashMap<>();

    private WireSchemas(JsonNode definitions) {
        this.definitions = (ObjectNode) definitions;
        makeStrict(this.definitions);
    }

    static WireSchemas ofOpenApi(String document) {
        return new WireSchemas(Client.json(document.replace("#/components/schemas/", "#/$defs/"))
                .get("components")
                .get("schemas"));
    }

    static WireSchemas ofJsonSchema(String document) {
        return new WireSchemas(Client.json(document).get("$defs"));
    }

    private static void makeStrict(JsonNode node) {
        if (node instanceof ObjectNode object && object.has("properties") && !object.has("additionalProperties")) {
            object.put("additionalProperties", false);
        }
        node.forEach(WireSchemas::makeStrict);
    }

    /** Checks that a value is what the definition says, and nothing more. */
    void check(String definition, JsonNode value) {
        Schema schema = schemas.computeIfAbsent(definition, name -> {
            ObjectNode root =
                    (ObjectNode) Client.json("{\"$schema\":\"" + DIALECT + "\",\"$ref\":\"#/$defs/" + name + "\"}");
            root.set("$defs", definitions);
            return registry.getSchema(root);
        });
        assertThat(definitions.has(definition)).as(definition).isTrue();
        assertThat(schema.validate(value))
                .as("%s against %s", value, definition)
                .isEmpty();
    }
}
