package io.invigil.core.rules;

import io.invigil.api.AlertRule;
import io.invigil.api.AlertType;
import io.invigil.api.Doubt;
import io.invigil.api.PartialFaceLimits;
import io.invigil.api.Policy;
import io.invigil.core.sight.Box;
import io.invigil.core.sight.Sight;
import java.util.Locale;
import java.util.Map;

/** The candidate's face is partly out of the picture, or so near that it fills it. */
final class PartialFaceRule implements FrameRule {
    private static final double CONFIDENCE = 0.8;
    /** A face that is not found because it is too near is known less surely than one that is seen. */
    private static final double UNSEEN_CONFIDENCE = 0.6;

    private final PartialFaceLimits limits;
    private final double enter;
    private final double exit;

    boolean on;

    PartialFaceRule(Policy policy) {
        limits = policy.partialFace();
        AlertRule rule = policy.rule(AlertType.PARTIAL_FACE);
        enter = rule.enter();
        exit = rule.exit();
    }

    @Override
    public Finding judge(Scene scene) {
        return scene.sighted() ? judge(scene.seen) : Finding.UNKNOWN;
    }

    private Finding judge(Sight seen) {
        if (!seen.face().isPresent() || seen.faces().isEmpty()) {
            boolean near = seen.face().isUnknownFor(Doubt.TOO_CLOSE);
            // An empty seat is told by another rule; what cannot be told for another reason ends nothing.
            if (!near) {
                on = on && seen.face().isUnknown();
                return seen.face().isAbsent() ? Finding.OFF : Finding.UNKNOWN;
            }
            on = true;
            return Finding.on(
                    UNSEEN_CONFIDENCE,
                    "too_close",
                    "The candidate is too close for the face to be seen",
                    Map.of("cause", "too_close"));
        }
        Box box = seen.faces().get(0).box();
        double visible = box.shareInside(seen.widthPx(), seen.heightPx());
        double height = box.heightPx() / seen.heightPx();
        double hidden = (1 - visible) / (1 - limits.visibleShare());
        double near = height / limits.largestShare();
        double measure = Math.max(hidden, near);
        on = measure >= (on ? exit : enter);
        if (!on) {
            return Finding.OFF;
        }
        return hidden >= near
                ? Finding.on(
                        CONFIDENCE,
                        "out_of_picture",
                        String.format(
                                Locale.ROOT, "Only %.0f %% of the candidate's face is in the picture", 100 * visible),
                        Map.of("cause", "out_of_picture"))
                : Finding.on(
                        CONFIDENCE,
                        "too_close",
                        String.format(
                                Locale.ROOT,
                                "The candidate's face takes up %.0f %% of the picture's height",
                                100 * height),
                        Map.of("cause", "too_close"));
    }

    @Override
    public void exchange(StateExchange state) {
        on = state.of(on);
    }
}
