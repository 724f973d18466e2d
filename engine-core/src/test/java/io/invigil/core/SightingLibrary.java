package io.invigil.core;

import io.invigil.api.Frame;
import io.invigil.api.Observation;
import io.invigil.api.PixelFormat;
import io.invigil.api.Policy;
import io.invigil.core.perception.FrameBuffer;
import io.invigil.core.perception.FrameWorkspace;
import io.invigil.core.perception.PerceptionLane;
import io.invigil.core.perception.PerceptionMemory;
import io.invigil.core.perception.Pressure;
import io.invigil.core.vision.VisionPerception;
import io.invigil.testdata.CameraModel;
import io.invigil.testdata.FrameImage;
import io.invigil.testdata.HeadState;
import io.invigil.testdata.Portrait;
import io.invigil.testdata.PoseAngles;
import io.invigil.testdata.ScenarioRenderer;
import io.invigil.testdata.ScenarioScript;
import io.invigil.testdata.ScenarioScriptBuilder;
import io.invigil.testdata.Scene;
import io.invigil.testdata.SceneRenderer;
import io.invigil.testdata.TurnedCamera;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** A few seconds of each kind of behaviour, drawn and seen through the real models. */
final class SightingLibrary implements AutoCloseable {
    private static final int WIDTH = 640;
    private static final int HEIGHT = 480;
    private static final CameraModel CAMERA = CameraModel.standard(WIDTH, HEIGHT);
    private static final double FPS = 5;
    private static final double DISTANCE_CM = 48;
    /** The behaviour begins here; the frames kept begin a little later. */
    private static final double BEGINS_S = 1.2;

    private static final double KEPT_FROM_S = 2;
    private static final double ENDS_S = 4.6;

    private final Map<String, Supplier<List<Observation>>> plans = new TreeMap<>();
    private final Map<String, List<Observation>> sightings = new TreeMap<>();
    private final VisionPerception perception = VisionPerception.load();
    private final PerceptionLane lane = perception.openLane();
    private final FrameWorkspace workspace = lane.newWorkspace();
    private final Portrait candidate;

    SightingLibrary(Portrait candidate) {
        this.candidate = candidate;
        plan();
    }

    /** The frames of a kind of behaviour, drawn and looked at when they are first asked for. */
    List<Observation> sighting(String name) {
        if (!plans.containsKey(name)) {
            throw new IllegalArgumentException("no sighting is called " + name);
        }
        return sightings.computeIfAbsent(name, key -> plans.get(key).get());
    }

    @Override
    public void close() {
        workspace.close();
        lane.close();
        perception.close();
    }

    private void plan() {
        Portrait other = candidate == Portrait.P1 ? Portrait.P3 : Portrait.P1;
        double e = ENDS_S + 1;
        scripted("attentive", s -> s.durationSeconds(10), 8);
        scripted("head-left", s -> s.lookAwayByHead(BEGINS_S, e, -32, 0));
        scripted("head-right", s -> s.lookAwayByHead(BEGINS_S, e, 32, 0));
        scripted("eyes-left", s -> s.lookAwayByEyes(BEGINS_S, e, -28, 0));
        scripted("eyes-right", s -> s.lookAwayByEyes(BEGINS_S, e, 28, 0));
        scripted("writing", s -> s.lookAwayByHead(BEGINS_S, e, 0, -30));
        scripted("small-left", s -> s.lookAwayByHead(BEGINS_S, e, -11, 0));
        scripted("small-right", s -> s.lookAwayByHead(BEGINS_S, e, 11, 0));
        scripted("small-up", s -> s.lookAwayByHead(BEGINS_S, e, 0, 7));
        scripted("small-down", s -> s.lookAwayByHead(BEGINS_S, e, 0, -8));
        scripted("gone", s -> s.leaves(BEGINS_S - 1, e, true));
        scripted("second", s -> s.secondPerson(BEGINS_S - 1, e, other, true));
        scripted("phone", s -> s.phone(BEGINS_S, e));
        scripted("cap", s -> s.capped(BEGINS_S, e));
        scripted("finger", s -> s.coveredByFinger(BEGINS_S, e));
        scripted("dark", s -> s.lightsOut(BEGINS_S - 0.5, e));
        scripted("frozen", s -> s.frozen(BEGINS_S, e));
        drawn("eyes-closed", i -> List.of(person(candidate, sway(i).lids(0))));
        // Syllables of uneven width and pace, a few a second, and the nods that go with them.
        drawn(
                "talking",
                i -> List.of(person(
                        candidate,
                        sway(i).turned(new PoseAngles(
                                        2.5 * Math.sin(1.3 * i / FPS),
                                        2 * Math.sin(2.9 * i / FPS),
                                        Math.sin(0.9 * i / FPS)))
                                .mouth(Math.abs(Math.sin(2.3 * i) * Math.cos(0.61 * i))))));
        drawn("partial", i -> List.of(person(candidate, sway(i).shifted(Math.max(0, Math.min(27, 4.5 * (i - 2))), 0))));
        drawn(
                "near",
                i -> List.of(person(
                        candidate,
                        HeadState.frontal(i < 6 ? 48 : Math.max(25, 48 - 4 * (i - 6)))
                                .shifted(0.1 * Math.sin(i), 0))));
        HeadState wall = HeadState.frontal(75).shifted(-24, 6).turned(new PoseAngles(4, 0, 0));
        drawn("poster", i -> List.of(person(other, wall), person(candidate, sway(i))));
        shaken("poster-shaken", i -> List.of(person(other, wall), person(candidate, sway(i))));
        drawn(
                "poster-and-entrant",
                i -> List.of(
                        person(other, wall),
                        person(
                                other == Portrait.P1 ? Portrait.P3 : Portrait.P1,
                                HeadState.frontal(72)
                                        .shifted(23 + Math.sin(0.9 * i), 5 + 0.5 * Math.cos(1.1 * i))
                                        .turned(new PoseAngles(5 * Math.sin(0.7 * i), 2 * Math.cos(0.5 * i), 0))),
                        person(candidate, sway(i))));
    }

