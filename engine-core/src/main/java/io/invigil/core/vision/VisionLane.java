package io.invigil.core.vision;

import io.invigil.core.perception.FrameWorkspace;
import io.invigil.core.perception.PerceptionLane;

/** Tensors and scratch memory of one lane: one set for each step, since each step is run by one thread at a time. */
final class VisionLane implements PerceptionLane {
    private final long maxPixels;
    private final QualityMeter qualityMeter = new QualityMeter();
    private final FaceDetector detector;
    private final FaceMesh mesh;
    private final FaceTracker tracker;
    private final HeadPoseSolver headPoseSolver;
    private final GazeEstimator gazeEstimator;
    private final PresenceAnalyst presenceAnalyst;
    private final IdentityAnalyst identityAnalyst;
    private final SpoofAnalyst spoofAnalyst = new SpoofAnalyst();

    VisionLane(VisionPerception.Models models, long maxPixels) {
        this.maxPixels = maxPixels;
        detector = new FaceDetector(models.faceDetection());
        mesh = new FaceMesh(models.faceMesh());
        tracker = new FaceTracker(detector, mesh);
        headPoseSolver = new HeadPoseSolver(models.metricFace());
        gazeEstimator = new GazeEstimator(models.metricFace());
        presenceAnalyst = new PresenceAnalyst(models.objects(), models.phones());
        identityAnalyst = new IdentityAnalyst(models.faceRecognition());
    }

    @Override
    public FrameWorkspace newWorkspace() {
        return new VisionWorkspace(this, maxPixels);
    }

    QualityMeter qualityMeter() {
        return qualityMeter;
    }

    FaceTracker faceTracker() {
        return tracker;
    }

    HeadPoseSolver headPoseSolver() {
        return headPoseSolver;
    }

    GazeEstimator gazeEstimator() {
        return gazeEstimator;
    }

    PresenceAnalyst presenceAnalyst() {
        return presenceAnalyst;
    }

    IdentityAnalyst identityAnalyst() {
        return identityAnalyst;
    }

    SpoofAnalyst spoofAnalyst() {
        return spoofAnalyst;
    }

    @Override
    public void close() {
        spoofAnalyst.close();
        identityAnalyst.close();
        presenceAnalyst.close();
        mesh.close();
        detector.close();
    }
}
