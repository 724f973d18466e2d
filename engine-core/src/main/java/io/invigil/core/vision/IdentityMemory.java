package io.invigil.core.vision;

import io.invigil.api.IdentityObservation;
import java.util.Arrays;

/**
 * The reference of one session's candidate and the schedule of looks; touched by the gaze step only. It exists only where the
 * policy asks for it. Nothing here is ever written anywhere.
 */
final class IdentityMemory implements AutoCloseable {
    /** Looks the reference is the mean of. */
    static final int REFERENCE_LOOKS = 5;

    private static final int NOBODY = -1;
    /** Looks taken in quick succession after a break. */
    private static final int QUICK_LOOKS = 5;

    private static final long QUICK_NS = 400_000_000L;
    /** A frame that comes this share of an interval early still counts: frame times are rounded. */
    private static final double EARLY_SHARE = 0.05;
    /** A face that was missing on a frame and for this long may come back as another's. */
    private static final long GONE_NS = 1_000_000_000L;
    /** Frames this far apart leave it open whose face it is, whatever they show. */
    private static final long GAP_NS = 4_000_000_000L;

    private final long calmNs;
    private final long quickNs;
    private final float[] reference = new float[FaceDescriber.SIZE];
    private final float[] sum = new float[FaceDescriber.SIZE];
    private int looks;
    private long referenceAtNs = IdentityObservation.NO_REFERENCE;
    private int trackId = NOBODY;
    private long lastFaceNs;
    private boolean missing;
    private long lastLookNs;
    private boolean looked;
    private int quickLooks;

    /** With a look once an interval, on every frame when 0; sooner after a break or a doubt. */
    IdentityMemory(long intervalNs) {
        calmNs = intervalNs;
        quickNs = Math.min(QUICK_NS, intervalNs);
    }

    /** Takes note of which face is the candidate's on this frame. */
    void follow(int candidateTrackId, long nowNs, boolean sceneCut) {
        long agoNs = nowNs - lastFaceNs;
        if (candidateTrackId != trackId || sceneCut || missing && agoNs > GONE_NS || agoNs > GAP_NS) {
            trackId = candidateTrackId;
            quickLooks = QUICK_LOOKS;
            if (!hasReference()) {
                startOver();
            }
        }
        lastFaceNs = nowNs;
        missing = false;
    }

    /** Takes note of a frame without a face. */
    void missed() {
        missing = true;
    }

    /** Whether the candidate's face should be looked at on the frame of this time. */
    boolean due(long nowNs) {
        long intervalNs = quickLooks > 0 || !hasReference() ? quickNs : calmNs;
        return !looked || nowNs - lastLookNs >= intervalNs * (1 - EARLY_SHARE);
    }

    /** Notes a look; one that leaves a doubt is soon followed by others. */
    void looked(long nowNs, boolean same) {
        looked = true;
        lastLookNs = nowNs;
        quickLooks = same ? Math.max(0, quickLooks - 1) : QUICK_LOOKS;
    }

    boolean hasReference() {
        return referenceAtNs != IdentityObservation.NO_REFERENCE;
    }

    long referenceAtNs() {
        return referenceAtNs;
    }

    /** Euclidean distance of a descriptor from the reference. */
    double distance(float[] descriptor) {
        return distance(descriptor, reference, 1);
    }

    /**
     * Takes a clear look at a single face for the reference; one that does not fit the looks before starts it over.
     *
     * @param mostApart how far a look may be from the mean of those before
     */
    void addToReference(float[] descriptor, long nowNs, double mostApart) {
        if (looks > 0 && distance(descriptor, sum, looks) > mostApart) {
            startOver();
        }
        for (int i = 0; i < sum.length; i++) {
            sum[i] += descriptor[i];
        }
        looks++;
        if (looks == REFERENCE_LOOKS) {
            for (int i = 0; i < sum.length; i++) {
                reference[i] = sum[i] / looks;
            }
            referenceAtNs = nowNs;
            startOver();
        }
    }

    private void startOver() {
        looks = 0;
        Arrays.fill(sum, 0);
    }

    private static double distance(float[] descriptor, float[] other, int divisor) {
        double squares = 0;
        for (int i = 0; i < descriptor.length; i++) {
            double difference = descriptor[i] - other[i] / divisor;
            squares += difference * difference;
        }
        return Math.sqrt(squares);
    }

    /** Erases the reference. */
    @Override
    public void close() {
        startOver();
        Arrays.fill(reference, 0);
        referenceAtNs = IdentityObservation.NO_REFERENCE;
    }
}
