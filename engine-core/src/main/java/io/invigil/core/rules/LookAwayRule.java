package io.invigil.core.rules;

import io.invigil.api.AlertType;
import io.invigil.api.CalibrationTarget;
import io.invigil.api.CameraState;
import io.invigil.api.Detector;
import io.invigil.api.Direction;
import io.invigil.api.Doubt;
import io.invigil.api.LookAwayLimits;
import io.invigil.api.Modality;
import io.invigil.api.Policy;
import io.invigil.api.Reading;
import io.invigil.api.SessionEvent;
import io.invigil.api.SessionSignal;
import io.invigil.core.sight.FaceSight;
import io.invigil.core.sight.Sight;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The candidate looks away from their own neutral. Without a neutral it cannot be told; only a policy that asks for it takes a
 * head turned clearly further than a person at a screen would hold it for an answer, with less confidence. A change of direction
 * within one episode stays one alert, which speaks of the direction seen most.
 *
 * <p>The neutral is given up, and looked for afresh, when the camera was moved, the scene was cut, or the face that is seen now
 * can hardly be the same person's.
 */
final class LookAwayRule implements FrameRule {
    /** Candidates seen for this long without a neutral are told of, once. */
    static final long PATIENCE_NS = 15_000_000_000L;
    /** Without a neutral a head must be turned by the limit and this much more. */
    static final double PRIOR_MARGIN_DEG = 6;
    /** A candidate away for this long may have moved: the neutral is looked for afresh. */
    static final long AWAY_NS = 3_000_000_000L;

    private static final double MAX_FIT_ERROR = 8;
    private static final double LEAST_INSIDE = 0.85;
    private static final double MIN_EYE_CONFIDENCE = 0.4;
    private static final double CALIBRATION_CONFIDENCE = 0.5;
    private static final double PRIOR_TRUST = 0.7;
    private static final double CALM_SHARE = 0.5;
    private static final long NEVER = Long.MIN_VALUE;

    private final boolean wanted;
    private final LookAwayLimits limits;
    private final double enter;
    private final double exit;
    private final LookGeometry geometry;
    private final LookFrames frames;

    private final LookAngles noPrior = new LookAngles();
    private final LookAngles raw = new LookAngles();
    private final LookAngles headAlone = new LookAngles();
    private final LookAngles delta = new LookAngles();
    private final Finding atScreen = Finding.off();
    private final Looking looking = new Looking();

    final Calibration calibration = new Calibration();
    final CalibrationPoints points = new CalibrationPoints();
    final CameraWatch camera = new CameraWatch();
    final Seat seat = new Seat();
    final LookWindow window = new LookWindow();
    boolean away;
    Modality awayBy = Modality.NONE;
    long previousSeenNs = NEVER;
    /** Frames came since that did not show where the head points. */
    boolean lost;

    long uncalibratedNs;
    boolean complained;
    double eyeConfidence;

    private Finding finding = Finding.UNKNOWN;

    LookAwayRule(Policy policy) {
        wanted = policy.needs(Detector.GAZE);
        limits = policy.lookAway();
        enter = policy.rule(AlertType.EYES_LOOKING_AWAY).enter();
        exit = policy.rule(AlertType.EYES_LOOKING_AWAY).exit();
        geometry = new LookGeometry(limits);
        frames = new LookFrames(limits, (enter + exit) / 2);
    }

    @Override
    public Finding judge(Scene scene) {
        if (scene.candidateChanged) {
            forgetCandidate();
        }
        if (!wanted) {
            scene.looking = blind(Doubt.NOT_EVALUATED);
        } else if (!scene.sighted()) {
            scene.looking = blind(scene.hidden ? Doubt.COVERED : Doubt.STALE);
        } else {
            scene.looking = judge(scene.now, scene.seen, scene.people, scene.events);
        }
        lost = previousSeenNs != scene.now.timestampNs();
        return finding;
    }

    @Override
    public void skip(Moment now) {
        lost = true;
    }

    /** Somebody else took the seat, or came back to it: what is known of the one before is no measure for this one. */
    private void forgetCandidate() {
        startAfresh();
        points.forget();
        finding = Finding.UNKNOWN;
    }

    /** A frame on which nothing can be told. */
    private Looking blind(Doubt doubt) {
        finding = Finding.UNKNOWN;
        return looking.cannotTell(doubt);
    }

