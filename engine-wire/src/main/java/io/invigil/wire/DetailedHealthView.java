package io.invigil.wire;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How the service stands.
 *
 * @param status {@code ok}, {@code degraded} or {@code stopping}
 * @param environment a name of the operator's choice
 * @param debug always false
 * @param version this program's version
 * @param uptimeS seconds since the start
 * @param models SHA-256 of each model by name
 * @param lanes lanes of the engine
 * @param openSessions sessions open in the engine
 * @param sockets sockets open
 * @param load work asked of the engine over work it can do, lately; more than 1 is overload
 * @param shedding what is looked for less often because of it: {@code none}, {@code objects} or {@code persons}
 * @param frames what became of all frames since the start
 * @param store how the store stands
 * @param problems what is wrong; empty when nothing is
 */
public record DetailedHealthView(
        String status,
        String environment,
        boolean debug,
        String version,
        double uptimeS,
        Map<String, String> models,
        int lanes,
        int openSessions,
        int sockets,
        double load,
        String shedding,
        FramesView frames,
        StoreView store,
        List<String> problems) {
    /** Copies. */
    public DetailedHealthView {
        uptimeS = Finite.rounded(uptimeS);
        models = Collections.unmodifiableMap(new TreeMap<>(models));
        load = Finite.rounded(load);
        problems = List.copyOf(problems);
    }

    /**
     * How the store stands.
     *
     * @param kind {@code memory}, {@code embedded} or {@code postgresql}
     * @param status {@code ok} or {@code failing}
     */
    public record StoreView(String kind, String status) {}
}
