package io.invigil.server.webhook;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs messages as the Standard Webhooks specification says, so a receiver can check them with a ready-made library: the
 * header {@code webhook-signature} is {@code v1,} and the base64 of HMAC-SHA256 over id, a full stop, the seconds since 1970, a
 * full stop and the body. Thread-safe.
 */
public final class WebhookSignature {
    private static final String ALGORITHM = "HmacSHA256";
    private static final String ENCODED = "whsec_";

    private final byte[] key;

    /**
     * A signer.
     *
     * @param secret {@code whsec_} and base64, or any text, whose bytes in UTF-8 are then the key; never empty
     * @throws IllegalArgumentException for an empty secret or damaged base64; the message does not hold the secret
     */
    public WebhookSignature(String secret) {
        key = secret.startsWith(ENCODED)
                ? decoded(secret.substring(ENCODED.length()))
                : secret.getBytes(StandardCharsets.UTF_8);
        if (key.length == 0) {
            throw new IllegalArgumentException("the webhook secret is empty");
        }
    }

    private static byte[] decoded(String base64) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException damaged) {
            // Not as a cause: its message shows a part of the secret.
            throw new IllegalArgumentException(
                    "the webhook secret begins with " + ENCODED + ", so what follows must be base64, and is not");
        }
    }

    /** The header's value. */
    public String sign(String id, long epochSecond, String body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            mac.update((id + '.' + epochSecond + '.').getBytes(StandardCharsets.UTF_8));
            byte[] digest = mac.doFinal(body.getBytes(StandardCharsets.UTF_8));
            return "v1," + Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException | InvalidKeyException impossible) {
            throw new IllegalStateException("every Java runtime has " + ALGORITHM, impossible);
        }
    }

    /** Whether a header's value fits; takes as long for a right one as for a wrong one. */
    public boolean isRight(String signature, String id, long epochSecond, String body) {
        return MessageDigest.isEqual(
                sign(id, epochSecond, body).getBytes(StandardCharsets.UTF_8),
                signature.getBytes(StandardCharsets.UTF_8));
    }
}
