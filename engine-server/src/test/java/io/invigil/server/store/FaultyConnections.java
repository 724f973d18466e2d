package io.invigil.server.store;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;

/** Connections that break at a commit, as those to a database that goes do. */
final class FaultyConnections implements UnaryOperator<CommitQueue.ConnectionSource> {
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

    /** How many connections were refused. */
    int refusals() {
        return refusals.get();
    }

    @Override
    public CommitQueue.ConnectionSource apply(CommitQueue.ConnectionSource real) {
        return () -> {
            if (down) {
                refusals.incrementAndGet();
                throw new SQLException("nobody answers", "08001");
            }
            return faulty(real.open());
        };
    }

    private Connection faulty(Connection real) {
        return (Connection) Proxy.newProxyInstance(
                Connection.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("commit")) {
                        next.getAndSet(NONE).commit(real);
                        return null;
                    }
                    try {
                        return method.invoke(real, arguments);
                    } catch (InvocationTargetException failure) {
                        throw failure.getCause();
                    }
                });
    }
}
