package io.invigil.server.live;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The latest pictures of a session whose evidence is kept, by media time. Thread-safe. */
final class RecentFrames {
    private static final int MOST = 8;

    private final Map<Long, byte[]> frames = new LinkedHashMap<>();

    synchronized void add(long timestampNs, ByteBuffer picture) {
        byte[] copy = new byte[picture.remaining()];
        picture.duplicate().get(copy);
        frames.put(timestampNs, copy);
        if (frames.size() > MOST) {
            frames.remove(frames.keySet().iterator().next());
        }
    }

    synchronized Optional<byte[]> at(long timestampNs) {
        return Optional.ofNullable(frames.get(timestampNs));
    }
}
