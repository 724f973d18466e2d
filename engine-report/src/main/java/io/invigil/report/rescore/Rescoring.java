package io.invigil.report.rescore;

import io.invigil.api.Alert;
import io.invigil.api.AlertType;
import io.invigil.api.Detector;
import io.invigil.api.Judge;
import io.invigil.api.Judgement;
import io.invigil.api.Policy;
import io.invigil.api.SessionEvent;
import io.invigil.api.SignalJudgement;
import io.invigil.report.log.FailedFrame;
import io.invigil.report.log.JournalEntry;
import io.invigil.report.log.JournalHead;
import io.invigil.report.log.LoggedObservation;
import io.invigil.report.log.LoggedSignal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Judges a session again under another policy, from its observation log. Of the kinds that can be judged the alerts are those
 * of a replay under that policy, byte for byte. What was not looked for cannot be judged: kinds whose detectors did not run
 * when the log was written, or would have run at other times, are left out and named. Used once, by one thread.
 */
public final class Rescoring {
    private final Map<AlertType, String> cannot;
    private final Set<Detector> detectors;
    private final Judge judge;
    private final Map<String, Alert> alerts = new LinkedHashMap<>();
    private final List<SessionEvent> events = new ArrayList<>();
    private long frames;

    /**
     * Starts to judge again.
     *
     * @param head the first line of the log
     * @param policy what to judge by; the candidate's accommodations go on top of it as they did before
     * @throws io.invigil.api.EngineException when they cannot
     */
    public Rescoring(JournalHead head, Policy policy) {
        this(head, policy, Judge::of);
    }

    Rescoring(JournalHead head, Policy policy, Function<Policy, Judge> judges) {
        Policy wanted = policy.withAccommodations(head.accommodations());
        cannot = cannotJudge(head.effectivePolicy(), wanted);
        detectors = wanted.detectors();
        Policy.Builder left = wanted.toBuilder();
        cannot.keySet().forEach(kind -> left.rule(kind, wanted.rule(kind).off()));
        judge = judges.apply(left.build());
    }

    /** The kinds that the policy has on and the log cannot be judged for, with the reason. */
    public Map<AlertType, String> cannot() {
        return cannot;
    }

    /** Takes the next line of the log. */
    public void take(JournalEntry entry) {
        if (entry instanceof LoggedObservation logged) {
            frames++;
            keep(judge.observe(logged.observation().limitedTo(detectors)));
        } else if (entry instanceof FailedFrame failed) {
            frames++;
            keep(judge.frameFailed(failed.frameIndex(), failed.timestampNs(), failed.reason()));
        } else if (entry instanceof LoggedSignal logged) {
            SignalJudgement judgement = judge.signal(logged.signal());
            events.addAll(judgement.events());
            judgement.alerts().forEach(alert -> alerts.put(alert.id(), alert));
        }
    }

    private void keep(Judgement judgement) {
        events.addAll(judgement.events());
        judgement.alerts().forEach(alert -> alerts.put(alert.id(), alert));
    }

    /** Says the last word. */
    public RescoreResult finish() {
        keep(judge.finish());
        return new RescoreResult(List.copyOf(alerts.values()), events, judge.score(), frames, cannot);
    }

    /**
     * Which kinds of a policy cannot be judged from what was looked for under another.
     *
     * @param lookedFor what the session ran under, with accommodations
     * @param wanted what it is to be judged by, with accommodations
     * @return kind to reason, in the order of the kinds
     */
    public static Map<AlertType, String> cannotJudge(Policy lookedFor, Policy wanted) {
        Map<AlertType, String> cannot = new EnumMap<>(AlertType.class);
        wanted.rules().forEach((kind, rule) -> {
            String reason = rule.enabled() ? reason(kind, lookedFor, wanted) : "";
            if (!reason.isEmpty()) {
                cannot.put(kind, reason);
            }
        });
        return Collections.unmodifiableMap(cannot);
    }

    private static String reason(AlertType kind, Policy lookedFor, Policy wanted) {
        if (kind.isHostReported()) {
            return lookedFor.rule(kind).enabled() ? "" : "what the host reported of it was not stored";
        }
        Set<Detector> needed = EnumSet.noneOf(Detector.class);
        needed.addAll(Detector.neededFor(kind));
        if (needed.contains(Detector.GAZE)) {
            // Only who is alone in the picture gives a neutral, and another person's is forgotten.
            addIfWanted(needed, Detector.FURTHER_FACES, wanted);
            addIfWanted(needed, Detector.IDENTITY, wanted);
        }
        if (needed.contains(Detector.IDENTITY)) {
            // With several people it is open whose the seat is.
            addIfWanted(needed, Detector.FURTHER_FACES, wanted);
        }
        if (kind == AlertType.BLACK_SCREEN) {
            // A picture in which a face is found is not too dark.
            addIfWanted(needed, Detector.FACE, wanted);
        }
        for (Detector detector : needed) {
            if (!lookedFor.needs(detector)) {
                return "the detector " + detector.wireName() + " did not run and stored nothing";
            }
        }
        if (needed.contains(Detector.FACE) && !lookedFor.faceInterval().equals(wanted.faceInterval())) {
            return rhythm("faces were", lookedFor.faceInterval(), wanted.faceInterval());
        }
        if (needed.contains(Detector.BODY) || needed.contains(Detector.OBJECTS)) {
            if (!lookedFor.presenceInterval().equals(wanted.presenceInterval())) {
                return rhythm("bodies and objects were", lookedFor.presenceInterval(), wanted.presenceInterval());
            }
            if (lookedFor.needs(Detector.OBJECTS) != wanted.needs(Detector.OBJECTS)) {
                return "bodies and objects share a detector, and would have been looked for at other times";
            }
        }
        if (needed.contains(Detector.IDENTITY) && !lookedFor.identity().equals(wanted.identity())) {
            return "the candidate would have been compared in another rhythm";
        }
        if (needed.contains(Detector.SPOOF) && !lookedFor.spoof().equals(wanted.spoof())) {
            return "attacks would have been looked for in another rhythm";
        }
        return "";
    }

    private static void addIfWanted(Set<Detector> needed, Detector detector, Policy wanted) {
        if (wanted.needs(detector)) {
            needed.add(detector);
        }
    }

    private static String rhythm(String what, Duration before, Duration now) {
        return what + " looked for every " + before.toMillis() / 1000.0 + " s, and would have been every "
                + now.toMillis() / 1000.0 + " s";
    }
}
