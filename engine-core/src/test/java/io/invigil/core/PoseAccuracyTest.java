package io.invigil.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.api.EngineConfig;
import io.invigil.api.FaceObservation;
import io.invigil.api.Frame;
import io.invigil.api.FrameResult;
import io.invigil.api.Gaze;
import io.invigil.api.HeadPose;
import io.invigil.api.PixelFormat;
import io.invigil.api.ProctoringEngine;
import io.invigil.api.ProctoringSession;
import io.invigil.api.SessionConfig;
import io.invigil.api.SessionId;
import io.invigil.api.SessionListener;
import io.invigil.api.ThreadingMode;
import io.invigil.testdata.CameraModel;
import io.invigil.testdata.FrameImage;
import io.invigil.testdata.HeadState;
import io.invigil.testdata.Portrait;
import io.invigil.testdata.PoseAngles;
import io.invigil.testdata.Scene;
import io.invigil.testdata.SceneRenderer;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Head pose and gaze of generated heads, seen through the whole engine, against the angles they were drawn with. Prints the
 * figures that docs/accuracy.md quotes; fails where they get clearly worse.
 */
@Timeout(300)
class PoseAccuracyTest {
    private static final int[] YAWS = {-40, -30, -20, -10, 0, 10, 20, 30, 40};
    private static final int[] PITCHES = {-40, -20, 0, 20, 40};
    private static final int[] ROLLS = {-40, 0, 40};

    private final SceneRenderer renderer = new SceneRenderer(CameraModel.standard(640, 480), 1.5);

    @Test
    void shouldFollowTheHeadInAllThreeAngles() {
        System.out.println(
                "head pose error in degrees, mean / 95th percentile, by portrait and largest angle of the grid");
        try (ProctoringEngine engine = callerDriven()) {
            for (int limit : new int[] {20, 40}) {
                Errors yaw = new Errors();
                Errors pitch = new Errors();
                Errors roll = new Errors();
                int frames = 0;
                int unseen = 0;
                for (Portrait portrait : Portrait.values()) {
                    for (PoseAngles truth : grid(limit)) {
                        frames++;
                        Optional<HeadPose> pose = see(
                                        engine, portrait, HeadState.frontal(48).turned(truth))
                                .flatMap(FaceObservation::headPose);
                        if (pose.isEmpty()) {
                            unseen++;
                            continue;
                        }
                        yaw.add(pose.get().yawDeg() - truth.yawDeg());
                        pitch.add(pose.get().pitchDeg() - truth.pitchDeg());
                        roll.add(pose.get().rollDeg() - truth.rollDeg());
                    }
                }
                System.out.printf(
                        Locale.ROOT,
                        "up to %d: yaw %s  pitch %s  roll %s  in %d frames, no pose in %d%n",
                        limit,
                        yaw,
                        pitch,
                        roll,
                        frames,
                        unseen);
                // A head turned by 40 degrees in every angle at once shows a detector little; each is seen for the
                // first time here.
                assertThat(frames - unseen).isGreaterThan(limit == 20 ? frames * 95 / 100 : frames * 70 / 100);
                assertThat(yaw.mean()).isLessThan(limit == 20 ? 5 : 8);
                assertThat(pitch.mean()).isLessThan(limit == 20 ? 6 : 9);
                assertThat(roll.mean()).isLessThan(5);
            }
        }
    }

    @Test
    void shouldFollowTheEyesSidewaysAgainstThePersonsOwnNeutral() {
        System.out.println("eye yaw in degrees against the person's own neutral, by true yaw");
        int[] yaws = {-30, -20, -10, 0, 10, 20, 30};
        Errors all = new Errors();
        try (ProctoringEngine engine = callerDriven()) {
            for (Portrait portrait : Portrait.values()) {
                double[] seen = new double[yaws.length];
                for (int i = 0; i < yaws.length; i++) {
                    seen[i] = see(engine, portrait, HeadState.frontal(48).looking(yaws[i], 0))
                            .flatMap(FaceObservation::gaze)
                            .map(Gaze::eyeYawDeg)
                            .orElseThrow();
                }
                double neutral = seen[yaws.length / 2];
                StringBuilder row = new StringBuilder(portrait + ":");
                for (int i = 0; i < yaws.length; i++) {
                    double relative = seen[i] - neutral;
                    all.add(relative - yaws[i]);
                    row.append(String.format(Locale.ROOT, "  %d -> %.1f", yaws[i], relative));
                    if (i > 0) {
                        assertThat(seen[i]).as("%s at %d", portrait, yaws[i]).isGreaterThan(seen[i - 1]);
                    }
                }
                System.out.println(row);
            }
        }
        System.out.println("error " + all);
        assertThat(all.mean()).isLessThan(8);
    }

    private static ProctoringEngine callerDriven() {
        return ProctoringEngine.create(
                EngineConfig.builder().threading(ThreadingMode.CALLER).build());
    }

    private static List<PoseAngles> grid(int limitDeg) {
        List<PoseAngles> angles = new ArrayList<>();
        for (int yaw : YAWS) {
            for (int pitch : PITCHES) {
                for (int roll : ROLLS) {
                    if (Math.max(Math.abs(yaw), Math.abs(pitch)) <= limitDeg) {
                        angles.add(new PoseAngles(yaw, pitch, limitDeg == 20 ? roll / 2.0 : roll));
                    }
                }
            }
        }
        return angles;
    }

    private Optional<FaceObservation> see(ProctoringEngine engine, Portrait portrait, HeadState head) {
        FrameImage image = renderer.render(Scene.of(portrait, head), 0, 7);
        List<FaceObservation> faces = new ArrayList<>();
        try (ProctoringSession session =
                engine.openSession(SessionConfig.builder().build())) {
            session.addListener(new SessionListener() {
                @Override
                public void onFrameResult(SessionId id, FrameResult result) {
                    faces.addAll(result.observation().orElseThrow().faces());
                }
            });
            session.offer(Frame.packed(
                    PixelFormat.BGR,
                    image.width(),
                    image.height(),
                    ByteBuffer.wrap(image.bgr()),
                    3 * image.width(),
                    0));
        }
        return faces.stream().findFirst();
    }

    /** Signed errors and what is said of them. */
    private static final class Errors {
        private final List<Double> errors = new ArrayList<>();

        void add(double error) {
            errors.add(error);
        }

        double mean() {
            return errors.stream().mapToDouble(Math::abs).average().orElseThrow();
        }

        double percentile95() {
            double[] sorted = errors.stream().mapToDouble(Math::abs).sorted().toArray();
            return sorted[Math.min(sorted.length - 1, (int) Math.ceil(sorted.length * 0.95) - 1)];
        }

        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%.1f / %.1f", mean(), percentile95());
        }
    }
}
