package io.invigil.testdata;

/**
 * One thing a proctoring engine should report, as it was scripted. A movement counts from the moment it is half done:
 * a turning head at half its angle, a face whose middle crosses the picture's edge.
 *
 * @param kind wire name of the alert kind
 * @param startSeconds media seconds from the first frame
 * @param endSeconds the same, exclusive
 * @param direction image_left, image_right, up or down for {@code eyes_looking_away}, else empty
 * @param modality head or eyes for {@code eyes_looking_away}, else empty
 * @param objectClass class of a {@code prohibited_object}, else empty
 */
public record TruthInterval(
        String kind, double startSeconds, double endSeconds, String direction, String modality, String objectClass) {
    static TruthInterval of(String kind, double start, double end) {
        return new TruthInterval(kind, start, end, "", "", "");
    }
}
