package io.invigil.server.webhook;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * Who is told, and how patiently.
 *
 * @param receiver where messages are posted; http or https
 * @param secret what they are signed with, as {@link WebhookSignature} takes it
 * @param attempts attempts before a message is given up, 1 to 100
 * @param timeout how long the receiver may take to answer
 * @param firstPause the pause after the first failure; it doubles with each, up to {@code longestPause}
 * @param longestPause the longest pause
 */
public record WebhookSettings(
        URI receiver, String secret, int attempts, Duration timeout, Duration firstPause, Duration longestPause) {
    /** Checks every value. */
    public WebhookSettings {
        Objects.requireNonNull(receiver, "receiver");
        if (!List.of("http", "https").contains(String.valueOf(receiver.getScheme())) || receiver.getHost() == null) {
            throw new IllegalArgumentException("the webhook's address must be http://HOST... or https://HOST...");
        }
        new WebhookSignature(secret); // One that cannot sign is found before anything starts.
        if (attempts < 1 || attempts > 100) {
            throw new IllegalArgumentException("attempts is " + attempts + ", must be in 1..100");
        }
    }

    /** With pauses of 1 s, 2 s, 4 s ... up to an hour. */
    public static WebhookSettings of(URI receiver, String secret, int attempts, Duration timeout) {
        return new WebhookSettings(receiver, secret, attempts, timeout, Duration.ofSeconds(1), Duration.ofHours(1));
    }

    /**
     * The pause after a number of failures: between half and the whole of the doubled time, so that messages that failed
     * together are not sent together.
     *
     * @param failures 1 or more
     * @param chance 0 to 1
     */
    long pauseMs(int failures, double chance) {
        double whole =
                Math.min(longestPause.toMillis(), firstPause.toMillis() * Math.pow(2, Math.min(failures - 1, 40)));
        return Math.round(whole * (0.5 + chance / 2));
    }

    /** Without the secret, and without the address, which may hold one. */
    @Override
    public String toString() {
        return "WebhookSettings[attempts=" + attempts + "]";
    }
}
