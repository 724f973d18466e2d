package io.invigil.api;

import java.util.Objects;

/**
 * A person or thing found by the object detector.
 *
 * @param category the class name, lower case as in COCO: {@code person}, {@code cell phone}, {@code book}, ...
 * @param score the detector's score, 0 to 1
 * @param box where it is, in pixels of the upright picture
 */
public record ObjectDetection(String category, double score, BoundingBox box) {
    /** Checks that nothing is null. */
    public ObjectDetection {
        Objects.requireNonNull(category, "category");
        Objects.requireNonNull(box, "box");
    }
}
