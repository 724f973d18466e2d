package io.invigil.core.rules;

import io.invigil.api.CalibrationTarget;
import io.invigil.api.HostEvent;
import io.invigil.api.Judge;
import io.invigil.api.Judgement;
import io.invigil.api.Observation;
import io.invigil.api.Pause;
import io.invigil.api.SessionSignal;
import io.invigil.api.SignalJudgement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Random streams of everything a session is judged by: frames, failed frames, and what the host tells. */
final class Streams {
    private static final String[] NAMES = {
        "tab_switch", "audio_anomaly", "window_blur", "paste", "second_display", "left_the_room"
    };

    /** One step of a stream. */
    interface Step {
        /** Lets a judge take it, and adds everything told. */
        void give(Judge judge, List<Object> told);
    }

    private Streams() {}

    static List<Step> random(Random random, int frames) {
        List<Step> steps = new ArrayList<>();
        boolean paused = false;
        for (Observation seen : SessionRulesPropertyTest.randomStream(random, frames)) {
            long timeNs = seen.timestampNs();
            if (random.nextInt(25) == 0) {
                steps.add(signal(event(random, timeNs)));
            }
            if (random.nextInt(60) == 0) {
                long shownNs = timeNs + random.nextInt(2_000_000_000);
                steps.add(signal(new CalibrationTarget(
                        shownNs, shownNs + 1_500_000_000L, random.nextDouble(), random.nextDouble())));
            }
            if (random.nextInt(paused ? 10 : 150) == 0) {
                paused = !paused;
                steps.add(signal(new Pause(timeNs, paused)));
            }
            if (paused) {
                continue;
            }
            if (random.nextInt(40) == 0) {
                steps.add((judge, told) -> add(judge.frameFailed(seen.frameIndex(), timeNs, "FRAME_DECODE"), told));
            } else {
                steps.add((judge, told) -> add(judge.observe(seen), told));
            }
        }
        steps.add((judge, told) -> add(judge.finish(), told));
        return steps;
    }

    private static HostEvent event(Random random, long timeNs) {
        String name = NAMES[random.nextInt(NAMES.length)];
        return switch (random.nextInt(3)) {
            case 0 -> HostEvent.moment(name, timeNs);
            case 1 -> HostEvent.began(name, timeNs);
            default -> HostEvent.ended(name, timeNs);
        };
    }

    private static Step signal(SessionSignal signal) {
        return (judge, told) -> {
            SignalJudgement judgement = judge.signal(signal);
            judgement.answer().ifPresent(told::add);
            told.addAll(judgement.alerts());
            told.addAll(judgement.events());
        };
    }

    private static void add(Judgement judgement, List<Object> told) {
        told.addAll(judgement.alerts());
        told.addAll(judgement.events());
        told.add(judgement.attention());
    }

    /** Everything a judge tells of a stream. */
    static List<Object> judge(Judge judge, List<Step> steps) {
        List<Object> told = new ArrayList<>();
        steps.forEach(step -> step.give(judge, told));
        return told;
    }
}
