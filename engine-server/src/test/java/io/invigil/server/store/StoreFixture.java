package io.invigil.server.store;

import io.invigil.api.AlertPhase;
import io.invigil.server.webhook.Announcer;
import io.invigil.server.webhook.Outbox;
import java.nio.file.Path;

/** An embedded store with a session in it, for tests of what reads the outbox. */
public final class StoreFixture implements AutoCloseable {
    private final JdbcStore store;

    private StoreFixture(JdbcStore store) {
        this.store = store;
    }

    /** Opens the store of this folder. */
    public static StoreFixture sqlite(Path folder, Announcer announcer) {
        return new StoreFixture(JdbcStore.open(
                StoreSettings.at("jdbc:sqlite:" + folder.resolve("invigil.db")), announcer, StoreMeter.NONE));
    }

    /** A session that starts, has alerts that open, change and close, and ends. */
    public void writeSession(String id, int alerts) {
        store.insert(Samples.session(id));
        for (int number = 1; number <= alerts; number++) {
            for (AlertPhase phase : AlertPhase.values()) {
                store.save(Samples.progress(
                        id, number, null, Samples.alert(id, number, phase, Samples.START_NS + 90 * Samples.SECOND)));
            }
        }
        store.save(Samples.ended(id, 99));
    }

    /** A session that starts and goes on. */
    public void beginSession(String id) {
        store.insert(Samples.session(id));
    }

    /** The outbox. */
    public Outbox outbox() {
        return store.outbox();
    }

    @Override
    public void close() {
        store.close();
    }
}
