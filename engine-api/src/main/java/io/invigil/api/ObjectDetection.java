package io.invigil.api;

import java.util.Objects;

/**
 * A person or thing found by the object detector.
 *
 * @param category the class name, lower case as in COCO: {@code person}, {@code cell phone}, {@code book}, ...
 * @param score how sure it is, 0 to 1: of a person the detector's own score, of a thing weighed against what else it may be
 * @param box where it is, in pixels of the upright picture
 */
public record ObjectDetection(String category, double score, BoundingBox box) {
    /** Checks that nothing is null. */
    public ObjectDetection {
        Objects.requireNonNull(category, "category");
        Objects.requireNonNull(box, "box");
    }
}
