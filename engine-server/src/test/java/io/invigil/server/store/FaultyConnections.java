package io.invigil.server.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;

/** Connections that break at a commit, as those to a database that goes do. */
final class FaultyConnections implements UnaryOperator<DataSource> {
    /** What becomes of a commit. */
    interface Fault {
        void commit(Connection real) throws SQLException;
    }

    /** Takes effect, and the answer arrives. */
    static final Fault NONE = Connection::commit;

    /** Takes effect, but the answer is lost with the connection. */
    static final Fault ANSWER_LOST = real -> {
        real.commit();
        throw new SQLException("the connection is lost", "08006");
    };

    /** Is lost with the connection on its way there. */
    static final Fault COMMIT_LOST = real -> {
        real.rollback();
        throw new SQLException("the connection is lost", "08006");
    };

    private final AtomicReference<Fault> next = new AtomicReference<>(NONE);
    private final AtomicInteger refusals = new AtomicInteger();
    private volatile boolean down;

    /** Lets the next commit go wrong. */
    void breakNext(Fault fault) {
        next.set(fault);
    }

    /** Lets no new connection open. */
    void down(boolean value) {
        down = value;
    }

    /** How many connections the writer was refused. */
    int refusals() {
        return refusals.get();
    }

    @Override
    public DataSource apply(DataSource real) {
        return WrappedSource.of(real, this::open);
    }

    private Connection open(DataSource real) throws SQLException {
        if (down) {
            if (Thread.currentThread().getName().equals("invigil-store")) {
                refusals.incrementAndGet();
            }
            throw new SQLException("nobody answers", "08001");
        }
        Connection connection = real.getConnection();
        return WrappedSource.connection((method, arguments) -> {
            if (method.getName().equals("commit")) {
                next.getAndSet(NONE).commit(connection);
                return null;
            }
            return method.invoke(connection, arguments);
        });
    }
}
