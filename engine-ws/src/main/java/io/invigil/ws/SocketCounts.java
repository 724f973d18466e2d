package io.invigil.ws;

import java.util.concurrent.atomic.LongAdder;

/** Counts what goes over the sockets. Thread-safe. */
final class SocketCounts {
    final LongAdder accepted = new LongAdder();
    final LongAdder refused = new LongAdder();
    final LongAdder messagesIn = new LongAdder();
    final LongAdder bytesIn = new LongAdder();
    final LongAdder messagesOut = new LongAdder();
    final LongAdder conflated = new LongAdder();
    final LongAdder closedSlow = new LongAdder();

    SocketStatistics snapshot(int open) {
        return new SocketStatistics(
                open,
                accepted.sum(),
                refused.sum(),
                messagesIn.sum(),
                bytesIn.sum(),
                messagesOut.sum(),
                conflated.sum(),
                closedSlow.sum());
    }
}
