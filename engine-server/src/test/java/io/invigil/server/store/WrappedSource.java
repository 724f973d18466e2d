package io.invigil.server.store;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Puts something between a store and its database. */
final class WrappedSource {
    private WrappedSource() {}

    /** Opens a connection in its own way. */
    interface Opening {
        Connection open(DataSource real) throws SQLException;
    }

    /** Answers a call. */
    interface Call {
        Object on(Method method, Object[] arguments) throws Exception;
    }

    static DataSource of(DataSource real, Opening opening) {
        return proxy(
                DataSource.class,
                (method, arguments) ->
                        method.getName().equals("getConnection") ? opening.open(real) : method.invoke(real, arguments));
    }

    static Connection connection(Call call) {
        return proxy(Connection.class, call);
    }

    private static <T> T proxy(Class<T> type, Call call) {
        InvocationHandler handler = (proxy, method, arguments) -> {
            try {
                return call.on(method, arguments);
            } catch (InvocationTargetException failure) {
                throw failure.getCause();
            }
        };
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
