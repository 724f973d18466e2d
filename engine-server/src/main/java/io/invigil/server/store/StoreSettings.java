package io.invigil.server.store;

import io.invigil.server.record.StoreException;
import java.time.Duration;
import java.util.Objects;

/**
 * Where and how records are kept.
 *
 * @param url {@code jdbc:sqlite:FILE} or {@code jdbc:postgresql://HOST/DATABASE}
 * @param user the database's user; empty where none is needed
 * @param password its password; empty where none is needed
 * @param readers connections for reading, 1 to 64
 * @param maxWaitingWrites writes that may wait, 16 to 1000000; one more is refused at once
 * @param maxWaitingBytes bytes that may wait, 1 MiB or more; pictures count as what they are, other writes as 1 KiB or more
 * @param answerTimeout how long a caller waits for a write to be kept, more than zero
 * @param closeTimeout how long closing waits for a database that does not answer, 0 to 5 min
 */
public record StoreSettings(
        String url,
        String user,
        String password,
        int readers,
        int maxWaitingWrites,
        long maxWaitingBytes,
        Duration answerTimeout,
        Duration closeTimeout) {
    private static final Duration LONGEST_CLOSE = Duration.ofMinutes(5);

    /** Checks every value. */
    public StoreSettings {
        Objects.requireNonNull(url, "url");
        Objects.requireNonNull(user, "user");
        Objects.requireNonNull(password, "password");
        check("readers", readers, 1, 64);
        check("maxWaitingWrites", maxWaitingWrites, 16, 1_000_000);
        check("maxWaitingBytes", maxWaitingBytes, 1 << 20, 1L << 36);
        if (answerTimeout.isNegative() || answerTimeout.isZero()) {
            throw new StoreException("answerTimeout is " + answerTimeout + ", must be more than zero", null);
        }
        if (closeTimeout.isNegative() || closeTimeout.compareTo(LONGEST_CLOSE) > 0) {
            throw new StoreException("closeTimeout is " + closeTimeout + ", must be PT0S to " + LONGEST_CLOSE, null);
        }
    }

    /** The defaults at this address, without user and password. */
    public static StoreSettings at(String url) {
        return new StoreSettings(url, "", "", 4, 16_384, 64L << 20, Duration.ofSeconds(8), Duration.ofSeconds(10));
    }

    private static void check(String name, long value, long min, long max) {
        if (value < min || value > max) {
            throw new StoreException(name + " is " + value + ", must be " + min + " to " + max, null);
        }
    }

    /** Without password and address: an address may hold a password too. */
    @Override
    public String toString() {
        return "StoreSettings[" + Dialect.of(url) + ", readers=" + readers + "]";
    }
}