    @Override
    public void signal(SessionSignal signal, List<SessionEvent> events) {
        if (wanted && signal instanceof CalibrationTarget target) {
            points.announce(target);
        }
    }

    /**
     * Judges a frame.
     *
     * @param people how many faces count as people
     */
    private Looking judge(Moment now, Sight seen, int people, List<SessionEvent> events) {
        CameraWatch.Move move = camera.judge(now.timestampNs(), seen.quality().motion());
        closePoints(now.timestampNs(), events);
        if (move == CameraWatch.Move.MOVED) {
            camera.tell(now.timestampNs(), move, events);
            startAfresh();
        }
        if (move == CameraWatch.Move.MOVING || move == CameraWatch.Move.MOVED) {
            window.clear();
            return blind(Doubt.UNCALIBRATED);
        }
        if (!seen.face().isPresent() || seen.faces().isEmpty()) {
            return blind(seen.face().doubt().orElse(Doubt.NOT_EVALUATED));
        }
        FaceSight face = seen.faces().get(0);
        if (face.box().shareInside(seen.widthPx(), seen.heightPx()) < LEAST_INSIDE) {
            // What is cut off is made up by the mesh, and its pose with it.
            return blind(Doubt.TOO_CLOSE);
        }
        if (!face.hasPose() || face.fitErrorPx() > MAX_FIT_ERROR) {
            return blind(face.gazeReading().doubt().orElse(Doubt.NOT_EVALUATED));
        }
        long timeNs = now.timestampNs();
        long elapsedNs = previousSeenNs == NEVER ? 0 : timeNs - previousSeenNs;
        // In a slow stream frames as far apart as an absence are neighbours.
        boolean absent = elapsedNs > AWAY_NS && (lost || now.afterGap());
        boolean another = seen.quality().sceneCut() || seat.isTakenOver(timeNs, face.trackId(), face.box());
        if (another) {
            startAfresh();
        } else if (move == CameraWatch.Move.ANOTHER_SCENE && !fits(face)) {
            camera.tell(timeNs, move, events);
            startAfresh();
        } else if (now.afterGap() || elapsedNs > AWAY_NS) {
            window.clear();
            if (absent) {
                // Where the candidate looked before says nothing about now.
                away = false;
                awayBy = Modality.NONE;
                calibration.restart();
            }
        }
        seat.take(timeNs, face.trackId(), face.box());
        previousSeenNs = timeNs;
        boolean gazing = face.gazeReading().isPresent() && face.hasGaze();
        double gazeConfidence = gazing ? face.gazeReading().confidence() : 0;
        headAlone.setHead(face.headYawDeg(), face.headPitchDeg());
        if (gazeConfidence < MIN_EYE_CONFIDENCE) {
            raw.set(headAlone);
        } else {
            raw.set(face);
        }
        eyeConfidence = raw.hasEyes() ? gazeConfidence : eyeConfidence;
        window.add(timeNs, raw);
        if (points.isShowing(timeNs)) {
            points.take(timeNs, raw);
            away = false;
            awayBy = Modality.NONE;
            return blind(Doubt.UNCALIBRATED);
        }
        LookAngles sample = !gazing || gazeConfidence >= CALIBRATION_CONFIDENCE ? raw : headAlone;
        boolean clear = seen.quality().state() == CameraState.OK;
        if (!clear) {
            calibration.refuse(Calibration.Refusal.POOR_PICTURE);
        } else if (people == 1 && !away && calibration.take(timeNs, sample)) {
            tellNeutral(timeNs, events);
        }
        complain(timeNs, elapsedNs, events);
        if (calibration.isSet()) {
            if (clear && people == 1 && !calibration.isSettled() && !isCalm(turn(window.median()))) {
                if (calibration.contest(timeNs, elapsedNs, sample)) {
                    tellNeutral(timeNs, events);
                }
            }
            return compare(elapsedNs, face);
        }
        return limits.beforeNeutral() ? guess() : blind(Doubt.UNCALIBRATED);
    }

    /** Gives the neutral up: nothing is concluded until another is found. */
    private void startAfresh() {
        calibration.forget();
        window.clear();
        away = false;
        awayBy = Modality.NONE;
        uncalibratedNs = 0;
        complained = false;
    }

