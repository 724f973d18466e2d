package io.invigil.server.app;

import io.invigil.server.record.StoreException;
import io.invigil.server.store.JdbcStore;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Deletes sessions that ended long ago, once at the start and then every hour. */
final class Retention implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Retention.class);

    private final JdbcStore store;
    private final Duration kept;
    private final ScheduledExecutorService timer;

    /** Keeps everything when the days are 0. */
    Retention(JdbcStore store, long days) {
        this.store = store;
        this.kept = Duration.ofDays(days);
        this.timer = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "invigil-retention");
            thread.setDaemon(true);
            return thread;
        });
        if (days > 0) {
            timer.scheduleWithFixedDelay(this::delete, 0, 1, TimeUnit.HOURS);
        }
    }

    private void delete() {
        try {
            long nowNs = TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis());
            int deleted = store.deleteEndedBefore(nowNs - kept.toNanos());
            if (deleted > 0) {
                LOG.info("deleted {} sessions that ended more than {} days ago", deleted, kept.toDays());
            }
        } catch (StoreException failure) {
            LOG.warn("old sessions could not be deleted: {}", failure.getMessage());
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
