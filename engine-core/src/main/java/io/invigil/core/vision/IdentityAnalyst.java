package io.invigil.core.vision;

import io.invigil.api.Doubt;
import io.invigil.api.IdentityObservation;
import io.invigil.api.Reading;
import io.invigil.core.sight.PictureSight;
import java.util.Arrays;
import java.util.Optional;

/**
 * Compares the candidate's face with the one of the session's start, when a look is due and the face is fit for it: near
 * enough, sharp, lit, and turned to the camera. On labelled recordings these limits keep one person's looks within 0.52 of the
 * reference; blur beyond them brings two pictures of one person as far apart as two people's. One to a lane, for one thread at
 * a time; everything about a session is in its {@link IdentityMemory}.
 */
final class IdentityAnalyst implements AutoCloseable {
    /** Up to here a look shows the person of the reference; from {@link #OTHER} on it shows another. */
    static final double SAME = 0.55;

    /** The model's authors draw their one line at 0.6; a false alarm costs more than a late one. */
    static final double OTHER = 0.62;

    private static final double MAX_YAW_DEG = 30;
    private static final double MAX_PITCH_DEG = 30;
    private static final double MIN_EYE_DISTANCE_PX = 18;
    private static final double MIN_STEEPNESS = 0.31;
    private static final double MIN_BRIGHTNESS = 14;
    private static final double MAX_BRIGHTNESS = 240;
    /** A face in fog or behind a dirty lens; lit faces have some 20 to 60. */
    private static final double MIN_CONTRAST = 6;
    /** The mesh is this sure of a face that is all to be seen; half a face is unlike anybody's. */
    private static final double MIN_SCORE = 0.97;

    /**
     * A mesh laid over half a face and half a board is a little less sure and bent. Whole faces of labelled recordings have a
     * score of 1.00; some of them are bent as much by themselves.
     */
    private static final double WHOLE_SCORE = 0.998;

    private static final double BENT_FIT_ERROR_PX = 2.9;

    private final LazyModel model;
    private final float[] descriptor = new float[FaceDescriber.SIZE];
    private FaceDescriber describer;

    IdentityAnalyst(LazyModel model) {
        this.model = model;
    }

    /**
     * Looks at the candidate of a frame.
     *
     * @param memory the session's memory; null when the policy does not ask for it, and nothing is done then
     */
    Optional<IdentityObservation> analyse(
            DecodedImage image, PictureSight quality, FacesInFrame faces, long nowNs, IdentityMemory memory) {
        if (memory == null) {
            return Optional.empty();
        }
        if (faces.count == 0 || faces.candidateAway) {
            memory.missed();
            return Optional.of(notCompared(memory, Doubt.NOT_EVALUATED));
        }
        FacesInFrame.Slot candidate = faces.slots[0];
        memory.follow(candidate.trackId, nowNs, quality.sceneCut());
        // A repeated picture says nothing new, and several faces leave open whose the reference would be.
        if (quality.unchanged() || !memory.due(nowNs) || !memory.hasReference() && faces.count > 1) {
            return Optional.of(notCompared(memory, Doubt.NOT_EVALUATED));
        }
        Doubt doubt = unfit(image, candidate);
        if (doubt != null) {
            return Optional.of(notCompared(memory, doubt));
        }
        describer.describe(descriptor);
        try {
            return Optional.of(compare(nowNs, memory));
        } finally {
            Arrays.fill(descriptor, 0);
        }
    }

    /** Cuts the face out and says what makes it unfit to be compared; null when nothing does. */
    private Doubt unfit(DecodedImage image, FacesInFrame.Slot candidate) {
        HeadReading head = candidate.head;
        if (!candidate.meshed
                || !head.isFound()
                || Math.abs(head.yawDeg()) > MAX_YAW_DEG
                || Math.abs(head.pitchDeg()) > MAX_PITCH_DEG) {
            return Doubt.ROTATED;
        }
        if (candidate.score < MIN_SCORE) {
            return Doubt.OCCLUDED;
        }
        if (describer == null) {
            describer = new FaceDescriber(model.get());
        }
        describer.cut(image, candidate.shape);
        if (describer.eyeDistancePx() < MIN_EYE_DISTANCE_PX) {
            return Doubt.TOO_SMALL;
        }
        if (!describer.isInside(image)) {
            return Doubt.TOO_CLOSE;
        }
        double brightness = describer.brightness();
        if (brightness < MIN_BRIGHTNESS) {
            return Doubt.DARK;
        }
        if (brightness > MAX_BRIGHTNESS) {
            return Doubt.OVEREXPOSED;
        }
        if (describer.contrast() < MIN_CONTRAST) {
            return Doubt.UNCLEAR;
        }
        if (describer.steepness() < MIN_STEEPNESS) {
            return Doubt.BLURRED;
        }
        return candidate.score < WHOLE_SCORE && head.fitErrorPx() > BENT_FIT_ERROR_PX ? Doubt.OCCLUDED : null;
    }

    private IdentityObservation compare(long nowNs, IdentityMemory memory) {
        if (!memory.hasReference()) {
            memory.addToReference(descriptor, nowNs, SAME);
            memory.looked(nowNs, true);
            return notCompared(memory, memory.hasReference() ? Doubt.NOT_EVALUATED : Doubt.NO_REFERENCE);
        }
        double distance = Rounding.thousandths(memory.distance(descriptor));
        Reading reading = read(distance);
        memory.looked(nowNs, reading.isPresent());
        return new IdentityObservation(memory.referenceAtNs(), true, distance, reading);
    }

    /** What a single look says; its certainty grows with the distance from the line. */
    private static Reading read(double distance) {
        if (distance <= SAME) {
            return Reading.present(certainty((SAME - distance) / SAME));
        }
        return distance >= OTHER
                ? Reading.absent(certainty((distance - OTHER) / SAME))
                : Reading.cannotTell(Doubt.UNCLEAR);
    }

    private static double certainty(double beyond) {
        return Rounding.hundredths(Math.min(0.95, 0.6 + beyond));
    }

    private static IdentityObservation notCompared(IdentityMemory memory, Doubt doubt) {
        Doubt why = doubt == Doubt.NOT_EVALUATED && !memory.hasReference() ? Doubt.NO_REFERENCE : doubt;
        return new IdentityObservation(memory.referenceAtNs(), false, 0, Reading.cannotTell(why));
    }

    @Override
    public void close() {
        if (describer != null) {
            describer.close();
        }
    }
}