    /** Whether a face is where the candidate's was and its head is about in its neutral. */
    private boolean fits(FaceSight face) {
        return seat.seenNs != NEVER
                && seat.isHere(face.box())
                && calibration.isSet()
                && Math.abs(face.headYawDeg() - calibration.neutral().headYawDeg()) < Calibration.MAX_HEAD_YAW_DEG / 2
                && Math.abs(face.headPitchDeg() - calibration.neutral().headPitchDeg())
                        < Calibration.MAX_HEAD_YAW_DEG / 2;
    }

    /** Judges the host's points that are over by now; after the last one of a run the accepted ones set the neutral. */
    private void closePoints(long nowNs, List<SessionEvent> events) {
        for (CalibrationTarget target = points.over(nowNs); target != null; target = points.over(nowNs)) {
            Calibration.Refusal refusal = points.close(target);
            if (refusal != null) {
                reject(target, refusal, events);
            }
            if (points.isShowing(nowNs) || !points.unfitted) {
                continue;
            }
            CalibrationPoints.Fit fit = points.fit();
            if (fit == null) {
                reject(target, Calibration.Refusal.CONTRADICTORY, events);
                points.accepted.clear();
            } else {
                calibration.accept(fit);
                window.clear();
                events.add(new SessionEvent(
                        SessionEvent.Kind.CALIBRATED,
                        target.timestampNs(),
                        nowNs,
                        calibration.describe() + String.format(Locale.ROOT, ", from %d shown points", fit.points())));
            }
        }
    }

    private static void reject(CalibrationTarget target, Calibration.Refusal refusal, List<SessionEvent> events) {
        events.add(new SessionEvent(
                SessionEvent.Kind.NOT_CALIBRATED,
                target.timestampNs(),
                target.untilNs(),
                "Rejected " + CalibrationPoints.describe(target) + ": " + refusal.words));
    }

    private void tellNeutral(long timeNs, List<SessionEvent> events) {
        events.add(
                new SessionEvent(SessionEvent.Kind.CALIBRATED, calibration.sinceNs(), timeNs, calibration.describe()));
    }

    private void complain(long timeNs, long elapsedNs, List<SessionEvent> events) {
        if (calibration.isSet() || complained) {
            return;
        }
        uncalibratedNs += Math.min(elapsedNs, AWAY_NS);
        if (uncalibratedNs >= PATIENCE_NS) {
            complained = true;
            events.add(new SessionEvent(
                    SessionEvent.Kind.NOT_CALIBRATED,
                    timeNs - uncalibratedNs,
                    timeNs,
                    String.format(
                            Locale.ROOT,
                            "No neutral could be set in %.0f s: %s",
                            uncalibratedNs / 1e9,
                            calibration.refusal().words)));
        }
    }

    /** Without a neutral: only a head turned further aside than any screen explains says something. */
    private Looking guess() {
        delta.set(window.median());
        double yawDeg = delta.headYawDeg();
        double limit = (limits.headYawDeg() + PRIOR_MARGIN_DEG) * (away ? exit : enter);
        boolean lookingBack = delta.hasEyes()
                && Math.abs(yawDeg) <= LookGeometry.EYES_TRUSTED_DEG
                && (yawDeg + delta.eyeYawDeg()) * Math.signum(yawDeg) <= LookGeometry.COMPENSATED_DEG;
        if (Math.abs(yawDeg) >= limit && !lookingBack) {
            Direction direction = yawDeg > 0 ? Direction.IMAGE_RIGHT : Direction.IMAGE_LEFT;
            double share = Math.abs(yawDeg) / (limits.headYawDeg() + PRIOR_MARGIN_DEG);
            return lookingAway(direction, Modality.HEAD, PRIOR_TRUST * confidence(share), noPrior);
        }
        boolean ended = away;
        away = false;
        awayBy = Modality.NONE;
        finding = ended || Math.abs(yawDeg) < Calibration.MAX_HEAD_YAW_DEG ? Finding.OFF : Finding.UNKNOWN;
        return looking.cannotTell(Doubt.UNCALIBRATED);
    }

    /** How far head and eyes are from the neutral now. */
    private LookGeometry.Turn turn(LookAngles middle) {
        delta.setDifference(middle, calibration.neutral());
        return geometry.judge(delta, calibration.spanYawDeg, calibration.spanPitchDeg);
    }

