package io.invigil.core.rules;

import io.invigil.api.AlertRule;
import io.invigil.api.AlertType;
import io.invigil.api.Policy;
import io.invigil.core.sight.Sight;
import java.util.Locale;
import java.util.Map;

/** The camera shows black, is covered, or the scene is too dark to see anything. */
final class BlackScreenRule implements FrameRule {
    // How plain each state is to see: black has next to no other cause; a cover may be a plain wall close up; darkness
    // is a
    // matter of degree.
    private static final double BLACK_CONFIDENCE = 0.98;
    private static final double COVERED_CONFIDENCE = 0.9;
    private static final double DARK_CONFIDENCE = 0.75;

    /** In a dark picture with less mean light than this a person sees nothing, though a detector may find a face. */
    private static final double UNSEEN_BRIGHTNESS = 16;

    private final AlertRule rule;
    private boolean on;

    BlackScreenRule(Policy policy) {
        rule = policy.rule(AlertType.BLACK_SCREEN);
    }

    @Override
    public Finding judge(Scene scene) {
        Finding finding = judge(scene.seen);
        on = finding.verdict() == Verdict.ON && finding.confidence() >= (on ? rule.exit() : rule.enter());
        return on ? finding : Finding.OFF;
    }

    @Override
    public void exchange(StateExchange state) {
        on = state.of(on);
    }

    private static Finding judge(Sight seen) {
        return switch (seen.quality().state()) {
            case BLACK -> on(seen, BLACK_CONFIDENCE, "black", "The picture is black");
            case COVERED -> on(seen, COVERED_CONFIDENCE, "covered", "The camera is covered");
            case DARK ->
                seen.face().isPresent() && seen.quality().brightness() >= UNSEEN_BRIGHTNESS
                        ? Finding.OFF
                        : on(seen, DARK_CONFIDENCE, "dark", "The picture is too dark to see anything");
            case OK, BLURRED, OVEREXPOSED -> Finding.OFF;
        };
    }

    private static Finding on(Sight seen, double confidence, String cause, String words) {
        String message = String.format(
                Locale.ROOT,
                "%s (mean brightness %.0f of 255)",
                words,
                seen.quality().brightness());
        return Finding.on(confidence, cause, message, Map.of("cause", cause));
    }
}
