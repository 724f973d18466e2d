package io.invigil.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ObservationLimitTest {
    private static final SceneMotion MOTION =
            new SceneMotion(2, 0.1, -0.1, "1".repeat(SceneMotion.GRID * SceneMotion.GRID), 6_000_000_000L);
    private static final Observation SEEN = new Observation(
            0,
            0,
            640,
            480,
            new ImageQuality(CameraState.OK, 120, 50, 0.3, 2, 6, false, false, MOTION),
            Reading.present(0.9),
            List.of(),
            PresenceObservation.NONE);

    @Test
    void shouldKeepWhatMovesOnlyWhenFurtherPeopleAreLookedFor() {
        Policy persons =
                Policy.strict().toBuilder().only(AlertType.MULTIPLE_PERSONS).build();
        assertThat(SEEN.limitedTo(persons.detectors())).isEqualTo(SEEN);
        Policy others = Policy.strict().toBuilder()
                .only(AlertType.REPEATED_GLANCES, AlertType.FROZEN_VIDEO, AlertType.PARTIAL_FACE)
                .build();
        SceneMotion left = SEEN.limitedTo(others.detectors()).quality().motion();
        assertThat(left).isEqualTo(new SceneMotion(2, 0.1, -0.1, "", 6_000_000_000L));
    }
}
