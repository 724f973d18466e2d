package io.invigil.core.vision;

import io.invigil.api.CameraState;
import io.invigil.api.Doubt;
import io.invigil.api.EngineException;
import io.invigil.api.ErrorCode;
import io.invigil.api.IdentityObservation;
import io.invigil.api.SpoofObservation;
import io.invigil.core.perception.FrameBuffer;
import io.invigil.core.perception.FrameWorkspace;
import io.invigil.core.perception.PerceptionMemory;
import io.invigil.core.perception.Pressure;
import io.invigil.core.sight.PictureSight;
import io.invigil.core.sight.PresenceSight;
import io.invigil.core.sight.Sight;
import java.util.Optional;

/** One frame's picture and findings. The steps borrow the lane's tools; only the picture buffers are the workspace's own. */
final class VisionWorkspace implements FrameWorkspace {
    /** Lit eyes have 10 and more, see {@link FaceShape#eyeContrast}. */
    private static final double MIN_EYE_CONTRAST = 4;

    private final VisionLane lane;
    private final FrameDecoder decoder;
    private final DecodedImage image = new DecodedImage();
    private final FacesInFrame faces = new FacesInFrame();
    private VisionMemory memory;
    private Pressure pressure = Pressure.NONE;
    private final Sight sight = new Sight();
    private boolean decoded;
    private final PresenceSight presence = new PresenceSight();
    private Optional<IdentityObservation> identity = Optional.empty();
    private Optional<SpoofObservation> spoof = Optional.empty();
    private long timestampNs;

    VisionWorkspace(VisionLane lane, long maxPixels) {
        this.lane = lane;
        this.decoder = new FrameDecoder(maxPixels);
    }

    @Override
    public void decode(FrameBuffer frame, PerceptionMemory sessionMemory, Pressure pressureNow) {
        memory = (VisionMemory) sessionMemory;
        pressure = pressureNow;
        timestampNs = frame.timestampNs();
        decoded = false;
        faces.clear();
        presence.clear();
        identity = Optional.empty();
        spoof = Optional.empty();
        try {
            decoder.decode(frame, image.upright());
        } catch (EngineException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new EngineException(ErrorCode.FRAME_DECODE, "the frame could not be converted", e);
        }
        image.refresh();
        lane.qualityMeter().measure(image, timestampNs, memory.quality(), sight.quality());
        decoded = true;
    }

    @Override
    public void face() {
        PictureSight picture = decoded();
        if (!memory.wantsFaces) {
            return;
        }
        memory.faces().cadence.press(pressure);
        lane.faceTracker().track(image, picture, timestampNs, memory.faces(), faces);
    }

    @Override
    public void gaze() {
        PictureSight picture = decoded();
        HeadPoseSolver solver = lane.headPoseSolver();
        for (int i = 0; i < faces.count; i++) {
            FacesInFrame.Slot slot = faces.slots[i];
            slot.eyes.unreadable(Doubt.ROTATED, 0);
            slot.head.clear();
            if (i == 0 && faces.candidateAway) {
                // Whoever is judged by the first face must not be judged by a bystander's.
                slot.eyes.unreadable(Doubt.NOT_EVALUATED, 0);
                continue;
            }
            if (!slot.meshed || !memory.wantsPoses) {
                continue;
            }
            solver.solve(slot.shape.mesh, image.widthPx(), image.heightPx(), slot.head);
            if (memory.wantsEyes && slot.head.isFound()) {
                readEyes(slot, picture, solver.fit());
            }
        }
        identity = lane.identityAnalyst().analyse(image, picture, faces, timestampNs, memory.identity());
        spoof = lane.spoofAnalyst().analyse(image, picture, faces, timestampNs, memory.spoof());
    }

    /** Where eyes are not to be seen the irises are guessed, and guesses drift. */
    private void readEyes(FacesInFrame.Slot slot, PictureSight picture, HeadFit fit) {
        FaceShape shape = slot.shape;
        lane.gazeEstimator().estimate(shape.mesh, shape.leftIris, shape.rightIris, fit, slot.eyes);
        Doubt doubt = eyeDoubt(picture.state(), shape.eyeContrast);
        if (doubt != null && slot.eyes.isRead()) {
            slot.eyes.refuse(doubt);
        }
    }

    private static Doubt eyeDoubt(CameraState camera, double contrast) {
        return switch (camera) {
            case BLACK, COVERED -> Doubt.COVERED;
            case DARK -> Doubt.DARK;
            case OVEREXPOSED -> Doubt.OVEREXPOSED;
            case BLURRED -> Doubt.BLURRED;
            case OK -> contrast < MIN_EYE_CONTRAST ? Doubt.UNCLEAR : null;
        };
    }

    @Override
    public void presence() {
        PictureSight picture = decoded();
        if (!memory.wantsPresence) {
            return;
        }
        memory.presence().press(pressure);
        lane.presenceAnalyst().analyse(image, picture, timestampNs, memory.presence(), presence);
    }

    @Override
    public Sight observe(long frameIndex) {
        decoded();
        SightAssembler.assemble(frameIndex, timestampNs, image, faces, presence, memory.answers(), sight);
        sight.setIdentityAndSpoof(SightAssembler.believable(identity, image, sight.quality(), memory.answers()), spoof);
        sight.limitTo(memory.detectors());
        return sight;
    }

    private PictureSight decoded() {
        if (!decoded) {
            throw new IllegalStateException("no frame is decoded");
        }
        return sight.quality();
    }

    @Override
    public void close() {
        decoder.close();
        image.close();
    }
}
