package io.invigil.core.pipeline;

import io.invigil.api.FrameObserver;
import java.util.Optional;

/** Tells the application's observer how long frames took; nothing it throws reaches the lane. */
final class FrameTimes {
    private final FrameObserver observer;

    FrameTimes(Optional<FrameObserver> observer) {
        this.observer = observer.orElse(null);
    }

    void tell(FrameSlot slot) {
        if (observer == null) {
            return;
        }
        try {
            observer.finished(slot.waitedNs(), slot.timings());
        } catch (Throwable ignored) {
            // Measurement only: a frame is not worth less because nobody could count it.
        }
    }
}
