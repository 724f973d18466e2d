package io.invigil.testdata;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A recording written down as episodes on a time line; between them the candidate sits in front of the camera, looks
 * into it, sways a little and blinks. Every moment is a function of the seed and the time. Immutable; safe for threads.
 */
public final class ScenarioScript {
    /** Length of a turn of the head, of a look, of a phone coming up. */
    private static final double TURN_SECONDS = 0.4;

    private static final double WALK_SECONDS = 1.6;
    private final CameraModel camera;
    private final long seed;
    private final double framesPerSecond;
    private final double durationSeconds;
    private final double noiseLevels;
    private final Portrait candidate;
    private final double distanceCm;
    private final List<Episode> episodes;
    private final IdleMotion idle;
    private final IdleMotion otherIdle;

    ScenarioScript(ScenarioScriptBuilder b) {
        camera = b.camera;
        seed = b.seed;
        framesPerSecond = b.framesPerSecond;
        durationSeconds = b.durationSeconds;
        noiseLevels = b.noiseLevels;
        candidate = b.candidate;
        distanceCm = b.distanceCm;
        episodes = List.copyOf(b.episodes);
        idle = new IdleMotion(seed, durationSeconds);
        otherIdle = new IdleMotion(seed + 1, durationSeconds);
    }

    /**
     * Starts a script.
     *
     * @param seed seed of motion, blinks and noise
     * @return a builder with 640x480 at 15 frames a second, 10 s, and one candidate
     */
    public static ScenarioScriptBuilder builder(long seed) {
        return new ScenarioScriptBuilder(seed);
    }

    /**
     * The camera the scenario is seen by.
     *
     * @return size and focal length
     */
    public CameraModel camera() {
        return camera;
    }

    /**
     * Length of the recording.
     *
     * @return media seconds
     */
    public double durationSeconds() {
        return durationSeconds;
    }

    /**
     * Nominal frame rate.
     *
     * @return frames a second
     */
    public double framesPerSecond() {
        return framesPerSecond;
    }

    double noiseLevels() {
        return noiseLevels;
    }

    /**
     * Times of all frames that the stream carries; none within a gap.
     *
     * @return media times in ns, from 0, increasing
     */
    public long[] timestampsNs() {
        int count = (int) Math.round(durationSeconds * framesPerSecond);
        long[] times = new long[count];
        int kept = 0;
        for (int i = 0; i < count; i++) {
            double t = i / framesPerSecond;
            if (episodes.stream().noneMatch(e -> e.kind() == Episode.Kind.GAP && t > e.start() && t < e.end())) {
                times[kept++] = Math.round(t * 1e9);
            }
        }
        return java.util.Arrays.copyOf(times, kept);
    }

    /** The moment whose picture is shown: within a freeze its beginning. */
    long shownNs(long timestampNs) {
        double t = timestampNs * 1e-9;
        for (Episode e : episodes) {
            if (e.kind() == Episode.Kind.FREEZE && e.contains(t)) {
                return Math.round(Math.floor(e.start() * framesPerSecond) / framesPerSecond * 1e9);
            }
        }
        return timestampNs;
    }

    long noiseSeed(long shownNs) {
        return seed * 0x9E3779B97F4A7C15L + shownNs;
    }

    /**
     * What the camera sees.
     *
     * @param timestampNs media time
     * @return the scene
     */
    public Scene scene(long timestampNs) {
        double t = shownNs(timestampNs) * 1e-9;
        List<Scene.Person> people = new ArrayList<>();
        Optional<Scene.Phone> phone = Optional.empty();
        Scene.View view = Scene.View.CLEAR;
        double light = 1;
        for (Episode e : episodes) {
            switch (e.kind()) {
                case SECOND -> second(e, t).ifPresent(people::add);
                case PHONE -> phone = phone.or(() -> phone(e, t));
                case CAP -> view = e.contains(t) ? Scene.View.CAP : view;
                case FINGER -> view = e.contains(t) ? Scene.View.FINGER : view;
                case DARK -> light = Math.min(light, 1 - 0.97 * e.amount(t, 2));
                default -> {
                    // the candidate's own episodes follow
                }
            }
        }
        HeadState head = candidateAt(t);
        if (Math.abs(head.xCm()) < beyondCm(head.distanceCm()) - 1) {
            people.add(new Scene.Person(candidate, head));
        }
        return new Scene(people, phone, view, light);
    }

    /**
     * What is true of a frame.
     *
     * @param timestampNs media time
     * @return the truth
     */
    public FrameTruth truth(long timestampNs) {
        Scene scene = scene(timestampNs);
        boolean seen = scene.view() == Scene.View.CLEAR && scene.light() > 0.12;
        int faces = 0;
        Optional<HeadState> own = Optional.empty();
        for (Scene.Person p : scene.people()) {
            boolean inside = seen && Math.abs(p.head().xCm()) < edgeCm(p.head().distanceCm());
            faces += inside ? 1 : 0;
            if (inside && p.portrait() == candidate) {
                own = Optional.of(p.head());
            }
        }
        boolean phoneSeen = seen && scene.phone().filter(p -> p.centreY() < 1).isPresent();
        return new FrameTruth(
                timestampNs,
                faces,
                own.map(HeadState::head),
                own.map(HeadState::gaze),
                own.map(HeadState::lidsOpen).orElse(1.0),
                phoneSeen ? 1 : 0,
                scene.view(),
                scene.light(),
                shownNs(timestampNs) != timestampNs);
    }

