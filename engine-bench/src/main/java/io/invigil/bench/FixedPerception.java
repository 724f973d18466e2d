package io.invigil.bench;

import io.invigil.api.BoundingBox;
import io.invigil.api.CameraState;
import io.invigil.api.FaceObservation;
import io.invigil.api.Gaze;
import io.invigil.api.HeadPose;
import io.invigil.api.ImageQuality;
import io.invigil.api.Observation;
import io.invigil.api.Policy;
import io.invigil.api.PresenceObservation;
import io.invigil.api.Reading;
import io.invigil.core.perception.FrameBuffer;
import io.invigil.core.perception.FrameWorkspace;
import io.invigil.core.perception.Perception;
import io.invigil.core.perception.PerceptionLane;
import io.invigil.core.perception.PerceptionMemory;
import io.invigil.core.perception.Pressure;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Perception that looks at nothing and always sees one calm candidate: what is left is the cost of the engine around it. */
final class FixedPerception implements Perception {
    /** What every frame shows: one face that looks at the camera. */
    static Observation observation(long frameIndex, long timestampNs) {
        double sway = Math.round(10 * Math.sin(frameIndex * 0.7)) / 10.0;
        FaceObservation face = new FaceObservation(
                1,
                new BoundingBox(480 + sway, 200, 300, 300),
                0.95,
                4,
                Optional.of(new HeadPose(2 + sway, -3, 1, 60, 1.2)),
                Optional.of(new Gaze(1, -2 + sway, 3 + sway, -5, 0.3)),
                Reading.present(0.9));
        return new Observation(
                frameIndex,
                timestampNs,
                1280,
                720,
                new ImageQuality(CameraState.OK, 120, 50, 0.3, 2, 6, false, false),
                Reading.present(0.95),
                List.of(face),
                PresenceObservation.NONE);
    }

    @Override
    public Map<String, String> modelHashes() {
        return Map.of();
    }

    @Override
    public PerceptionLane openLane() {
        return new PerceptionLane() {
            @Override
            public FrameWorkspace newWorkspace() {
                return new Workspace();
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public PerceptionMemory openMemory(Policy policy) {
        return () -> {};
    }

    @Override
    public void close() {}

    private static final class Workspace implements FrameWorkspace {
        private long timestampNs;

        @Override
        public void decode(FrameBuffer frame, PerceptionMemory memory, Pressure pressure) {
            timestampNs = frame.timestampNs();
        }

        @Override
        public void face() {}

        @Override
        public void gaze() {}

        @Override
        public void presence() {}

        @Override
        public Observation observe(long frameIndex) {
            return observation(frameIndex, timestampNs);
        }

        @Override
        public void close() {}
    }
}
