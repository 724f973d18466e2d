package io.invigil.ws;

/**
 * What went over the sockets since the start.
 *
 * @param open sockets open now
 * @param accepted handshakes accepted
 * @param refused handshakes refused
 * @param messagesIn messages that came
 * @param bytesIn their bytes
 * @param messagesOut messages that went
 * @param conflated results that gave way to newer ones because a socket was slow
 * @param closedSlow sockets closed because they were too slow
 */
public record SocketStatistics(
        int open,
        long accepted,
        long refused,
        long messagesIn,
        long bytesIn,
        long messagesOut,
        long conflated,
        long closedSlow) {}
