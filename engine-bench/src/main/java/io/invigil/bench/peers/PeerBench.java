package io.invigil.bench.peers;

import io.invigil.api.AlertType;
import io.invigil.api.Policy;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The engine beside what a user would pick instead, on the same 720p JPEG frames with one near face, in the same run. Rounds
 * of all peers alternate; a figure is the median of a round's mean CPU time a frame, with the smallest and largest round, and
 * a ratio is the median of the ratios within a round. A peer that does not find the face on every frame fails the run.
 */
public final class PeerBench {
    private static final int MEDIA_PIPE = 0;
    /** Enough that code is compiled and the engine's cadences are those of a session that goes on. */
    private static final int WARM_UP_ROUNDS = 2;

    private final int rounds;
    private final int frames;

    private PeerBench(int rounds, int frames) {
        this.rounds = rounds;
        this.frames = frames;
    }

    /**
     * Measures and prints.
     *
     * @param files JPEG frames
     * @param quick fewer rounds, and without the peers that also look for objects, which take most of the time
     * @param folder where the Python peers are installed; kept between runs
     */
    public static void run(List<byte[]> files, Path folder, PrintStream out, boolean quick)
            throws IOException, InterruptedException {
        PeerBench bench = quick ? new PeerBench(5, 30) : new PeerBench(9, 60);
        PythonSetup python = PythonSetup.in(folder, files, out);
        List<Peer> peers = new ArrayList<>();
        try {
            peers.add(new PythonPeer(
                    "MediaPipe 0.10.14 in Python: decode, detection, mesh with irises", python.command("mediapipe")));
            peers.add(new PythonPeer("the same ONNX models in Python, every frame", python.command("onnxruntime")));
            peers.add(new PlainJavaPeer(files, false));
            if (!quick) {
                peers.add(new PythonPeer(
                        "the same ONNX models in Python, every frame, with objects",
                        python.command("onnxruntime", "objects")));
                peers.add(new PlainJavaPeer(files, true));
            }
            // As the others: the candidate's face alone. Kinds that also ask for bodies or objects are left out.
            Policy face = Policy.interview().toBuilder()
                    .name("face")
                    .only(
                            AlertType.EYES_LOOKING_AWAY,
                            AlertType.BLACK_SCREEN,
                            AlertType.FROZEN_VIDEO,
                            AlertType.STREAM_GAP)
                    .build();
            for (int rate : new int[] {1, 2, 5}) {
                peers.add(new EnginePeer(
                        "Invigil, face with head pose, eyes, quality, rules, " + rate + " frames/s",
                        files,
                        face,
                        rate));
            }
            for (int rate : new int[] {1, 5}) {
                peers.add(new EnginePeer(
                        "Invigil, policy interview: also bodies and objects, " + rate + " frames/s",
                        files,
                        Policy.interview(),
                        rate));
            }
            bench.measure(peers, out);
        } finally {
            peers.forEach(Peer::close);
        }
    }

    private void measure(List<Peer> peers, PrintStream out) {
        double[][] cpuMs = new double[peers.size()][rounds];
        for (Peer peer : peers) {
            for (int round = 0; round < WARM_UP_ROUNDS; round++) {
                peer.round(frames);
            }
        }
        for (int round = 0; round < rounds; round++) {
            for (int i = 0; i < peers.size(); i++) {
                Peer.Cost cost = peers.get(i).round(frames);
                if (cost.found() != frames) {
                    throw new IllegalStateException(peers.get(i).title() + " found the face in " + cost.found() + " of "
                            + frames + " frames; figures of what sees nothing are worth nothing");
                }
                cpuMs[i][round] = cost.cpuMs();
            }
        }
        out.printf(
                Locale.ROOT,
                "720p JPEG with one near face, %d rounds of %d frames; CPU of all threads, median (smallest-largest)%n",
                rounds,
                frames);
        out.printf(Locale.ROOT, "%-68s %28s %20s%n", "", "CPU ms a frame", "of MediaPipe's");
        for (int i = 0; i < peers.size(); i++) {
            double[] ratios = new double[rounds];
            for (int round = 0; round < rounds; round++) {
                ratios[round] = cpuMs[i][round] / cpuMs[MEDIA_PIPE][round];
            }
            out.printf(
                    Locale.ROOT,
                    "%-68s %28s %20s%n",
                    peers.get(i).title(),
                    spread(cpuMs[i], "%.1f"),
                    spread(ratios, "%.2f"));
        }
    }

    private static String spread(double[] values, String format) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return String.format(
                Locale.ROOT,
                format + " (" + format + "-" + format + ")",
                sorted[sorted.length / 2],
                sorted[0],
                sorted[sorted.length - 1]);
    }
}
