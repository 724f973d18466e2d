package io.invigil.ws;

import java.time.Duration;

/**
 * How much the WebSocket adapter takes.
 *
 * @param maxMessageBytes the longest binary message, 10 kB to 64 MB; a longer one gets an error result
 * @param maxTextChars the longest text message, 256 to 1000000 characters; a longer one gets an error result
 * @param messageTimeout how long one message may take to come, 1 s to 10 min; a slower sender is closed
 * @param sendTimeout how long one message may take to go, 1 s to 10 min; a slower receiver is closed
 * @param pingInterval how often a socket is asked whether it lives, 1 s to 10 min
 * @param idleTimeout how long nothing at all may come, not even an answer to a ping, 2 s to 1 h
 * @param maxSockets sockets open at once, 1 or more
 * @param maxSocketsPerClient sockets of one address open at once, 1 or more
 * @param eventsPerSecond host events a socket may send in a second in the long run, 1 to 1000
 */
public record SocketLimits(
        int maxMessageBytes,
        int maxTextChars,
        Duration messageTimeout,
        Duration sendTimeout,
        Duration pingInterval,
        Duration idleTimeout,
        int maxSockets,
        int maxSocketsPerClient,
        int eventsPerSecond) {
    /** The defaults: a class room behind one address may work through them. */
    public static final SocketLimits DEFAULTS = new SocketLimits(
            8 * 1024 * 1024,
            16 * 1024,
            Duration.ofSeconds(20),
            Duration.ofSeconds(10),
            Duration.ofSeconds(20),
            Duration.ofSeconds(60),
            2_000,
            500,
            20);

    /** Checks the ranges. */
    public SocketLimits {
        check("maxMessageBytes", maxMessageBytes, 10 * 1024, 64 << 20);
        check("maxTextChars", maxTextChars, 256, 1_000_000);
        check("messageTimeout in seconds", messageTimeout.toSeconds(), 1, 600);
        check("sendTimeout in seconds", sendTimeout.toSeconds(), 1, 600);
        check("pingInterval in seconds", pingInterval.toSeconds(), 1, 600);
        check("idleTimeout in seconds", idleTimeout.toSeconds(), 2, 3600);
        if (idleTimeout.compareTo(pingInterval) <= 0) {
            throw new IllegalArgumentException(
                    "idleTimeout is " + idleTimeout + ", must be more than pingInterval, " + pingInterval);
        }
        check("maxSockets", maxSockets, 1, 1_000_000);
        check("maxSocketsPerClient", maxSocketsPerClient, 1, 1_000_000);
        check("eventsPerSecond", eventsPerSecond, 1, 1000);
    }

    private static void check(String name, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + " is " + value + ", must be in " + least + ".." + most);
        }
    }
}
