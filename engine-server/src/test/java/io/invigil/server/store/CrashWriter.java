package io.invigil.server.store;

import io.invigil.api.AlertPhase;
import io.invigil.server.record.SessionProgress;
import io.invigil.server.webhook.WireAnnouncer;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The program that is killed: writes sessions, alerts and events as fast as the store takes them, and tells on standard
 * output what the store acknowledged, a line each, the line only after the acknowledgement: {@code S id}, {@code P id step},
 * {@code E id step}, {@code X id} for an ended session.
 */
final class CrashWriter {
    private static final int WRITERS = 4;
    private static final int STEPS = 40;

    private CrashWriter() {}

    /** {@code CrashWriter URL PREFIX}. */
    public static void main(String[] args) {
        JdbcStore store = JdbcStore.open(StoreSettings.at(args[0]), new WireAnnouncer(), StoreMeter.NONE);
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        AtomicInteger sessions = new AtomicInteger();
        say(out, "READY");
        for (int writer = 0; writer < WRITERS; writer++) {
            new Thread(() -> {
                        while (true) {
                            write(store, out, args[1] + sessions.incrementAndGet());
                        }
                    })
                    .start();
        }
    }

    private static void write(JdbcStore store, PrintStream out, String id) {
        store.insert(Samples.session(id));
        say(out, "S " + id);
        for (int step = 1; step <= STEPS; step++) {
            store.save(progress(id, step));
            say(out, "P " + id + " " + step);
            if (step % 10 == 0) {
                store.saveEvidence(id, "no_face-" + step, new byte[] {(byte) step});
                say(out, "E " + id + " " + step);
            }
        }
        if (id.hashCode() % 2 == 0) {
            store.save(Samples.ended(id, STEPS));
            say(out, "X " + id);
        }
    }

    /** One step: an alert that opens, the one before it closes, an event, a trace point and the snapshot. */
    static SessionProgress progress(String id, int step) {
        long nowNs = Samples.START_NS + step * Samples.SECOND;
        byte[] snapshot = ByteBuffer.allocate(4096).putInt(step).array();
        return step == 1
                ? Samples.progress(id, step, snapshot, Samples.alert(id, step, AlertPhase.OPENED, nowNs))
                : Samples.progress(
                        id,
                        step,
                        snapshot,
                        Samples.alert(id, step - 1, AlertPhase.CLOSED, nowNs),
                        Samples.alert(id, step, AlertPhase.OPENED, nowNs));
    }

    private static synchronized void say(PrintStream out, String line) {
        out.print(line + "\n");
        out.flush();
    }
}