    /**
     * What an engine should report, in order of time.
     *
     * @return the intervals
     */
    public List<TruthInterval> intervals() {
        List<TruthInterval> list = new ArrayList<>();
        for (Episode e : episodes) {
            String object = e.kind() == Episode.Kind.PHONE ? "cell phone" : "";
            String modality = switch (e.kind()) {
                case HEAD, EYES -> e.kind().name().toLowerCase(Locale.ROOT);
                default -> "";
            };
            String direction = modality.isEmpty() ? "" : direction(e.yawDeg(), e.pitchDeg());
            list.add(new TruthInterval(wireName(e.kind()), e.start(), e.end(), direction, modality, object));
        }
        list.sort(java.util.Comparator.comparingDouble(TruthInterval::startSeconds));
        return List.copyOf(list);
    }

    private static String wireName(Episode.Kind kind) {
        return switch (kind) {
            case HEAD, EYES -> "eyes_looking_away";
            case LEAVE -> "no_face";
            case SECOND -> "multiple_persons";
            case PHONE -> "prohibited_object";
            case CAP, FINGER, DARK -> "black_screen";
            case FREEZE -> "frozen_video";
            case GAP -> "stream_gap";
        };
    }

    private static String direction(double yawDeg, double pitchDeg) {
        if (Math.abs(yawDeg) >= Math.abs(pitchDeg)) {
            return yawDeg > 0 ? "image_right" : "image_left";
        }
        return pitchDeg > 0 ? "up" : "down";
    }

    private HeadState candidateAt(double t) {
        double yaw = 0;
        double pitch = 0;
        double eyesYaw = 0;
        double eyesPitch = 0;
        double x = 0;
        double turned = 0;
        for (Episode e : episodes) {
            switch (e.kind()) {
                case HEAD -> {
                    double a = e.amount(t, TURN_SECONDS);
                    yaw += a * e.yawDeg();
                    pitch += a * e.pitchDeg();
                    turned = Math.max(turned, a);
                }
                case EYES -> {
                    double a = e.amount(t, TURN_SECONDS / 2);
                    eyesYaw += a * e.yawDeg();
                    eyesPitch += a * e.pitchDeg();
                }
                case LEAVE -> x += e.side() * walked(e, t, 0, beyondCm(distanceCm), edgeCm(distanceCm));
                default -> {
                    // nothing the candidate does
                }
            }
        }
        HeadState still = HeadState.frontal(distanceCm).shifted(x, 1.5);
        return idle.apply(still, new PoseAngles(yaw, pitch, 0), eyesYaw, eyesPitch, 1 - turned, t);
    }

    private Optional<Scene.Person> second(Episode e, double t) {
        double distance = distanceCm * 1.5;
        double away = walked(e, t, beyondCm(distance), 0.62 * edgeCm(distance), edgeCm(distance));
        if (away > beyondCm(distance) - 1) {
            return Optional.empty();
        }
        HeadState still = HeadState.frontal(distance).shifted(e.side() * away, 5);
        PoseAngles towards = new PoseAngles(-8 * e.side(), 0, 0);
        return Optional.of(new Scene.Person(e.other(), otherIdle.apply(still, towards, 0, 0, 0.5, t)));
    }

    /** Position of somebody who passes a mark exactly at the start and at the end of an episode. */
    private static double walked(Episode e, double t, double from, double to, double mark) {
        double share = (mark - from) / (to - from);
        double low = 0;
        double high = 1;
        for (int i = 0; i < 40; i++) {
            double mid = (low + high) / 2;
            if (HeadMesh.smooth(mid) < share) {
                low = mid;
            } else {
                high = mid;
            }
        }
        double there = HeadMesh.smooth((t - e.start()) / WALK_SECONDS + low);
        double back = HeadMesh.smooth((e.end() - t) / WALK_SECONDS + low);
        return from + (to - from) * Math.min(there, back);
    }

    private Optional<Scene.Phone> phone(Episode e, double t) {
        double a = e.amount(t, TURN_SECONDS * 1.5);
        if (a <= 0) {
            return Optional.empty();
        }
        // Half way up its middle is at the lower edge.
        double y = 1.46 - 0.92 * a + 0.006 * StrictMath.sin(2.1 * t);
        double x = 0.265 + 0.006 * StrictMath.sin(1.3 * t + 1);
        return Optional.of(new Scene.Phone(x, y, 0.25, 2 + 1.5 * StrictMath.sin(1.7 * t)));
    }

    /** How far off the axis a face's middle is at the picture's edge. */
    private double edgeCm(double distance) {
        return camera.width() / 2.0 / camera.focalPx() * distance;
    }

    /** How far off the axis nothing of a person is left in the picture. */
    private double beyondCm(double distance) {
        return edgeCm(distance) + 42;
    }
}
