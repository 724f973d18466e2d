package io.invigil.bench;

import io.invigil.api.CameraState;
import io.invigil.api.Observation;
import io.invigil.api.Policy;
import io.invigil.api.Reading;
import io.invigil.core.perception.FrameBuffer;
import io.invigil.core.perception.FrameWorkspace;
import io.invigil.core.perception.Perception;
import io.invigil.core.perception.PerceptionLane;
import io.invigil.core.perception.PerceptionMemory;
import io.invigil.core.perception.Pressure;
import io.invigil.core.sight.FaceSight;
import io.invigil.core.sight.Sight;
import java.util.Map;

/** Perception that looks at nothing and always sees one calm candidate: what is left is the cost of the engine around it. */
final class FixedPerception implements Perception {
    private static final Reading FACE = Reading.present(0.95);
    private static final Reading GAZE = Reading.present(0.9);

    /** What every frame shows: one face that looks at the camera. Allocates nothing. */
    static void show(long frameIndex, long timestampNs, Sight into) {
        double sway = Math.round(10 * Math.sin(frameIndex * 0.7)) / 10.0;
        into.begin(frameIndex, timestampNs, 1280, 720);
        into.quality().set(CameraState.OK, 120, 50, 0.3);
        into.quality().setChange(2, 6, false, false);
        into.setFace(FACE);
        FaceSight face = into.addFace();
        face.begin(1, 0.95, 4);
        face.box().set(480 + sway, 200, 300, 300);
        face.setPose(2 + sway, -3, 1, 60, 1.2);
        face.setGaze(1, -2 + sway, 3 + sway, -5, 0.3);
        face.setGazeReading(GAZE);
    }

    /** The same as a value to keep. */
    static Observation observation(long frameIndex, long timestampNs) {
        Sight sight = new Sight();
        show(frameIndex, timestampNs, sight);
        return sight.toObservation();
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
        private final Sight sight = new Sight();
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
        public Sight observe(long frameIndex) {
            show(frameIndex, timestampNs, sight);
            return sight;
        }

        @Override
        public void close() {}
    }
}
