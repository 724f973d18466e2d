package io.invigil.core.pipeline;

import io.invigil.core.perception.FrameBuffer;
import java.util.ArrayDeque;

/**
 * Buffers that hold no frame now. A session has one only while a frame of it waits, so that those that are quiet keep
 * no bytes. The one given back last is taken first: it is warm. Thread-safe.
 */
final class SpareBuffers {
    /** Enough for some hundred encoded pictures; after a rush of raw ones the rest is freed. One is kept whatever its size. */
    static final long MOST_BYTES = 24L << 20;

    private final ArrayDeque<FrameBuffer> spare = new ArrayDeque<>();
    private long bytes;

    synchronized FrameBuffer take() {
        FrameBuffer buffer = spare.pollLast();
        if (buffer == null) {
            return new FrameBuffer();
        }
        bytes -= buffer.bytes().capacity();
        return buffer;
    }

    synchronized void giveBack(FrameBuffer buffer) {
        int size = buffer.bytes().capacity();
        if (spare.isEmpty() || bytes + size <= MOST_BYTES) {
            bytes += size;
            spare.addLast(buffer);
        }
    }
}
