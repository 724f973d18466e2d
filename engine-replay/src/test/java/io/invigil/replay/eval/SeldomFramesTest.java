package io.invigil.replay.eval;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.api.Alert;
import io.invigil.api.AlertPhase;
import io.invigil.api.AlertType;
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
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Real recordings of which one frame a second is looked at: what happens within three or four of them is told all the same. */
@Timeout(300)
class SeldomFramesTest {
    @ParameterizedTest
    @CsvSource({
        "identity_change_room, IDENTITY_CHANGED, 4.5, 1",
        "c_identity_swap, NO_FACE, 7.8, 2",
        "c_identity_swap, IDENTITY_CHANGED, 11.8, 2"
    })
    void shouldTellWhatLastsThreeSecondsAtOneFrameASecond(String clip, AlertType type, double startS, int alerts)
            throws Exception {
        List<Alert> opened = play(clip);

        assertThat(opened).hasSize(alerts);
        assertThat(opened)
                .filteredOn(alert -> alert.type() == type)
                .singleElement()
                .satisfies(alert -> assertThat(alert.startNs() / 1e9).isBetween(startS - 1, startS + 1));
    }

    private static List<Alert> play(String clip) throws Exception {
        Optional<Path> folder = TestClips.folder();
        Assumptions.assumeTrue(
                folder.isPresent(), "skipped: the labelled recordings are not here; set INVIGIL_CLIPS to their folder");
        List<Alert> opened = new ArrayList<>();
        FrameSampler sampler = new FrameSampler(1);
        try (RecordingReader reader = RecordingReader.open(folder.orElseThrow().resolve("clips/" + clip + ".mp4"));
                ProctoringEngine engine = ProctoringEngine.create(
                        EngineConfig.builder().threading(ThreadingMode.CALLER).build());
                ProctoringSession session = engine.openSession(
                        SessionConfig.builder().policy(Policy.strict()).build())) {
            session.addListener(new SessionListener() {
                @Override
                public void onAlert(SessionId id, Alert alert) {
                    if (alert.phase() == AlertPhase.OPENED) {
                        opened.add(alert);
                    }
                }
            });
            while (reader.next()) {
                if (sampler.isDue(reader.timestampNs())) {
                    session.offer(reader.frame());
                }
            }
        }
        return opened;
    }
}
