package io.invigil.core.pipeline;

import io.invigil.core.perception.FrameBuffer;
import java.util.ArrayDeque;

/**
 * Buffers of one lane that hold no frame now. A session has one only while a frame of it waits, so that those that are quiet keep
 * no bytes. The one given back last is taken first: it is warm, and as large as today's frames. Thread-safe.
 */
final class SpareBuffers {
    /** More never wait at once for long; what is beyond is freed. */
    private static final int MOST = 256;

    private final ArrayDeque<FrameBuffer> spare = new ArrayDeque<>();

    synchronized FrameBuffer take() {
        FrameBuffer buffer = spare.pollLast();
        return buffer == null ? new FrameBuffer() : buffer;
    }

    synchronized void giveBack(FrameBuffer buffer) {
        if (spare.size() < MOST) {
            spare.addLast(buffer);
        }
    }
}
