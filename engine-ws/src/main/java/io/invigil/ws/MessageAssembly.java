package io.invigil.ws;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Puts the parts of one binary message together. What is longer than allowed is read to its end and thrown away, so that the
 * socket can live on. Not thread-safe.
 */
final class MessageAssembly {
    private static final int SMALLEST = 64 * 1024;
    private static final int KEPT = 1024 * 1024;

    private final int most;
    private byte[] bytes = new byte[0];
    private int length;
    private boolean tooLong;
    private boolean begun;
    private long begunNs;

    MessageAssembly(int most) {
        this.most = most;
    }

    /**
     * Takes a part.
     *
     * @return the whole message when this was its last part, valid until the next call; null before, and for a message that
     *     was too long
     */
    ByteBuffer add(ByteBuffer part, boolean last, long nowNs) {
        if (!begun) {
            begun = true;
            begunNs = nowNs;
            length = 0;
            tooLong = false;
            if (last && part.remaining() <= most) {
                begun = false;
                return part; // One part alone needs no copy.
            }
        }
        if (tooLong || (long) length + part.remaining() > most) {
            tooLong = true;
        } else {
            copy(part);
        }
        if (!last) {
            return null;
        }
        begun = false;
        return tooLong ? null : ByteBuffer.wrap(bytes, 0, length);
    }

    private void copy(ByteBuffer part) {
        int needed = length + part.remaining();
        if (needed > bytes.length) {
            bytes = Arrays.copyOf(bytes, (int) Math.min(most, Math.max(SMALLEST, 2L * needed)));
        }
        int count = part.remaining();
        part.get(bytes, length, count);
        length += count;
    }

    /** Since when the message under way has not ended, by the monotonic clock; 0 when none is. */
    long begunNs() {
        return begun ? begunNs : 0;
    }

    /** Lets go of what an unusually long message needed. */
    void trim() {
        if (!begun && bytes.length > KEPT) {
            bytes = new byte[0];
        }
    }
}
