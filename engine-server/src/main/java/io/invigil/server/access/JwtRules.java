package io.invigil.server.access;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.ImmutableSecret;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.JWSKeySelector;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.Objects;
import java.util.Set;

/**
 * Which JSON Web Tokens of an identity provider are taken. They need {@code exp}, a {@code sub}, the issuer and audience named
 * here, and say what their holder may do in {@code scope}: {@code candidate}, {@code proctor}, {@code host}, between blanks.
 * {@code session_id} binds the holder to one session.
 */
public final class JwtRules {
    private static final int MIN_SECRET_BYTES = 32;
    private static final Set<JWSAlgorithm> PUBLIC = Set.of(
            JWSAlgorithm.RS256,
            JWSAlgorithm.RS384,
            JWSAlgorithm.RS512,
            JWSAlgorithm.PS256,
            JWSAlgorithm.ES256,
            JWSAlgorithm.ES384,
            JWSAlgorithm.ES512);

    private final JWSKeySelector<SecurityContext> keys;
    private final String issuer;
    private final String audience;

    private JwtRules(JWSKeySelector<SecurityContext> keys, String issuer, String audience) {
        this.keys = keys;
        this.issuer = Objects.requireNonNull(issuer, "issuer");
        this.audience = Objects.requireNonNull(audience, "audience");
    }

    /** Tokens signed with a shared secret of at least 32 bytes (HS256). */
    public static JwtRules sharedSecret(String secret, String issuer, String audience) {
        byte[] key = secret.getBytes(StandardCharsets.UTF_8);
        if (key.length < MIN_SECRET_BYTES) {
            throw new IllegalArgumentException(
                    "the JWT secret is " + key.length + " bytes long, must have at least " + MIN_SECRET_BYTES);
        }
        return new JwtRules(selector(Set.of(JWSAlgorithm.HS256), new ImmutableSecret<>(key)), issuer, audience);
    }

    /** Tokens signed with a private key whose public half is in this JSON Web Key Set. */
    public static JwtRules keySet(String jwks, String issuer, String audience) {
        try {
            return new JwtRules(
                    selector(PUBLIC, new ImmutableJWKSet<>(JWKSet.parse(jwks).toPublicJWKSet())), issuer, audience);
        } catch (ParseException unusable) {
            throw new IllegalArgumentException("the JSON Web Key Set cannot be read", unusable);
        }
    }

    static JwtRules of(byte[] secret, String issuer, String audience) {
        return new JwtRules(selector(Set.of(JWSAlgorithm.HS256), new ImmutableSecret<>(secret)), issuer, audience);
    }

    private static JWSKeySelector<SecurityContext> selector(
            Set<JWSAlgorithm> algorithms, JWKSource<SecurityContext> source) {
        return new JWSVerificationKeySelector<>(algorithms, source);
    }

    JWSKeySelector<SecurityContext> keys() {
        return keys;
    }

    String issuer() {
        return issuer;
    }

    String audience() {
        return audience;
    }
}
