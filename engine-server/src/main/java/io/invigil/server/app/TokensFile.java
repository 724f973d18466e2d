package io.invigil.server.app;

import io.invigil.server.access.StaticToken;
import io.invigil.server.config.ConfigException;
import io.invigil.wire.Scope;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The static tokens that are taken, from a JSON file, each as it is or as its SHA-256. No error holds a token.
 *
 * <pre>{@code
 * {"tokens": [
 *   {"name": "exam-system", "scopes": ["host"], "sha256": "64 hexadecimal digits"},
 *   {"name": "room-2", "scopes": ["proctor"], "token": "16 characters or more"}
 * ]}
 * }</pre>
 */
final class TokensFile {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private TokensFile() {}

    static List<StaticToken> read(Path file) {
        try {
            JsonNode root = MAPPER.readTree(Files.readString(file, StandardCharsets.UTF_8));
            onlyThese(root, "it", "tokens");
            List<StaticToken> tokens = new ArrayList<>();
            for (JsonNode entry : root.path("tokens")) {
                tokens.add(token(entry));
            }
            if (tokens.isEmpty()) {
                throw new ConfigException("it holds no tokens, must hold one or more");
            }
            return tokens;
        } catch (IOException failure) {
            throw new ConfigException("tokens file " + file + " cannot be read: " + failure, failure);
        } catch (JacksonException broken) {
            // Without its message, which may quote the file.
            throw new ConfigException("tokens file " + file + " is no JSON, at line "
                    + (broken.getLocation() == null ? "?" : broken.getLocation().getLineNr()));
        } catch (ConfigException | IllegalArgumentException wrong) {
            throw new ConfigException("tokens file " + file + ": " + wrong.getMessage());
        }
    }

    private static StaticToken token(JsonNode entry) {
        onlyThese(entry, "a token", "name", "scopes", "sha256", "token");
        String name = text(entry, "name");
        if (entry.has("sha256") == entry.has("token")) {
            throw new ConfigException("token " + name + " must have either sha256 or token");
        }
        Set<Scope> scopes = EnumSet.noneOf(Scope.class);
        for (JsonNode scope : entry.path("scopes")) {
            scopes.add(scope(name, scope.asString("")));
        }
        return entry.has("sha256")
                ? new StaticToken(name, scopes, text(entry, "sha256"))
                : StaticToken.of(name, scopes, text(entry, "token"));
    }

    private static Scope scope(String name, String scope) {
        try {
            return Scope.valueOf(scope.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException unknown) {
            throw new ConfigException(
                    "scope of token " + name + " is \"" + scope + "\", must be candidate, proctor or host", unknown);
        }
    }

    private static String text(JsonNode entry, String key) {
        JsonNode value = entry.path(key);
        if (!value.isString() || value.asString().isBlank()) {
            throw new ConfigException("\"" + key + "\" is missing or no text");
        }
        return value.asString();
    }

    private static void onlyThese(JsonNode entry, String what, String... keys) {
        if (!entry.isObject()) {
            throw new ConfigException(what + " must be a JSON object");
        }
        for (String key : entry.propertyNames()) {
            if (!List.of(keys).contains(key)) {
                throw new ConfigException(what + " has \"" + key + "\", which is none of " + String.join(", ", keys));
            }
        }
    }
}
