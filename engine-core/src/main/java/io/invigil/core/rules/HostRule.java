package io.invigil.core.rules;

import io.invigil.api.Alert;
import io.invigil.api.AlertPhase;
import io.invigil.api.AlertRule;
import io.invigil.api.AlertType;
import io.invigil.api.Evidence;
import io.invigil.api.HostEvent;
import io.invigil.api.Severity;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Turns what the host reports under one name into alerts. Repeats within the merge gap go on with the same alert and are counted,
 * a moment that is reported late and lies further before it has its own; what began and did not end yet opens once it has lasted
 * for the rule's hold. A moment has no length, so a rule with a hold never tells of one. While the session is paused nothing is
 * told; what is still going on when it goes on counts from then.
 */
final class HostRule {
    private static final long NEVER = Long.MIN_VALUE;

    private final String name;
    private final AlertRule rule;
    private final AlertNumbers numbers;
    private final long holdNs;
    private final long closeDelayNs;

    // All state; plain values only.
    /** It began and has not ended. */
    boolean active;

    boolean paused;
    boolean open;
    String id = "";
    long startNs = NEVER;
    long endNs = NEVER;
    long lastClosedNs = NEVER;
    long evidenceIndex;
    int count;
    String note = "";
    int severityCode = -1;

    HostRule(String name, AlertRule rule, AlertNumbers numbers) {
        this.name = name;
        this.rule = rule;
        this.numbers = numbers;
        holdNs = rule.hold().toNanos();
        closeDelayNs = rule.mergeGap().toNanos();
    }

    /** Takes a report; the answer is the alert it opened, went into or closed. */
    Optional<Alert> take(HostEvent event, long frameIndex, List<Alert> told) {
        long timeNs = event.timestampNs();
        if (paused) {
            active = goesOn(event);
            noteWords(event);
            if (!active) {
                forgetWords();
            }
            return Optional.empty();
        }
        advance(timeNs, told);
        if (event.phase() == HostEvent.Phase.ENDED && !active) {
            return openAlert();
        }
        boolean goesOn = startNs != NEVER;
        if (goesOn && event.phase() == HostEvent.Phase.MOMENT && isApartBefore(timeNs)) {
            return takeLate(event, frameIndex, told);
        }
        if (!goesOn) {
            startNs = timeNs;
            count = 0;
        }
        if (event.phase() != HostEvent.Phase.ENDED && !active) {
            count++;
        }
        endNs = Math.max(timeNs, startNs);
        active = goesOn(event);
        noteWords(event);
        if (open) {
            told.add(alert(AlertPhase.UPDATED));
        } else {
            evidenceIndex = frameIndex;
            tryToOpen(endNs, told);
        }
        Optional<Alert> answer = open ? lastOf(told) : Optional.empty();
        if (!open && !active) {
            forget();
        }
        return answer;
    }

    private boolean isApartBefore(long timeNs) {
        return timeNs < startNs && startNs - timeNs >= closeDelayNs;
    }

    /** What happened apart from what goes on, and before it, is over: it has an alert of its own or none. */
    private Optional<Alert> takeLate(HostEvent event, long frameIndex, List<Alert> told) {
        HostRule late = new HostRule(name, rule, numbers);
        late.lastClosedNs = lastClosedNs;
        boolean opened = late.take(event, frameIndex, told).isPresent();
        late.finish(told);
        lastClosedNs = Math.max(lastClosedNs, late.lastClosedNs);
        return opened ? lastOf(told) : Optional.empty();
    }

    /** The answer is what listeners hear, phase and all. */
    private static Optional<Alert> lastOf(List<Alert> told) {
        return Optional.of(told.get(told.size() - 1));
    }

    private boolean goesOn(HostEvent event) {
        return event.phase() == HostEvent.Phase.BEGAN || active && event.phase() == HostEvent.Phase.MOMENT;
    }

