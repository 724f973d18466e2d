package io.invigil.server;

import java.time.Duration;

/**
 * How much the server takes before a call reaches an adapter.
 *
 * @param maxHeaderBytes the longest request line and headers, 1 kB to 1 MB; longer ones get 431
 * @param idleTimeout how long a connection may be silent, 1 s to 1 h
 * @param maxConnections connections open at once, 1 or more
 * @param maxThreads threads that answer calls, 8 to 10000
 * @param stopTimeout how long a stop waits for calls under way, 0 to 5 min
 */
public record ServerLimits(
        int maxHeaderBytes, Duration idleTimeout, int maxConnections, int maxThreads, Duration stopTimeout) {
    /** The defaults. */
    public static final ServerLimits DEFAULTS =
            new ServerLimits(8 * 1024, Duration.ofSeconds(60), 4_000, 64, Duration.ofSeconds(5));

    /** Checks the ranges. */
    public ServerLimits {
        check("maxHeaderBytes", maxHeaderBytes, 1024, 1 << 20);
        check("idleTimeout in seconds", idleTimeout.toSeconds(), 1, 3600);
        check("maxConnections", maxConnections, 1, 1_000_000);
        check("maxThreads", maxThreads, 8, 10_000);
        check("stopTimeout in seconds", stopTimeout.toSeconds(), 0, 300);
    }

    private static void check(String name, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + " is " + value + ", must be in " + least + ".." + most);
        }
    }
}
