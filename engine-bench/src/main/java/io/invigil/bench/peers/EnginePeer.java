package io.invigil.bench.peers;

import com.sun.management.OperatingSystemMXBean;
import io.invigil.api.EngineConfig;
import io.invigil.api.Frame;
import io.invigil.api.FrameResult;
import io.invigil.api.OfferResult;
import io.invigil.api.Policy;
import io.invigil.api.ProctoringEngine;
import io.invigil.api.ProctoringSession;
import io.invigil.api.SessionConfig;
import io.invigil.api.SessionId;
import io.invigil.api.SessionListener;
import io.invigil.api.ThreadingMode;
import java.lang.management.ManagementFactory;
import java.util.List;

/** The engine through its public interface: decode, quality, detector, mesh, irises, pose, gaze, rules and a listener. */
final class EnginePeer implements Peer {
    private final String title;
    private final List<byte[]> files;
    private final long intervalNs;
    private final ProctoringEngine engine;
    private final ProctoringSession session;
    private final OperatingSystemMXBean process = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private long frameIndex;
    private int found;

    EnginePeer(String title, List<byte[]> files, Policy policy, int framesPerSecond) {
        this.title = title;
        this.files = files;
        intervalNs = 1_000_000_000L / framesPerSecond;
        engine = ProctoringEngine.create(
                EngineConfig.builder().threading(ThreadingMode.CALLER).build());
        session = engine.openSession(SessionConfig.live(policy));
        session.addListener(new SessionListener() {
            @Override
            public void onFrameResult(SessionId id, FrameResult result) {
                boolean seen = result.observation()
                        .map(observation -> observation.face().isPresent()
                                && !observation.faces().isEmpty()
                                && observation.faces().get(0).headPose().isPresent())
                        .orElse(false);
                found += seen ? 1 : 0;
            }
        });
    }

    @Override
    public String title() {
        return title;
    }

    @Override
    public Cost round(int frames) {
        found = 0;
        long beganNs = process.getProcessCpuTime();
        for (int i = 0; i < frames; i++) {
            byte[] file = files.get((int) (frameIndex % files.size()));
            if (session.offer(Frame.encoded(file, frameIndex++ * intervalNs)) != OfferResult.ACCEPTED) {
                throw new IllegalStateException("the engine did not take frame " + (frameIndex - 1));
            }
        }
        return new Cost((process.getProcessCpuTime() - beganNs) / 1e6 / frames, found);
    }

    @Override
    public void close() {
        session.close();
        engine.close();
    }
}
