package io.invigil.wire;

import java.util.List;

/**
 * Faces in a frame.
 *
 * @param violation true while an alert about the number of people is open
 * @param numFaces faces seen
 * @param maxAllowed faces allowed
 * @param faces the faces, the candidate's first
 * @param alertType the kind of the open alert; null when none
 */
public record FaceDetectionView(
        boolean violation, int numFaces, int maxAllowed, List<FaceView> faces, String alertType) {
    /** Copies the list. */
    public FaceDetectionView {
        faces = List.copyOf(faces);
    }

    /**
     * One face.
     *
     * @param bbox where, in pixels of the upright picture
     * @param confidence 0 to 1
     */
    public record FaceView(BoxView bbox, double confidence) {
        /** Makes the number finite. */
        public FaceView {
            confidence = Finite.rounded(confidence);
        }
    }

    /** A box by its top-left corner and size, in pixels. */
    public record BoxView(double x, double y, double width, double height) {
        /** Makes the numbers finite. */
        public BoxView {
            x = Finite.rounded(x);
            y = Finite.rounded(y);
            width = Finite.rounded(width);
            height = Finite.rounded(height);
        }
    }
}
