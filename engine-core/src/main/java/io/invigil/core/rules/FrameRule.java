package io.invigil.core.rules;

import io.invigil.api.SessionEvent;
import io.invigil.api.SessionSignal;
import java.util.List;

/** Says of each frame whether one condition holds. Its state is plain values. */
interface FrameRule {
    /** Judges an analysed frame. */
    Finding judge(Scene scene);

    /** Takes a frame that could not be analysed. */
    default void skip(Moment now) {}

    /** Takes what the host tells; most rules do not care. */
    default void signal(SessionSignal signal, List<SessionEvent> events) {}

    /** Hands all state out or takes it in. */
    void exchange(StateExchange state);
}
