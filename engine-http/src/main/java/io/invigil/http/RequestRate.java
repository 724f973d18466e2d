package io.invigil.http;

import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** How often each client may call: a bucket of calls that fills again evenly. Thread-safe; remembers a bounded number of clients. */
final class RequestRate {
    private static final int MAX_CLIENTS = 20_000;
    private static final double NANOS_PER_SECOND = 1e9;

    private final double perSecond;
    private final int burst;
    private final Map<String, Bucket> buckets = new LinkedHashMap<>(64, 0.75f, true);

    private static final class Bucket {
        private double calls;
        private long atNs;
    }

    RequestRate(double perSecond, int burst) {
        this.perSecond = perSecond;
        this.burst = burst;
    }

    /** Takes a call of a client at this time of the monotonic clock; how long to wait when there is none left. */
    synchronized Optional<Duration> take(String client, long nowNs) {
        Bucket bucket = buckets.get(client);
        if (bucket == null) {
            bucket = new Bucket();
            bucket.calls = burst;
            bucket.atNs = nowNs;
            buckets.put(client, bucket);
            forgetOldest();
        }
        bucket.calls = Math.min(burst, bucket.calls + (nowNs - bucket.atNs) / NANOS_PER_SECOND * perSecond);
        bucket.atNs = nowNs;
        if (bucket.calls >= 1) {
            bucket.calls--;
            return Optional.empty();
        }
        return Optional.of(Duration.ofMillis((long) Math.ceil((1 - bucket.calls) / perSecond * 1000)));
    }

    private void forgetOldest() {
        if (buckets.size() > MAX_CLIENTS) {
            Iterator<String> leastRecent = buckets.keySet().iterator();
            leastRecent.next();
            leastRecent.remove();
        }
    }
}
