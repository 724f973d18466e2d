package io.invigil.replay.eval;

import io.invigil.api.Alert;
import io.invigil.api.EngineConfig;
import io.invigil.api.Policy;
import io.invigil.api.ProctoringEngine;
import io.invigil.api.ProctoringSession;
import io.invigil.api.SessionConfig;
import io.invigil.api.SessionId;
import io.invigil.api.SessionListener;
import io.invigil.api.ThreadingMode;
import io.invigil.replay.media.FrameSampler;
import io.invigil.replay.media.RecordingReader;
import io.invigil.testdata.TestClips;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;

/** A labelled recording, judged under the strict policy; a test of one is skipped where the recordings are not. */
final class PlayedClip {
    private PlayedClip() {}

    /**
     * What is told of a recording.
     *
     * @param clip the recording's name without its ending
     * @param fps frames a second that are looked at
     * @param fromS where in the recording the session begins, in seconds; times in alerts are the recording's
     * @return alerts as they were told: opened, updated, closed
     */
    static List<Alert> alerts(String clip, double fps, double fromS) throws Exception {
        Optional<Path> folder = TestClips.folder();
        Assumptions.assumeTrue(
                folder.isPresent(), "skipped: the labelled recordings are not here; set INVIGIL_CLIPS to their folder");
        List<Alert> told = new ArrayList<>();
        FrameSampler sampler = new FrameSampler(fps);
        try (RecordingReader reader = RecordingReader.open(folder.orElseThrow().resolve("clips/" + clip + ".mp4"));
                ProctoringEngine engine = ProctoringEngine.create(
                        EngineConfig.builder().threading(ThreadingMode.CALLER).build())) {
            try (ProctoringSession session = engine.openSession(
                    SessionConfig.builder().policy(Policy.strict()).build())) {
                session.addListener(new SessionListener() {
                    @Override
                    public void onAlert(SessionId id, Alert alert) {
                        told.add(alert);
                    }
                });
                while (reader.next()) {
                    if (reader.timestampNs() >= fromS * 1e9 && sampler.isDue(reader.timestampNs())) {
                        session.offer(reader.frame());
                    }
                }
            }
        }
        return told;
    }
}
