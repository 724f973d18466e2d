package io.invigil.server.access;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import io.invigil.server.live.SessionTokens;
import io.invigil.wire.AccessControl;
import io.invigil.wire.Caller;
import io.invigil.wire.Scope;
import java.text.ParseException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Asks for tokens: static ones, those of an identity provider, and those it makes for candidates, each good for one session.
 * Thread-safe; nothing is fetched.
 */
public final class TokenAccess implements AccessControl, SessionTokens {
    private static final String OWN_ISSUER = "invigil";
    private static final String OWN_AUDIENCE = "invigil-session";
    private static final String SESSION_CLAIM = "session_id";
    private static final String SCOPE_CLAIM = "scope";
    private static final int MAX_TOKEN_LENGTH = 8192;
    private static final int MIN_SECRET_BYTES = 32;

    private final List<StaticToken> tokens;
    private final byte[] sessionSecret;
    private final List<DefaultJWTProcessor<SecurityContext>> processors = new ArrayList<>();

    /**
     * Access by these tokens.
     *
     * @param tokens tokens the operator gave out
     * @param rules which tokens of identity providers are taken besides
     * @param sessionSecret at least 32 random bytes; the same ones after a restart, or candidates must be given new tokens
     */
    public TokenAccess(List<StaticToken> tokens, List<JwtRules> rules, byte[] sessionSecret) {
        if (sessionSecret.length < MIN_SECRET_BYTES) {
            throw new IllegalArgumentException("the session secret is " + sessionSecret.length
                    + " bytes long, must have at least " + MIN_SECRET_BYTES);
        }
        this.tokens = List.copyOf(tokens);
        this.sessionSecret = sessionSecret.clone();
        processors.add(processor(JwtRules.of(this.sessionSecret, OWN_ISSUER, OWN_AUDIENCE)));
        rules.forEach(rule -> processors.add(processor(rule)));
    }

    private static DefaultJWTProcessor<SecurityContext> processor(JwtRules rules) {
        DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
        processor.setJWSKeySelector(rules.keys());
        processor.setJWTClaimsSetVerifier(new DefaultJWTClaimsVerifier<>(
                rules.audience(),
                new JWTClaimsSet.Builder().issuer(rules.issuer()).build(),
                Set.of("sub", "exp")));
        return processor;
    }

    @Override
    public boolean asksForTokens() {
        return true;
    }

    @Override
    public Optional<Caller> callerOf(String token) {
        if (token.isEmpty() || token.length() > MAX_TOKEN_LENGTH) {
            return Optional.empty();
        }
        Optional<Caller> known = staticCaller(token);
        return known.isPresent() ? known : jwtCaller(token);
    }

    /** Looks at every token, so that the time taken tells nothing. */
    private Optional<Caller> staticCaller(String token) {
        byte[] digest = StaticToken.digest(token);
        Optional<Caller> caller = Optional.empty();
        for (StaticToken known : tokens) {
            if (known.isFor(digest)) {
                caller = Optional.of(known.caller());
            }
        }
        return caller;
    }

    private Optional<Caller> jwtCaller(String token) {
        SignedJWT parsed;
        try {
            parsed = SignedJWT.parse(token);
        } catch (ParseException noJwt) {
            return Optional.empty();
        }
        for (DefaultJWTProcessor<SecurityContext> processor : processors) {
            try {
                return caller(processor.process(parsed, null));
            } catch (BadJOSEException | JOSEException notThisOne) {
                continue; // Another issuer's, or a wrong or outdated one.
            }
        }
        return Optional.empty();
    }

    private static Optional<Caller> caller(JWTClaimsSet claims) {
        try {
            Set<Scope> scopes = EnumSet.noneOf(Scope.class);
            String stated = claims.getStringClaim(SCOPE_CLAIM);
            Arrays.stream(Scope.values())
                    .filter(scope -> stated != null
                            && List.of(stated.split(" ")).contains(scope.name().toLowerCase(Locale.ROOT)))
                    .forEach(scopes::add);
            Optional<String> session = Optional.ofNullable(claims.getStringClaim(SESSION_CLAIM));
            return scopes.isEmpty() ? Optional.empty() : Optional.of(new Caller(claims.getSubject(), scopes, session));
        } catch (ParseException unusable) {
            return Optional.empty();
        }
    }

    @Override
    public Optional<String> tokenFor(String sessionId, Instant expires) {
        JWTClaimsSet claims = new JWTClaimsSet.Builder()
                .issuer(OWN_ISSUER)
                .audience(OWN_AUDIENCE)
                .subject("candidate")
                .claim(SCOPE_CLAIM, "candidate")
                .claim(SESSION_CLAIM, sessionId)
                .expirationTime(Date.from(expires))
                .build();
        SignedJWT token = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims);
        try {
            token.sign(new MACSigner(sessionSecret));
        } catch (JOSEException impossible) {
            throw new IllegalStateException("HS256 cannot be signed", impossible);
        }
        return Optional.of(token.serialize());
    }
}
