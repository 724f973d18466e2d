package io.invigil.wire;

import java.util.List;

/**
 * Things the object detector last saw.
 *
 * @param violation true while an alert about a prohibited object is open
 * @param hasPhone whether a phone that counts is among the objects
 * @param numObjects how many objects
 * @param objects the objects, best score first
 * @param highPriorityViolations of these, the ones the policy forbids
 * @param alertType {@code phone_detected}, {@code prohibited_object_detected} or null
 */
public record ObjectDetectionView(
        boolean violation,
        boolean hasPhone,
        int numObjects,
        List<ObjectView> objects,
        List<ObjectView> highPriorityViolations,
        String alertType) {
    /** Copies the lists. */
    public ObjectDetectionView {
        objects = List.copyOf(objects);
        highPriorityViolations = List.copyOf(highPriorityViolations);
    }

    /**
     * One object.
     *
     * @param classId COCO's number of the class, from 0; -1 when it has none
     * @param className COCO's name
     * @param confidence 0 to 1
     * @param bbox where, in pixels of the upright picture
     * @param isHighPriority whether the policy forbids it
     * @param priority {@code high} or {@code normal}
     */
    public record ObjectView(
            int classId,
            String className,
            double confidence,
            CornersView bbox,
            boolean isHighPriority,
            String priority) {
        /** Makes the number finite. */
        public ObjectView {
            confidence = Finite.rounded(confidence);
        }
    }

    /** A box by two corners and its size, in pixels. */
    public record CornersView(double x1, double y1, double x2, double y2, double width, double height) {
        /** Makes the numbers finite. */
        public CornersView {
            x1 = Finite.rounded(x1);
            y1 = Finite.rounded(y1);
            x2 = Finite.rounded(x2);
            y2 = Finite.rounded(y2);
            width = Finite.rounded(width);
            height = Finite.rounded(height);
        }
    }
}
