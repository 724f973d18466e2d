package io.invigil.core.pipeline;

import com.lmax.disruptor.EventHandler;
import java.util.List;
import java.util.Map;

/** Runs every stage of a frame in turn on one thread. */
final class FusedHandler implements EventHandler<FrameSlot> {
    private final List<StageHandler> handlers;

    FusedHandler(Map<Stage, StageHandler> handlers) {
        this.handlers = List.copyOf(handlers.values());
    }

    @Override
    public void onEvent(FrameSlot slot, long sequence, boolean endOfBatch) {
        for (int i = 0; i < handlers.size(); i++) {
            handlers.get(i).onEvent(slot, sequence, endOfBatch);
        }
    }
}
