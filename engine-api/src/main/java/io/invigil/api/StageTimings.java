package io.invigil.api;

/**
 * How long the stages took on one frame, in nanoseconds of the monotonic clock; 0 for a stage that did not run. For
 * measurement only: no rule reads it.
 *
 * @param decodeNs decoding and conversion to the upright picture
 * @param faceNs face detection, mesh and head pose
 * @param gazeNs gaze
 * @param presenceNs bodies, objects and picture quality
 * @param rulesNs judgement
 */
public record StageTimings(long decodeNs, long faceNs, long gazeNs, long presenceNs, long rulesNs) {
    /** Nothing ran. */
    public static final StageTimings NONE = new StageTimings(0, 0, 0, 0, 0);

    /** The sum of all stages. */
    public long totalNs() {
        return decodeNs + faceNs + gazeNs + presenceNs + rulesNs;
    }
}
