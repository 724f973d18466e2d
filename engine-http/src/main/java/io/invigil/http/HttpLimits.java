package io.invigil.http;

import java.time.Duration;
import java.util.Objects;

/**
 * How much the REST adapter takes.
 *
 * @param maxBodyBytes the longest JSON body, 1 kB to 16 MB
 * @param maxPictureBytes the longest picture, 10 kB to 64 MB
 * @param bodyTimeout how long a body may take to come, 1 s to 10 min
 * @param requestsPerSecond calls a client may make in a second in the long run, more than 0
 * @param requestBurst calls a client may make at once, 1 or more
 * @param maxStreams event streams open at once, 1 or more
 * @param maxStreamsPerClient event streams of one client open at once, 1 or more
 */
public record HttpLimits(
        int maxBodyBytes,
        int maxPictureBytes,
        Duration bodyTimeout,
        double requestsPerSecond,
        int requestBurst,
        int maxStreams,
        int maxStreamsPerClient) {
    /** The defaults: a class room behind one address may work through them. */
    public static final HttpLimits DEFAULTS =
            new HttpLimits(64 * 1024, 8 * 1024 * 1024, Duration.ofSeconds(10), 100, 400, 256, 32);

    /** Checks the ranges. */
    public HttpLimits {
        check("maxBodyBytes", maxBodyBytes, 1024, 16 << 20);
        check("maxPictureBytes", maxPictureBytes, 10 * 1024, 64 << 20);
        Objects.requireNonNull(bodyTimeout, "bodyTimeout");
        check("bodyTimeout in seconds", bodyTimeout.toSeconds(), 1, 600);
        if (!(requestsPerSecond > 0 && requestsPerSecond <= 1e6)) {
            throw new IllegalArgumentException(
                    "requestsPerSecond is " + requestsPerSecond + ", must be more than 0 and at most 1000000");
        }
        check("requestBurst", requestBurst, 1, 1_000_000);
        check("maxStreams", maxStreams, 1, 100_000);
        check("maxStreamsPerClient", maxStreamsPerClient, 1, 100_000);
    }

    private static void check(String name, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + " is " + value + ", must be in " + least + ".." + most);
        }
    }
}
