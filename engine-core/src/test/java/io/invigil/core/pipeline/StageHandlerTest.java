package io.invigil.core.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.api.EngineLoad;
import io.invigil.api.ErrorCode;
import io.invigil.api.IntakeMode;
import io.invigil.api.ThreadingMode;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a frame comes to when something is thrown where nothing should be. */
final class StageHandlerTest {
    @Test
    void shouldJudgeTheFrameAndLetGoOfItsSlotWhateverIsThrownBeforeItsFirstStage() {
        try (PipelineFixture fixture = new PipelineFixture(ThreadingMode.CALLER, 1, 2)) {
            PipelineSession session = fixture.open(IntakeMode.LIVE);
            FrameSlot slot = new FrameSlot(fixture.perception.openLane().newWorkspace());
            slot.begin(session, 0, EngineLoad.IDLE);
            List<FrameSlot> finished = new ArrayList<>();
            Map<Stage, StageHandler> handlers = new EnumMap<>(Stage.class);
            for (Stage stage : Stage.values()) {
                handlers.put(
                        stage,
                        new StageHandler(
                                stage,
                                place -> {
                                    throw new InternalError("scripted");
                                },
                                finished::add));
            }

            new FusedHandler(handlers).onEvent(slot, 0, true);

            assertThat(finished).containsExactly(slot);
            assertThat(slot.failure().code()).isEqualTo(ErrorCode.STAGE);
            assertThat(slot.failure()).hasMessage("the stage decode failed with java.lang.InternalError");
            assertThat(session.frames().failed()).isEqualTo(1);
        }
    }
}
