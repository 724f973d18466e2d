package io.invigil.core.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.invigil.api.Alert;
import io.invigil.api.AlertType;
import io.invigil.api.BoundingBox;
import io.invigil.api.CameraState;
import io.invigil.api.EngineException;
import io.invigil.api.ErrorCode;
import io.invigil.api.ImageQuality;
import io.invigil.api.Judgement;
import io.invigil.api.ObjectDetection;
import io.invigil.api.Observation;
import io.invigil.api.Policy;
import io.invigil.api.PresenceObservation;
import io.invigil.api.Reading;
import io.invigil.api.SessionEvent;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Media time may start anywhere, before zero too, and a gap in it is not the same as an engine that falls behind. */
class OriginOfTimeTest {
    private static final long SECOND_NS = 1_000_000_000L;

    private static Observation observation(long frameIndex, long timestampNs, boolean phone) {
        return new Observation(
                frameIndex,
                timestampNs,
                640,
                480,
                new ImageQuality(CameraState.OK, 120, 50, 0.3, 2, 6, false, false),
                Reading.absent(0.9),
                List.of(),
                new PresenceObservation(
                        timestampNs,
                        true,
                        List.of(),
                        phone
                                ? List.of(new ObjectDetection("cell phone", 0.8, new BoundingBox(10, 10, 30, 60)))
                                : List.of()));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -3600 * SECOND_NS, -5 * SECOND_NS, Long.MIN_VALUE / 2})
    void shouldJudgeTheSameWhereverTimeBegins(long originNs) {
        SessionRules rules = new SessionRules(Policy.interview());
        List<Alert> alerts = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            alerts.addAll(rules.observe(observation(i, originNs + i * SECOND_NS, i >= 5))
                    .alerts());
        }
        assertThat(alerts).extracting(Alert::type).contains(AlertType.NO_FACE, AlertType.PROHIBITED_OBJECT);
        assertThat(alerts)
                .filteredOn(alert -> alert.type() == AlertType.PROHIBITED_OBJECT)
                .allSatisfy(alert -> assertThat(alert.startNs() - originNs).isBetween(4 * SECOND_NS, 6 * SECOND_NS));
    }

    @Test
    void shouldSayTheEngineWasBehindWhenFramesArrivedButWereNotAnalysed() {
        SessionRules rules = new SessionRules(Policy.interview());
        List<Alert> alerts = new ArrayList<>();
        List<SessionEvent> events = new ArrayList<>();
        long index = 0;
        long timeNs = 0;
        for (int i = 0; i < 10; i++) {
            rules.observe(observation(index++, timeNs += SECOND_NS / 5, false));
        }
        // 20 frames superseded during 4 s of overload.
        Judgement after = rules.observe(observation(index += 20, timeNs += 4 * SECOND_NS, false));
        alerts.addAll(after.alerts());
        events.addAll(after.events());
        assertThat(alerts).extracting(Alert::type).doesNotContain(AlertType.STREAM_GAP);
        assertThat(events).extracting(SessionEvent::kind).containsExactly(SessionEvent.Kind.BLIND);
        assertThat(events.get(0).message()).isEqualTo("Frames arrived for 4.0 s but none was analysed");

        // 4 s without any frame.
        Judgement gap = rules.observe(observation(index + 1, timeNs + 4 * SECOND_NS, false));
        assertThat(gap.alerts()).extracting(Alert::type).contains(AlertType.STREAM_GAP);
        assertThat(gap.events()).isEmpty();
    }

    @Test
    void shouldRefuseAFrameWhenItsTimeIsNotAfterTheOneBefore() {
        SessionRules rules = new SessionRules(Policy.interview());
        rules.observe(observation(0, 2 * SECOND_NS, false));
        byte[] before = rules.snapshot();

        assertThatThrownBy(() -> rules.observe(observation(1, SECOND_NS, false)))
                .isInstanceOfSatisfying(
                        EngineException.class,
                        error -> assertThat(error.code()).isEqualTo(ErrorCode.FRAME_OUT_OF_ORDER))
                .hasMessage("timestampNs is 1000000000, must be more than the frame's before, 2000000000");
        assertThatThrownBy(() -> rules.frameFailed(1, 2 * SECOND_NS, "STAGE")).isInstanceOf(EngineException.class);
        assertThat(rules.snapshot()).isEqualTo(before);
    }
}