    /** Media time went on. */
    void advance(long nowNs, List<Alert> told) {
        if (startNs == NEVER) {
            return;
        }
        if (active) {
            endNs = Math.max(endNs, nowNs);
            tryToOpen(endNs, told);
        } else if (nowNs - endNs >= closeDelayNs && nowNs > endNs) {
            close(told);
        }
    }

    private void tryToOpen(long nowNs, List<Alert> told) {
        long cooldownNs = rule.cooldown().toNanos();
        boolean rested = lastClosedNs == NEVER || cooldownNs == 0 || nowNs - lastClosedNs >= cooldownNs;
        if (!open && nowNs - startNs >= holdNs && rested) {
            open = true;
            id = numbers.next();
            told.add(alert(AlertPhase.OPENED));
        }
    }

    private void close(List<Alert> told) {
        if (open) {
            told.add(alert(AlertPhase.CLOSED));
            lastClosedNs = endNs;
        }
        forget();
    }

    /** Closes what is open; what has not ended goes on untold until {@link #resume}. */
    void pause(List<Alert> told) {
        boolean stillActive = active;
        String lastNote = note;
        int lastSeverityCode = severityCode;
        close(told);
        if (stillActive) {
            active = true;
            note = lastNote;
            severityCode = lastSeverityCode;
        }
        paused = true;
    }

    /** The session goes on, and with it what has not ended. */
    void resume(long nowNs, long frameIndex, List<Alert> told) {
        paused = false;
        if (active) {
            evidenceIndex = frameIndex;
            startNs = nowNs;
            endNs = nowNs;
            count = 1;
            tryToOpen(nowNs, told);
        }
    }

    private void forget() {
        open = false;
        active = false;
        startNs = NEVER;
        endNs = NEVER;
        forgetWords();
    }

    private void noteWords(HostEvent event) {
        if (!event.note().isEmpty()) {
            note = event.note();
        }
        event.severity().ifPresent(severity -> severityCode = severity.ordinal());
    }

    private void forgetWords() {
        note = "";
        severityCode = -1;
    }

    /** Closes what is open; the last word. */
    void finish(List<Alert> told) {
        close(told);
    }

    /** The open alert as it stands. */
    Optional<Alert> openAlert() {
        return open ? Optional.of(alert(AlertPhase.UPDATED)) : Optional.empty();
    }

    private Alert alert(AlertPhase phase) {
        Map<String, String> details = new LinkedHashMap<>();
        details.put("count", Integer.toString(count));
        if (numbers.type == AlertType.HOST_DEFINED) {
            details.put("event", name);
        }
        Severity severity = numbers.type == AlertType.HOST_DEFINED && severityCode >= 0
                ? Severity.values()[severityCode]
                : rule.severity();
        return new Alert(
                id,
                numbers.type,
                phase,
                severity,
                startNs,
                endNs,
                note.isEmpty() ? words() : note,
                1,
                new Evidence(evidenceIndex, startNs),
                details);
    }

    private String words() {
        String what = switch (numbers.type) {
            case TAB_SWITCH -> "The host reports that the candidate went to another tab";
            case AUDIO_ANOMALY -> "The host reports something unusual in the sound";
            case WINDOW_BLUR -> "The host reports that the window lost the focus";
            case PASTE -> "The host reports that something was pasted";
            case SECOND_DISPLAY -> "The host reports a second display";
            default -> "The host reports " + name.replace('_', ' ');
        };
        return count > 1 ? what + " (" + count + " times)" : what;
    }

    void exchange(StateExchange state) {
        active = state.of(active);
        paused = state.of(paused);
        open = state.of(open);
        id = state.of(id);
        startNs = state.of(startNs);
        endNs = state.of(endNs);
        lastClosedNs = state.of(lastClosedNs);
        evidenceIndex = state.of(evidenceIndex);
        count = state.of(count);
        note = state.of(note);
        severityCode = state.of(severityCode);
    }
}
