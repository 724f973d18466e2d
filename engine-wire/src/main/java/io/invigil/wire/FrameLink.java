package io.invigil.wire;

import java.nio.ByteBuffer;
import java.util.List;

/** One socket's hold on a session. Calls come from one thread at a time. Nothing here blocks for long. */
public interface FrameLink extends AutoCloseable {
    /** A frame as it came: a whole JPEG file, or whatever the client sent. The buffer is the caller's again afterwards. */
    void frame(ByteBuffer picture);

    /**
     * A frame with its own media time, in place of the time of its arrival.
     *
     * @param timestampNs nanoseconds, any origin; the first one stands for now
     */
    void frame(ByteBuffer picture, long timestampNs);

    /** Something the client noticed. */
    AlertReportView event(AlertRequest event);

    /** What could not be sent: it is told with the next result, on whichever socket. */
    void undelivered(List<AlertView> alerts, List<AlertView> updates);

    /** Lets the session go; it waits for another socket. Idempotent, and harmless after a take-over. */
    @Override
    void close();
}
