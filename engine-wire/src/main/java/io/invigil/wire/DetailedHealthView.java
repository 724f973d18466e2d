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
 * @param load share of all frames of the last minute that were given up for newer ones, 0 to 1
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
