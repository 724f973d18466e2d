package io.invigil.core.vision;

import io.invigil.api.CameraState;
import io.invigil.api.Detector;
import io.invigil.api.Doubt;
import io.invigil.api.EngineException;
import io.invigil.api.ErrorCode;
import io.invigil.api.IdentityObservation;
import io.invigil.api.ImageQuality;
import io.invigil.api.Observation;
import io.invigil.api.PresenceObservation;
import io.invigil.api.Reading;
import io.invigil.api.SpoofObservation;
import io.invigil.core.perception.FrameBuffer;
import io.invigil.core.perception.FrameWorkspace;
import io.invigil.core.perception.PerceptionMemory;
import io.invigil.core.perception.Pressure;
import java.util.Optional;

/** One frame's picture and findings. The steps borrow the lane's tools; only the picture buffers are the workspace's own. */
final class VisionWorkspace implements FrameWorkspace {
    private static final EyeReading NO_MESH = new EyeReading(Optional.empty(), Reading.cannotTell(Doubt.ROTATED), 0);

    /** Lit eyes have 10 and more, see {@link FaceShape#eyeContrast}. */
    private static final double MIN_EYE_CONTRAST = 4;

    private final VisionLane lane;
    private final FrameDecoder decoder;
    private final DecodedImage image = new DecodedImage();
    private final FacesInFrame faces = new FacesInFrame();
    private VisionMemory memory;
    private Pressure pressure = Pressure.NONE;
    private ImageQuality quality;
    private PresenceObservation presence = PresenceObservation.NONE;
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
        quality = null;
        faces.clear();
        presence = PresenceObservation.NONE;
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
        quality = lane.qualityMeter().measure(image, timestampNs, memory.quality());
    }

    @Override
    public void face() {
        ImageQuality picture = decoded();
        if (!memory.needs(Detector.FACE)) {
            return;
        }
        memory.faces().stretch = pressure.shedding().faceStretch();
        memory.faces().putsOff = pressure.putsOff();
        lane.faceTracker().track(image, picture, timestampNs, memory.faces(), faces);
    }

    @Override
    public void gaze() {
        decoded();
        boolean eyes = memory.needs(Detector.GAZE);
        boolean poses = memory.needs(Detector.GAZE, Detector.IDENTITY, Detector.SPOOF);
        HeadPoseSolver solver = lane.headPoseSolver();
        for (int i = 0; i < faces.count; i++) {
            FacesInFrame.Slot slot = faces.slots[i];
            slot.eyes = NO_MESH;
            slot.headPose = Optional.empty();
            if (!slot.meshed || !poses) {
                continue;
            }
            slot.headPose = solver.solve(slot.shape.mesh, image.widthPx(), image.heightPx());
            if (eyes && slot.headPose.isPresent()) {
                slot.eyes = readEyes(slot.shape, solver.fit());
            }
        }
        identity = lane.identityAnalyst().analyse(image, quality, faces, timestampNs, memory.identity());
        spoof = lane.spoofAnalyst().analyse(image, quality, faces, timestampNs, memory.spoof());
    }

    /** Where eyes are not to be seen the irises are guessed, and guesses drift. */
    private EyeReading readEyes(FaceShape shape, HeadFit fit) {
        EyeReading eyes = lane.gazeEstimator().estimate(shape.mesh, shape.leftIris, shape.rightIris, fit);
        Doubt doubt = eyeDoubt(quality.state(), shape.eyeContrast);
        return doubt == null || eyes.gaze().isEmpty() ? eyes : EyeReading.unreadable(doubt, eyes.openness());
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
        ImageQuality picture = decoded();
        if (!memory.needs(Detector.BODY, Detector.OBJECTS)) {
            return;
        }
        memory.presence().press(pressure);
        presence = lane.presenceAnalyst().analyse(image, picture, timestampNs, memory.presence());
    }

    @Override
    public Observation observe(long frameIndex) {
        return ObservationAssembler.assemble(
                        frameIndex, timestampNs, image, decoded(), faces, presence, identity, spoof, memory.answers())
                .limitedTo(memory.detectors());
    }

    private ImageQuality decoded() {
        if (quality == null) {
            throw new IllegalStateException("no frame is decoded");
        }
        return quality;
    }

    @Override
    public void close() {
        decoder.close();
        image.close();
    }
}
