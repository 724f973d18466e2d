package io.invigil.server.live;

import java.util.LinkedHashMap;
import java.util.Map;

/** A map that forgets what was used longest ago. Not thread-safe. */
final class LatestOnly<K, V> extends LinkedHashMap<K, V> {
    private static final long serialVersionUID = 1L;

    private final int most;

    LatestOnly(int most) {
        super(16, 0.75f, true);
        this.most = most;
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
        return size() > most;
    }
}
