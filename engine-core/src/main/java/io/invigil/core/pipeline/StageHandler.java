package io.invigil.core.pipeline;

import com.lmax.disruptor.EventHandler;
import java.util.Locale;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.LongPredicate;

/**
 * Runs one stage on the slots of a ring. Nothing a stage throws gets out of here: it becomes the frame's failure, and the
 * thread lives on. {@code onFinished} hears of each frame after its last stage and lets go of its slot; {@code putsOff} tells
 * whether the one in a place of the ring leaves to later ones what can wait.
 */
final class StageHandler implements EventHandler<FrameSlot> {
    private final Stage stage;
    private final LongPredicate putsOff;
    private final Consumer<FrameSlot> onFinished;
    private final String doing;
    private final LongAdder totalNs = new LongAdder();

    StageHandler(Stage stage, LongPredicate putsOff, Consumer<FrameSlot> onFinished) {
        this.stage = stage;
        this.putsOff = putsOff;
        this.onFinished = onFinished;
        doing = "the stage " + stage.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public void onEvent(FrameSlot slot, long sequence, boolean endOfBatch) {
        if (stage != Stage.RULES && (slot.failed(stage) || slot.blocked(stage))) {
            return;
        }
        long startNs = System.nanoTime();
        try {
            if (stage == Stage.DECODE) {
                slot.started(startNs, putsOff.test(sequence));
            }
            stage.run(slot);
        } catch (Throwable e) {
            slot.fail(stage, slot.failureOf(doing, e));
        }
        long elapsedNs = System.nanoTime() - startNs;
        slot.took(stage, elapsedNs);
        totalNs.add(elapsedNs);
        if (stage == Stage.RULES) {
            onFinished.accept(slot);
        }
    }

    Stage stage() {
        return stage;
    }

    /** Time spent in this stage since the start. */
    long totalNs() {
        return totalNs.sum();
    }
}
