package io.invigil.core.sight;

import io.invigil.api.Detector;
import io.invigil.api.Doubt;
import io.invigil.api.FaceObservation;
import io.invigil.api.IdentityObservation;
import io.invigil.api.Observation;
import io.invigil.api.Reading;
import io.invigil.api.SpoofObservation;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * An {@link Observation} that is filled anew for each frame: what rules read. Nobody may keep it or a part of it beyond the
 * frame, but for what is an immutable value of io.invigil.api; {@link #toObservation} makes one to keep. Not thread-safe.
 */
public final class Sight {
    private final PictureSight quality = new PictureSight();
    private final List<FaceSight> faces = new ArrayList<>();
    private final List<FaceSight> spare = new ArrayList<>();
    private final PresenceSight presence = new PresenceSight();
    private final KeptPresence ownKept = new KeptPresence();

    private long frameIndex;
    private long timestampNs;
    private int widthPx;
    private int heightPx;
    private Reading face = Reading.cannotTell(Doubt.NOT_EVALUATED);
    private KeptPresence kept = ownKept;
    private Optional<IdentityObservation> identity = Optional.empty();
    private Optional<SpoofObservation> spoof = Optional.empty();

    /** A sight of nothing. */
    public Sight() {}

    /** Starts a frame: everything but the picture's quality is forgotten. */
    public void begin(long newFrameIndex, long newTimestampNs, int newWidthPx, int newHeightPx) {
        frameIndex = newFrameIndex;
        timestampNs = newTimestampNs;
        widthPx = newWidthPx;
        heightPx = newHeightPx;
        face = Reading.cannotTell(Doubt.NOT_EVALUATED);
        clearFaces();
        presence.clear();
        kept = ownKept;
        identity = Optional.empty();
        spoof = Optional.empty();
    }

    /** Takes whether any face is in the picture. */
    public void setFace(Reading reading) {
        face = Objects.requireNonNull(reading, "reading");
    }

    /** One more face, to be filled; the candidate's first. */
    public FaceSight addFace() {
        FaceSight added = spare.isEmpty() ? new FaceSight() : spare.remove(spare.size() - 1);
        faces.add(added);
        return added;
    }

    /**
     * Takes bodies and objects as last seen.
     *
     * @param seen copied
     * @param sessionsKept what was made of the session's sights before; {@link #toObservation} uses it
     */
    public void setPresence(PresenceSight seen, KeptPresence sessionsKept) {
        presence.set(seen);
        kept = Objects.requireNonNull(sessionsKept, "sessionsKept");
    }

    /** Takes what only some policies ask for. */
    public void setIdentityAndSpoof(Optional<IdentityObservation> newIdentity, Optional<SpoofObservation> newSpoof) {
        identity = Objects.requireNonNull(newIdentity, "newIdentity");
        spoof = Objects.requireNonNull(newSpoof, "newSpoof");
    }

    /** Takes over all that an observation says. */
    public void set(Observation seen) {
        begin(seen.frameIndex(), seen.timestampNs(), seen.widthPx(), seen.heightPx());
        quality.set(seen.quality());
        face = seen.face();
        for (FaceObservation one : seen.faces()) {
            addFace().set(one);
        }
        presence.set(seen.presence());
        identity = seen.identity();
        spoof = seen.spoof();
    }

    /** Forgets all but what these detectors say: the same limit as {@link Observation#limitedTo}. */
    public void limitTo(Set<Detector> detectors) {
        if (!detectors.contains(Detector.FURTHER_FACES) && !detectors.contains(Detector.FURTHER_BODIES)) {
            quality.motion().forgetCells();
        }
        int left = !detectors.contains(Detector.FACE)
                ? 0
                : detectors.contains(Detector.FURTHER_FACES) ? faces.size() : Math.min(1, faces.size());
        while (faces.size() > left) {
            spare.add(faces.remove(faces.size() - 1));
        }
        if (!detectors.contains(Detector.GAZE)) {
            for (int i = 0; i < faces.size(); i++) {
                faces.get(i).forgetGaze();
            }
        }
        if (!detectors.contains(Detector.FACE)) {
            face = Reading.cannotTell(Doubt.NOT_EVALUATED);
        }
        presence.limitTo(detectors, faces.isEmpty() ? null : faces.get(0).box());
        if (!detectors.contains(Detector.IDENTITY)) {
            identity = Optional.empty();
        }
        if (!detectors.contains(Detector.SPOOF)) {
            spoof = Optional.empty();
        }
    }

    /** What was seen, as a value that anybody may keep. */
    public Observation toObservation() {
        return new Observation(
                frameIndex,
                timestampNs,
                widthPx,
                heightPx,
                quality.toImageQuality(),
                face,
                faceObservations(),
                kept.valueOf(presence),
                identity,
                spoof);
    }

    private List<FaceObservation> faceObservations() {
        if (faces.size() == 1) {
            return List.of(faces.get(0).toFaceObservation());
        }
        List<FaceObservation> observed = new ArrayList<>(faces.size());
        for (FaceSight one : faces) {
            observed.add(one.toFaceObservation());
        }
        return observed;
    }

    private void clearFaces() {
        while (!faces.isEmpty()) {
            spare.add(faces.remove(faces.size() - 1));
        }
    }

    /** Which offered frame of the session this is, from 0. */
    public long frameIndex() {
        return frameIndex;
    }

    /** The frame's media time. */
    public long timestampNs() {
        return timestampNs;
    }

    /** Width of the upright picture. */
    public int widthPx() {
        return widthPx;
    }

    /** Height of the upright picture. */
    public int heightPx() {
        return heightPx;
    }

    /** What the camera delivers; to be read and filled. */
    public PictureSight quality() {
        return quality;
    }

    /** Whether any face is in the picture. */
    public Reading face() {
        return face;
    }

    /** The faces, the candidate's first; only to be read. */
    public List<FaceSight> faces() {
        return faces;
    }

    /** Bodies and objects as last seen; only to be read. */
    public PresenceSight presence() {
        return presence;
    }

    /** Whether the face of the session's start is there; empty when the policy does not ask for it. */
    public Optional<IdentityObservation> identity() {
        return identity;
    }

    /** Whether the face looks like a picture of one; empty when the policy does not ask for it. */
    public Optional<SpoofObservation> spoof() {
        return spoof;
    }
}
