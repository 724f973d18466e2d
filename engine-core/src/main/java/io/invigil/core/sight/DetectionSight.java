package io.invigil.core.sight;

import io.invigil.api.ObjectDetection;
import java.util.Objects;

/** An {@link ObjectDetection} that is filled anew; units and ranges are the same. Not thread-safe. */
public final class DetectionSight {
    private final Box box = new Box();
    private String category = "";
    private double score;

    DetectionSight() {}

    /** Takes what it is and how sure that is; its box is to be filled. */
    public void begin(String newCategory, double newScore) {
        category = Objects.requireNonNull(newCategory, "newCategory");
        score = newScore;
    }

    void set(ObjectDetection other) {
        begin(other.category(), other.score());
        box.set(other.box());
    }

    void set(DetectionSight other) {
        begin(other.category, other.score);
        box.set(other.box);
    }

    /** Whether the value says the same, to the last bit. */
    boolean equalsValue(ObjectDetection value) {
        return category.equals(value.category())
                && Double.compare(score, value.score()) == 0
                && box.equalsValue(value.box());
    }

    ObjectDetection toObjectDetection() {
        return new ObjectDetection(category, score, box.toBoundingBox());
    }

    /** The class name, lower case as in COCO. */
    public String category() {
        return category;
    }

    /** How sure it is, 0 to 1. */
    public double score() {
        return score;
    }

    /** Where it is; to be read and filled. */
    public Box box() {
        return box;
    }
}
