package io.invigil.server.app;

import io.invigil.server.access.JwtRules;
import io.invigil.server.access.StaticToken;
import io.invigil.server.access.TokenAccess;
import io.invigil.server.config.ConfigException;
import io.invigil.server.config.Setting;
import io.invigil.server.config.Settings;
import io.invigil.wire.Scope;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Who may do what, from settings. */
final class Access {
    private static final int SECRET_BYTES = 32;

    private Access() {}

    /** Empty when no tokens are asked for. */
    static Optional<TokenAccess> of(Settings settings) {
        List<StaticToken> tokens = new ArrayList<>();
        if (!settings.text(Setting.TOKENS).isEmpty()) {
            tokens.addAll(TokensFile.read(Path.of(settings.text(Setting.TOKENS))));
        }
        settings.list(Setting.HOST_TOKENS).forEach(text -> tokens.add(token(text, Scope.HOST)));
        settings.list(Setting.PROCTOR_TOKENS).forEach(text -> tokens.add(token(text, Scope.PROCTOR)));
        List<JwtRules> rules = rules(settings);
        if (tokens.isEmpty() && rules.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new TokenAccess(tokens, rules, sessionSecret(Path.of(settings.text(Setting.DATA)))));
    }

    private static StaticToken token(String text, Scope scope) {
        int colon = text.indexOf(':');
        return StaticToken.of(text.substring(0, colon), Set.of(scope), text.substring(colon + 1));
    }

    private static List<JwtRules> rules(Settings settings) {
        List<JwtRules> rules = new ArrayList<>();
        String issuer = settings.text(Setting.JWT_ISSUER);
        String audience = settings.text(Setting.JWT_AUDIENCE);
        String secret = settings.text(Setting.JWT_SECRET);
        String keys = settings.text(Setting.JWT_KEYS);
        if (issuer.isEmpty() && !(secret.isEmpty() && keys.isEmpty())) {
            throw new ConfigException("jwt-secret or jwt-keys is set and jwt-issuer is not");
        }
        if (!secret.isEmpty()) {
            rules.add(JwtRules.sharedSecret(secret, issuer, audience));
        }
        if (!keys.isEmpty()) {
            try {
                rules.add(JwtRules.keySet(Files.readString(Path.of(keys)), issuer, audience));
            } catch (IOException failure) {
                throw new ConfigException("jwt-keys is \"" + keys + "\", must be a file that can be read", failure);
            }
        }
        return rules;
    }

    /** Random bytes kept in the data folder, so that candidates' tokens live through a restart. */
    private static byte[] sessionSecret(Path data) {
        Path file = data.resolve("session-secret");
        try {
            Files.createDirectories(data);
            byte[] fresh = new byte[SECRET_BYTES];
            new SecureRandom().nextBytes(fresh);
            try {
                Files.createFile(file, onlyOwner());
                Files.writeString(file, HexFormat.of().formatHex(fresh));
                return fresh;
            } catch (FileAlreadyExistsException kept) {
                byte[] secret = HexFormat.of().parseHex(Files.readString(file).strip());
                if (secret.length < SECRET_BYTES) {
                    throw new ConfigException(file + " is too short; delete it to get a new one");
                }
                return secret;
            }
        } catch (IOException | IllegalArgumentException failure) {
            throw new ConfigException("the secret in " + file + " cannot be read or made", failure);
        }
    }

    private static FileAttribute<?>[] onlyOwner() {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }
}
