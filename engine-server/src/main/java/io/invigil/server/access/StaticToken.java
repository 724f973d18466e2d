package io.invigil.server.access;

import io.invigil.wire.Caller;
import io.invigil.wire.Scope;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * A token the operator gave out. Only its hash is kept.
 *
 * @param name what the audit log calls its holder
 * @param scopes what its holder may do
 * @param sha256 SHA-256 of the token, 64 hexadecimal digits
 */
public record StaticToken(String name, Set<Scope> scopes, String sha256) {
    /** The shortest token taken, in characters. */
    public static final int MIN_LENGTH = 16;

    /** Checks and copies. */
    public StaticToken {
        Objects.requireNonNull(name, "name");
        scopes = Set.copyOf(scopes);
        if (scopes.isEmpty()) {
            throw new IllegalArgumentException(
                    "scopes of token " + name + " are empty, must be candidate, proctor or host");
        }
        if (sha256 == null || !sha256.matches("[0-9a-fA-F]{64}")) {
            throw new IllegalArgumentException("sha256 of token " + name + " must be 64 hexadecimal digits");
        }
    }

    /** The kept form of a token. */
    public static StaticToken of(String name, Set<Scope> scopes, String token) {
        if (token.length() < MIN_LENGTH) {
            throw new IllegalArgumentException(
                    "token " + name + " is " + token.length() + " characters long, must have at least " + MIN_LENGTH);
        }
        return new StaticToken(name, scopes, HexFormat.of().formatHex(digest(token)));
    }

    /** Takes as long for a right as for a wrong one. */
    boolean isFor(byte[] digest) {
        return MessageDigest.isEqual(HexFormat.of().parseHex(sha256), digest);
    }

    Caller caller() {
        return new Caller(name, scopes, Optional.empty());
    }

    static byte[] digest(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java runtime has SHA-256", impossible);
        }
    }

    /** Without the hash. */
    @Override
    public String toString() {
        return "StaticToken[" + name + "]";
    }
}
