package io.invigil.server.live;

import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The latest accepted pictures of a session whose evidence is kept, by media time. Thread-safe. */
final class RecentFrames {
    private static final int MOST = 8;

    private final Map<Long, byte[]> frames = new LinkedHashMap<>();

    /** A picture that is about to be offered: an engine on the caller's thread may ask for it before the offer returns. */
    synchronized void offering(long timestampNs, ByteBuffer picture) {
        byte[] copy = new byte[picture.remaining()];
        picture.duplicate().get(copy);
        frames.put(timestampNs, copy);
    }

    /** The engine took it: the oldest gives way. */
    synchronized void accepted() {
        Iterator<Long> oldest = frames.keySet().iterator();
        while (frames.size() > MOST) {
            oldest.next();
            oldest.remove();
        }
    }

    /** The engine did not take it, so nothing will ever be seen in it. */
    synchronized void refused(long timestampNs) {
        frames.remove(timestampNs);
    }

    synchronized Optional<byte[]> at(long timestampNs) {
        return Optional.ofNullable(frames.get(timestampNs));
    }
}
