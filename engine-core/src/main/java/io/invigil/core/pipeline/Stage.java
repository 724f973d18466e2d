package io.invigil.core.pipeline;

import io.invigil.api.StageTimings;
import java.util.List;

/**
 * The stages of the frame path. Face and then gaze may run beside presence; rules wait for all.
 *
 * <pre>{@code
 * decode -> +-> face -> gaze -+-> rules
 *           +-> presence -----+
 * }</pre>
 */
enum Stage {
    DECODE {
        @Override
        void run(FrameSlot slot) {
            slot.workspace().decode(slot.buffer(), slot.session().memory(), slot.pressure());
        }
    },
    FACE(DECODE) {
        @Override
        void run(FrameSlot slot) {
            slot.workspace().face();
        }
    },
    GAZE(FACE) {
        @Override
        void run(FrameSlot slot) {
            slot.workspace().gaze();
        }
    },
    PRESENCE(DECODE) {
        @Override
        void run(FrameSlot slot) {
            slot.workspace().presence();
        }
    },
    RULES(GAZE, PRESENCE) {
        @Override
        void run(FrameSlot slot) {
            slot.session().judge(slot);
        }
    };

    private final List<Stage> needs;

    Stage(Stage... needs) {
        this.needs = List.of(needs);
    }

    /** The stages this one reads from. */
    List<Stage> needs() {
        return needs;
    }

    /** The times of the stages, from an array in their order. */
    static StageTimings timings(long[] stageNs) {
        return new StageTimings(
                stageNs[DECODE.ordinal()],
                stageNs[FACE.ordinal()],
                stageNs[GAZE.ordinal()],
                stageNs[PRESENCE.ordinal()],
                stageNs[RULES.ordinal()]);
    }

    /** Works on the frame in the slot; whatever it throws fails this frame only. */
    abstract void run(FrameSlot slot);
}
