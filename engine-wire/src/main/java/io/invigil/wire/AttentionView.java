package io.invigil.wire;

import io.invigil.api.Attention;
import io.invigil.api.Doubt;

/**
 * Whether the candidate looks away: three answers, not two.
 *
 * @param answer {@code away}, {@code not_away} or {@code cannot_tell}
 * @param doubt why it cannot be told; null otherwise
 * @param direction {@code center}, {@code image_left}, {@code image_right}, {@code up} or {@code down}
 * @param modality {@code none}, {@code head} or {@code eyes}
 * @param confidence 0 to 1
 */
public record AttentionView(String answer, String doubt, String direction, String modality, double confidence) {
    /** Nothing was seen yet. */
    public static final AttentionView NONE =
            new AttentionView("cannot_tell", Doubt.NOT_EVALUATED.wireName(), "center", "none", 0);

    /** Makes the number finite. */
    public AttentionView {
        confidence = Finite.rounded(confidence);
    }

    /** The view of an attention. */
    public static AttentionView of(Attention attention) {
        String answer = switch (attention.reading().answer()) {
            case PRESENT -> "away";
            case ABSENT -> "not_away";
            case CANNOT_TELL -> "cannot_tell";
        };
        return new AttentionView(
                answer,
                attention.reading().doubt().map(Doubt::wireName).orElse(null),
                attention.direction().wireName(),
                attention.modality().wireName(),
                attention.reading().confidence());
    }
}
