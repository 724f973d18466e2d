package io.invigil.server.store;

import io.invigil.server.record.RecordStore;
import io.invigil.server.webhook.Announcer;
import java.sql.Connection;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A store and the statements it made of what it was asked to read. */
public final class CountedStore implements AutoCloseable {
    private final List<String> statements = new CopyOnWriteArrayList<>();
    private final JdbcStore store;

    /** Opens a store. */
    public CountedStore(String url) {
        store = JdbcStore.open(
                StoreSettings.at(url),
                Announcer.SILENT,
                StoreMeter.NONE,
                real -> WrappedSource.of(real, source -> {
                    Connection connection = source.getConnection();
                    return WrappedSource.connection((method, arguments) -> {
                        if (method.getName().equals("prepareStatement")
                                && arguments[0].toString().startsWith("SELECT")
                                && !Thread.currentThread().getName().equals("invigil-store")) {
                            statements.add(arguments[0].toString());
                        }
                        return method.invoke(connection, arguments);
                    });
                }));
    }

    /** The store. */
    public RecordStore store() {
        return store;
    }

    /** Forgets the statements so far. */
    public void forget() {
        statements.clear();
    }

    /** The statements that read since then. */
    public List<String> statements() {
        return Collections.unmodifiableList(statements);
    }

    @Override
    public void close() {
        store.close();
    }
}
