package io.invigil.core.vision;

import io.invigil.api.FaceObservation;
import io.invigil.api.Frame;
import io.invigil.api.Observation;
import io.invigil.api.Policy;
import io.invigil.core.perception.FrameBuffer;
import io.invigil.core.perception.FrameWorkspace;
import io.invigil.core.perception.PerceptionLane;
import io.invigil.core.perception.PerceptionMemory;
import io.invigil.core.perception.Pressure;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Development tool: runs perception over folders of pictures, each folder a session of frames at a given rate, and prints a
 * line for each frame and the processor time of each step. Usage: {@code ObservationDump FPS FOLDER...}
 */
public final class ObservationDump {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final long[] stepNs = new long[5];
    private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    private int frames;

    private ObservationDump() {}

    /** See the class. */
    public static void main(String[] arguments) throws IOException {
        ObservationDump dump = new ObservationDump();
        double fps = Double.parseDouble(arguments[0]);
        try (VisionPerception perception = VisionPerception.load();
                PerceptionLane lane = perception.openLane();
                FrameWorkspace workspace = lane.newWorkspace()) {
            for (int i = 1; i < arguments.length; i++) {
                dump.session(perception, workspace, Path.of(arguments[i]), fps);
            }
        }
        dump.out.printf(
                Locale.ROOT,
                "# %d frames, CPU ms: decode %.2f face %.2f gaze %.2f presence %.2f observe %.2f%n",
                dump.frames,
                dump.stepNs[0] / 1e6 / dump.frames,
                dump.stepNs[1] / 1e6 / dump.frames,
                dump.stepNs[2] / 1e6 / dump.frames,
                dump.stepNs[3] / 1e6 / dump.frames,
                dump.stepNs[4] / 1e6 / dump.frames);
    }

    private void session(VisionPerception perception, FrameWorkspace workspace, Path folder, double fps)
            throws IOException {
        List<Path> files;
        try (Stream<Path> listing = Files.list(folder)) {
            files = listing.filter(file -> file.toString().matches(".*\\.(jpg|jpeg|png|webp)"))
                    .sorted()
                    .toList();
        }
        FrameBuffer buffer = new FrameBuffer();
        try (PerceptionMemory memory = perception.openMemory(Policy.interview())) {
            for (int i = 0; i < files.size(); i++) {
                long timestampNs = Math.round(i * 1e9 / fps);
                buffer.copyFrom(Frame.encoded(Files.readAllBytes(files.get(i)), timestampNs));
                timed(0, () -> workspace.decode(buffer, memory, Pressure.NONE));
                timed(1, workspace::face);
                timed(2, workspace::gaze);
                timed(3, workspace::presence);
                long start = THREADS.getCurrentThreadCpuTime();
                Observation observation = workspace.observe(i).toObservation();
                stepNs[4] += THREADS.getCurrentThreadCpuTime() - start;
                frames++;
                print(folder.getFileName().toString(), observation);
            }
        }
    }

    private void timed(int step, Runnable work) {
        long start = THREADS.getCurrentThreadCpuTime();
        work.run();
        stepNs[step] += THREADS.getCurrentThreadCpuTime() - start;
    }

    private void print(String name, Observation o) {
        StringBuilder faces = new StringBuilder();
        for (FaceObservation face : o.faces()) {
            faces.append(String.format(
                    Locale.ROOT,
                    " [%d %.2f %.0f,%.0f %.0fx%.0f m%.0f%s%s]",
                    face.trackId(),
                    face.score(),
                    face.box().centerXPx(),
                    face.box().centerYPx(),
                    face.box().widthPx(),
                    face.box().heightPx(),
                    face.motion(),
                    face.headPose()
                            .map(p -> String.format(
                                    Locale.ROOT, " h%.0f,%.0f,%.0f", p.yawDeg(), p.pitchDeg(), p.rollDeg()))
                            .orElse(""),
                    face.gaze()
                            .map(g -> String.format(Locale.ROOT, " e%.0f,%.0f", g.eyeYawDeg(), g.eyePitchDeg()))
                            .orElse(" " + face.gazeReading().doubt())));
        }
        out.printf(
                Locale.ROOT,
                "%s %d t=%.2f faces=%d %s %s state=%s b=%.0f c=%.1f s=%.3f ch=%.3f pk=%.3f%s%s%s%n",
                name,
                o.frameIndex(),
                o.timestampNs() / 1e9,
                o.faces().size(),
                o.face().answer(),
                o.face().doubt().map(Enum::name).orElse("-"),
                o.quality().state(),
                o.quality().brightness(),
                o.quality().contrast(),
                o.quality().sharpness(),
                o.quality().change(),
                o.quality().peakChange(),
                o.quality().unchanged() ? " UNCHANGED" : "",
                o.quality().sceneCut() ? " CUT" : "",
                faces);
    }
}
