package io.invigil.server.store;

import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives tests new, empty databases. One PostgreSQL server serves all tests of a run; it starts when first asked for. */
public final class Databases implements ParameterResolver {
    private static final Namespace PLACE = Namespace.create(Databases.class);

    /** The databases the store's tests run against. */
    public enum Kind {
        /** In a file of the test's own folder. */
        SQLITE,
        /** On the run's server. */
        POSTGRESQL
    }

    /** Makes databases. */
    public static final class Maker {
        private final ExtensionContext.Store store;

        private Maker(ExtensionContext.Store store) {
            this.store = store;
        }

        /** The address of a new, empty database; skips the test where the machine has no such server. */
        public String url(Kind kind, Path folder) {
            if (kind == Kind.SQLITE) {
                return "jdbc:sqlite:" + folder.resolve("data").resolve("invigil.db");
            }
            return postgres().newDatabase();
        }

        /** The run's PostgreSQL server. */
        public PostgresServer postgres() {
            Assumptions.assumeTrue(
                    PostgresServer.binaries().isPresent(),
                    "no PostgreSQL server on this machine (Debian: apt-get install postgresql)");
            return store.computeIfAbsent(PostgresServer.class, key -> PostgresServer.start(), PostgresServer.class);
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Maker.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return new Maker(context.getRoot().getStore(PLACE));
    }
}
