package io.invigil.api;

/**
 * From where on a candidate's face is partly out of the picture or too near. The rule's {@code enter} and {@code exit} are
 * shares of these limits.
 *
 * @param visibleShare the least share of the face inside the picture, 0.2 to 0.99
 * @param largestShare the largest share of the picture's height a face may take up, 0.3 to 2
 */
public record PartialFaceLimits(double visibleShare, double largestShare) {
    /** Checks the ranges. */
    public PartialFaceLimits {
        Ranges.check("visibleShare", visibleShare, 0.2, 0.99);
        Ranges.check("largestShare", largestShare, 0.3, 2.0);
    }
}