    private static Scene.Person person(Portrait who, HeadState head) {
        return new Scene.Person(who, head);
    }

    private static HeadState sway(int frame) {
        double t = frame / FPS;
        return HeadState.frontal(DISTANCE_CM)
                .shifted(0.4 * Math.sin(1.3 * t), 1.5 + 0.2 * Math.sin(2.1 * t))
                .turned(new PoseAngles(1.5 * Math.sin(1.1 * t), Math.cos(1.7 * t), 0.8 * Math.sin(0.9 * t)));
    }

    private void scripted(String name, UnaryOperator<ScenarioScriptBuilder> episode) {
        scripted(name, s -> episode.apply(s.durationSeconds(ENDS_S + 1)), ENDS_S);
    }

    private void scripted(String name, UnaryOperator<ScenarioScriptBuilder> episode, double endS) {
        ScenarioScript script = episode.apply(ScenarioScript.builder(5)
                        .size(WIDTH, HEIGHT)
                        .framesPerSecond(FPS)
                        .candidate(candidate, DISTANCE_CM))
                .build();
        ScenarioRenderer renderer = new ScenarioRenderer(script);
        see(name, i -> renderer.render(Math.round(i / FPS * 1e9)).bgr(), endS);
    }

    private void drawn(String name, IntFunction<List<Scene.Person>> people) {
        SceneRenderer renderer = new SceneRenderer(CAMERA, 1.8);
        see(name, i -> renderer.render(scene(people.apply(i)), 0, 100 + i).bgr(), ENDS_S + 1.4);
    }

    /** The same from a camera that trembles by some pixels. */
    private void shaken(String name, IntFunction<List<Scene.Person>> people) {
        TurnedCamera camera = new TurnedCamera(CAMERA, 1.2);
        SceneRenderer renderer = new SceneRenderer(camera.wide(), 1.8);
        see(
                name,
                i -> {
                    FrameImage wide = renderer.render(scene(people.apply(i)), 0, 100 + i);
                    return camera.see(wide, 0.25 * Math.sin(2.9 * i), 0.2 * Math.sin(4.7 * i));
                },
                ENDS_S + 3);
    }

    private static Scene scene(List<Scene.Person> people) {
        return new Scene(people, Optional.empty(), Scene.View.CLEAR, 1);
    }

    private void see(String name, IntFunction<byte[]> pictures, double endS) {
        plans.put(name, () -> look(pictures, endS));
    }

    private List<Observation> look(IntFunction<byte[]> pictures, double endS) {
        List<Observation> kept = new ArrayList<>();
        FrameBuffer buffer = new FrameBuffer();
        Policy policy = Policy.strict().toBuilder()
                .presenceInterval(Duration.ofMillis(400))
                .build();
        try (PerceptionMemory memory = perception.openMemory(policy)) {
            for (int i = 0; i < endS * FPS; i++) {
                buffer.copyFrom(Frame.packed(
                        PixelFormat.BGR,
                        WIDTH,
                        HEIGHT,
                        ByteBuffer.wrap(pictures.apply(i)),
                        3 * WIDTH,
                        Math.round(i / FPS * 1e9)));
                workspace.decode(buffer, memory, Pressure.NONE);
                workspace.face();
                workspace.gaze();
                workspace.presence();
                Observation seen = workspace.observe(i).toObservation();
                if (i >= KEPT_FROM_S * FPS) {
                    kept.add(seen);
                }
            }
        }
        return List.copyOf(kept);
    }
}
