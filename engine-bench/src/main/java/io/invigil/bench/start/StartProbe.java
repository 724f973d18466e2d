package io.invigil.bench.start;

import io.invigil.api.Alert;
import io.invigil.api.AlertType;
import io.invigil.api.EngineConfig;
import io.invigil.api.Frame;
import io.invigil.api.Policy;
import io.invigil.api.ProctoringEngine;
import io.invigil.api.ProctoringSession;
import io.invigil.api.SessionConfig;
import io.invigil.api.SessionId;
import io.invigil.api.SessionListener;
import io.invigil.api.ThreadingMode;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A process of its own: makes an engine and a session, shows them an empty room, and prints a line after each step and when the
 * alert comes that nobody is there, then the CPU time the process had taken until then. Faces and bodies were looked for by
 * then.
 */
public final class StartProbe {
    /** The lines of the steps; whoever reads one takes the time. */
    static final String MAIN = "main";

    static final String ENGINE = "engine";
    static final String ALERT = AlertType.NO_FACE.wireName();
    /** Begins the line with the CPU time since the process's start, in milliseconds. */
    static final String CPU_MS = "cpu_ms ";

    private static final long FRAME_NS = 200_000_000L;
    private static final int MOST_FRAMES = 100;

    private StartProbe() {}

    /** Runs with pictures of an empty room as arguments. */
    public static void main(String[] args) throws IOException {
        run(args, System.out);
    }

    /** Tells the steps; see {@link StartProbe}. */
    public static void run(String[] pictures, PrintStream out) throws IOException {
        out.println(MAIN);
        List<byte[]> room = new ArrayList<>();
        for (String file : pictures) {
            room.add(Files.readAllBytes(Path.of(file)));
        }
        try (ProctoringEngine engine = ProctoringEngine.create(
                        EngineConfig.builder().threading(ThreadingMode.CALLER).build());
                ProctoringSession session = engine.openSession(SessionConfig.live(Policy.interview()))) {
            out.println(ENGINE);
            FirstAlert first = new FirstAlert(out);
            session.addListener(first);
            for (int i = 0; i < MOST_FRAMES && !first.heard; i++) {
                session.offer(Frame.encoded(room.get(i % room.size()), i * FRAME_NS));
            }
            if (!first.heard) {
                throw new IllegalStateException("no alert came in " + MOST_FRAMES + " frames");
            }
        }
    }

    /** Prints the two lines. */
    private static final class FirstAlert implements SessionListener {
        private final PrintStream out;
        private boolean heard;

        private FirstAlert(PrintStream out) {
            this.out = out;
        }

        @Override
        public void onAlert(SessionId id, Alert alert) {
            if (!heard && alert.type() == AlertType.NO_FACE) {
                heard = true;
                out.println(ALERT);
                // Not by a management bean, whose classes would take longer than what is left to measure.
                long cpuMs = ProcessHandle.current()
                        .info()
                        .totalCpuDuration()
                        .map(Duration::toMillis)
                        .orElseThrow(() -> new IllegalStateException("this system does not tell a process's CPU time"));
                out.println(CPU_MS + cpuMs);
            }
        }
    }
}
