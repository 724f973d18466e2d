package io.invigil.server;

import io.invigil.server.app.ServeMain;
import java.util.Map;

/** {@code ./invigil serve} around an engine that does nothing, for tests that end its process. */
final class ServeChild {
    private ServeChild() {}

    public static void main(String[] arguments) {
        int code = ServeMain.run(arguments, Map.of(), System.out, System.err, config -> new FakeEngine());
        if (code >= 0) {
            System.exit(code);
        }
    }
}