    /** Whether the candidate keeps to the neutral. */
    private boolean isCalm(LookGeometry.Turn turn) {
        return turn.share() < Math.min(CALM_SHARE, exit);
    }

    private Looking compare(long elapsedNs, FaceSight face) {
        LookAngles neutral = calibration.neutral();
        LookAngles middle = window.median();
        LookGeometry.Turn turn = turn(middle);
        if (turn.share() >= (away ? exit : enter)) {
            double confidence = confidence(turn.share());
            if (turn.modality() == Modality.EYES) {
                confidence *= 0.6 + 0.4 * eyeConfidence;
            }
            return lookingAway(turn.direction(), turn.modality(), confidence, neutral);
        }
        boolean headWasAway = away && awayBy == Modality.HEAD;
        if (!middle.hasEyes() && neutral.hasEyes() && !headWasAway) {
            // Closed or hidden eyes: the head alone cannot clear somebody who may look aside with the eyes.
            finding = Finding.UNKNOWN;
            Doubt doubt = face.gazeReading().doubt().orElse(Doubt.NOT_EVALUATED);
            return looking.cannotTell(doubt, round(delta.headYawDeg()), round(delta.headPitchDeg()));
        }
        finding = atScreen.butSince(frames.since(window, calibration, neutral, false));
        away = false;
        awayBy = Modality.NONE;
        if (isCalm(turn)) {
            calibration.follow(elapsedNs, middle);
        }
        double confidence = Math.max(0.5, Math.min(0.95, 1 - 0.5 * turn.share()));
        return answer(Reading.absent(round(confidence)), Direction.CENTER, Modality.NONE);
    }

    private Looking lookingAway(Direction direction, Modality modality, double confidence, LookAngles neutral) {
        double sure = Math.round(confidence * 1000) / 1000.0;
        away = true;
        awayBy = modality;
        boolean aside = direction == Direction.IMAGE_LEFT || direction == Direction.IMAGE_RIGHT;
        double headDeg = Math.abs(aside ? delta.headYawDeg() : delta.headPitchDeg());
        double eyeDeg = Math.abs(aside ? delta.eyeYawDeg() : delta.eyePitchDeg());
        String where = switch (direction) {
            case IMAGE_LEFT -> "to the left edge of the picture";
            case IMAGE_RIGHT -> "to the right edge of the picture";
            case UP -> "up";
            case DOWN -> "down";
            case CENTER -> "at the screen";
        };
        String message = modality == Modality.HEAD
                ? String.format(Locale.ROOT, "Looks %s (head turned by %.0f degrees)", where, headDeg)
                : String.format(Locale.ROOT, "Looks %s (eyes turned by %.0f degrees)", where, eyeDeg);
        finding = Finding.on(
                        sure,
                        direction.wireName() + "/" + modality.wireName(),
                        message,
                        Map.of(
                                "direction", direction.wireName(),
                                "modality", modality.wireName()))
                .since(frames.since(window, calibration, neutral, true));
        finding = frames.isBack(window, calibration, neutral) ? finding.asFading() : finding;
        return answer(Reading.present(sure), direction, modality);
    }

    private static double confidence(double share) {
        return Math.max(0.5, Math.min(0.95, 0.6 + 0.4 * (share - 1)));
    }

    private Looking answer(Reading reading, Direction direction, Modality modality) {
        return looking.answer(
                reading,
                direction,
                modality,
                round(delta.headYawDeg()),
                round(delta.headPitchDeg()),
                delta.hasEyes() ? round(delta.eyeYawDeg()) : 0,
                delta.hasEyes() ? round(delta.eyePitchDeg()) : 0);
    }

    private static double round(double value) {
        return Math.round(value * 100) / 100.0;
    }

    @Override
    public void exchange(StateExchange state) {
        calibration.exchange(state);
        points.exchange(state);
        camera.exchange(state);
        seat.exchange(state);
        window.exchange(state);
        away = state.of(away);
        awayBy = state.of(awayBy, Modality.values());
        previousSeenNs = state.of(previousSeenNs);
        lost = state.of(lost);
        uncalibratedNs = state.of(uncalibratedNs);
        complained = state.of(complained);
        eyeConfidence = state.of(eyeConfidence);
    }
}
