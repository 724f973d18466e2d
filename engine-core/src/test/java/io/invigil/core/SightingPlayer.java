package io.invigil.core;

import io.invigil.api.Alert;
import io.invigil.api.AlertPhase;
import io.invigil.api.AlertType;
import io.invigil.api.FaceObservation;
import io.invigil.api.HostEvent;
import io.invigil.api.ImageQuality;
import io.invigil.api.Judgement;
import io.invigil.api.Observation;
import io.invigil.api.Policy;
import io.invigil.api.PresenceObservation;
import io.invigil.api.SceneMotion;
import io.invigil.core.rules.SessionRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Puts sightings together into a session of five frames a second and keeps what the rules tell. */
final class SightingPlayer {
    private static final long STEP_NS = 200_000_000L;
    private static final int CANDIDATE = 1;
    private static final long LOOK_NS = 1_000_000_000L;

    private final SightingLibrary library;
    private final SessionRules rules;
    private final Random random;
    private final List<Alert> alerts = new ArrayList<>();
    private final List<Observation> shown = new ArrayList<>();
    private PresenceObservation presence = PresenceObservation.NONE;
    private long timeNs;
    private long frames;

    SightingPlayer(SightingLibrary library, Policy policy, Random random) {
        this.library = library;
        this.random = random;
        rules = new SessionRules(policy);
    }

    double seconds() {
        return timeNs / 1e9;
    }

    long frames() {
        return frames;
    }

    /** Shows a sighting for a while: its frames forwards and backwards, from a random one on. */
    void play(String name, double lengthS) {
        List<Observation> sighting = library.sighting(name);
        int n = sighting.size();
        int at = random.nextInt(2 * n);
        for (long end = timeNs + Math.round(lengthS * 1e9); timeNs < end; at++) {
            int place = at % (2 * n);
            show(sighting.get(place < n ? place : 2 * n - 1 - place), 0);
        }
    }

    /** Shows what was shown last again and again, to the last grain of noise. */
    void loop(double periodS, double lengthS) {
        int period = (int) Math.round(periodS * 1e9 / STEP_NS);
        List<Observation> last = List.copyOf(shown.subList(shown.size() - period, shown.size()));
        int at = 0;
        for (long end = timeNs + Math.round(lengthS * 1e9); timeNs < end; at++) {
            show(last.get(at % period), period * STEP_NS);
        }
    }

    /** No frame arrives. */
    void skip(double lengthS) {
        timeNs += Math.round(lengthS * 1e9 / STEP_NS) * STEP_NS;
    }

    /** The host reports something that lasts, while the candidate sits there. */
    void signal(String name, double lengthS) {
        keep(rules.signal(HostEvent.began(name, timeNs)).alerts());
        play("attentive", lengthS);
        keep(rules.signal(HostEvent.ended(name, timeNs)).alerts());
    }

    private void show(Observation seen, long repeatsAfterNs) {
        boolean due = presence == PresenceObservation.NONE || timeNs - presence.evaluatedAtNs() >= LOOK_NS;
        presence = due
                ? new PresenceObservation(
                        timeNs, true, seen.presence().persons(), seen.presence().objects())
                : presence.carriedOn();
        List<FaceObservation> faces = new ArrayList<>();
        for (FaceObservation face : seen.faces()) {
            faces.add(new FaceObservation(
                    faces.isEmpty() ? CANDIDATE : CANDIDATE + 100 + face.trackId(),
                    face.box(),
                    face.score(),
                    face.motion(),
                    face.headPose(),
                    face.gaze(),
                    face.gazeReading()));
        }
        ImageQuality quality = seen.quality();
        Observation now = new Observation(
                frames,
                timeNs,
                seen.widthPx(),
                seen.heightPx(),
                new ImageQuality(
                        quality.state(),
                        quality.brightness(),
                        quality.contrast(),
                        quality.sharpness(),
                        quality.change(),
                        quality.peakChange(),
                        quality.unchanged(),
                        false,
                        new SceneMotion(1, 0, 0, quality.motion().cells(), repeatsAfterNs)),
                seen.face(),
                faces,
                presence);
        Judgement judgement = rules.observe(now);
        keep(judgement.alerts());
        shown.add(now);
        if (shown.size() > 100) {
            shown.remove(0);
        }
        frames++;
        timeNs += STEP_NS;
    }

    private void keep(List<Alert> told) {
        alerts.addAll(told);
    }

    void finish() {
        keep(rules.finish().alerts());
    }

    List<Alert> alerts() {
        return alerts;
    }

    List<AlertType> opened() {
        return alerts.stream()
                .filter(alert -> alert.phase() == AlertPhase.OPENED)
                .map(Alert::type)
                .toList();
    }

    List<Alert> closed() {
        return alerts.stream()
                .filter(alert -> alert.phase() == AlertPhase.CLOSED)
                .toList();
    }
}
