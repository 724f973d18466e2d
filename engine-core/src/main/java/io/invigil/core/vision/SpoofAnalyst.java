package io.invigil.core.vision;

import io.invigil.api.Doubt;
import io.invigil.api.Reading;
import io.invigil.api.SpoofObservation;
import io.invigil.core.sight.PictureSight;
import java.util.Optional;

/**
 * Looks now and then whether straight edges close around the candidate's face give away a screen or a print. The two
 * published attack models at hand were measured and are not used; {@code cards/spoof.md} says why. One to a lane, for one thread
 * at a time.
 */
final class SpoofAnalyst implements AutoCloseable {
    /** From here on a look shows an outline. */
    static final double OUTLINED = 0.55;

    private static final double MIN_FACE_PX = 40;
    private static final double MAX_YAW_DEG = 35;
    /** What must be in view on both sides of the face, in widths of it from its middle: less shows no edge. */
    private static final double MIN_VIEW = 0.6;

    private OutlineFinder finder;

    /**
     * Looks at the candidate of a frame.
     *
     * @param memory the session's memory; null when the policy does not ask for it, and nothing is done then
     */
    Optional<SpoofObservation> analyse(
            DecodedImage image, PictureSight quality, FacesInFrame faces, long nowNs, SpoofMemory memory) {
        if (memory == null) {
            return Optional.empty();
        }
        if (faces.count == 0 || faces.candidateAway || !memory.due(nowNs) || quality.unchanged()) {
            return Optional.of(cannotTell(Doubt.NOT_EVALUATED));
        }
        FacesInFrame.Slot candidate = faces.slots[0];
        Doubt doubt = unfit(image, candidate);
        if (doubt != null) {
            return Optional.of(cannotTell(doubt));
        }
        memory.looked(nowNs);
        if (finder == null) {
            finder = new OutlineFinder();
        }
        double score = Rounding.thousandths(Math.min(1, finder.measure(image, candidate)));
        Reading reading = score >= OUTLINED ? Reading.present(score) : Reading.absent(0.5);
        return Optional.of(new SpoofObservation(true, score, reading));
    }

    private static Doubt unfit(DecodedImage image, FacesInFrame.Slot candidate) {
        if (!candidate.meshed || !candidate.head.isFound() || Math.abs(candidate.head.yawDeg()) > MAX_YAW_DEG) {
            return Doubt.ROTATED;
        }
        if (candidate.widthPx < MIN_FACE_PX) {
            return Doubt.TOO_SMALL;
        }
        double middle = candidate.leftPx + candidate.widthPx / 2;
        double view = Math.min(middle, image.widthPx() - middle) / candidate.widthPx;
        return view < MIN_VIEW ? Doubt.TOO_CLOSE : null;
    }

    private static SpoofObservation cannotTell(Doubt doubt) {
        return new SpoofObservation(false, 0, Reading.cannotTell(doubt));
    }

    @Override
    public void close() {
        if (finder != null) {
            finder.close();
        }
    }
}
