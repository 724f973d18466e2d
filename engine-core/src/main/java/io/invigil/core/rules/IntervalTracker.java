package io.invigil.core.rules;

import io.invigil.api.Alert;
import io.invigil.api.AlertPhase;
import io.invigil.api.AlertRule;
import io.invigil.api.Evidence;
import java.util.List;
import java.util.Optional;

/**
 * Turns a rule's answers, frame by frame, into alerts: intervals with a hold time, a release time, merging and a cooldown.
 *
 * <p>Start and end lie half-way between the last frame on one side and the first on the other, so that on average they are right
 * at any frame rate; after a longer stretch of frames that say nothing they lie on the frame that does. The hold counts media
 * time between frames that say ON, at least two of them unless the hold is zero or one speaks {@link Finding#ofSeveralFrames()
 * for several}, and none opens while the condition is {@link Finding#asFading() fading}. Frames that say nothing pause it, but of
 * a lone one between two that say ON half the time is counted. A short disagreement in a run of ON is passed over as long as
 * three quarters of the frames agree; where fewer do at the end of the hold, those since the disagreement are judged by
 * themselves, for a flicker says nothing against what is solid after it. When OFF has lasted for the release the alert is told
 * with its end; it closes when OFF has lasted for the merge gap: until then a return goes on with the same episode, and what is
 * told as closed is final. It outlives {@link #UNKNOWN_LIMIT_NS} without an answer, or the merge gap if that is longer; then it
 * closes where it was last seen, and what comes after is another alert. None starts before a gap it was not open in.
 */
final class IntervalTracker {
    /** An open alert survives this long without an answer, and so does a hold that is being counted. */
    static final long UNKNOWN_LIMIT_NS = 3_000_000_000L;
    /** A disagreement shorter than this does not interrupt a hold. */
    static final long GLITCH_NS = 500_000_000L;
    /** Two answers this near tell when the one turned into the other, whatever lies between. */
    static final long BRIDGE_NS = 1_000_000_000L;
    /** An alert opens when at least this share of the frames that gave an answer said ON. */
    static final double AGREEING_SHARE = 0.75;
    /** An open alert is told of at most this often while it goes on. */
    static final long UPDATE_INTERVAL_NS = 1_000_000_000L;

    private static final double CONFIDENCE_STEP = 0.1;
    private static final long NEVER = Long.MIN_VALUE;

    private final AlertRule rule;
    private final AlertNumbers numbers;
    private final long glitchNs;
    private final double agreeingShare;
    private final long holdNs;
    private final long releaseNs;
    private final long closeDelayNs;

    // All state; plain values only.
    Episode episode;
    boolean open;
    /** Begun within an unopened episode whose frames disagree, and takes its place if they still do when the hold is over. */
    Episode later;

    Verdict previous = Verdict.UNKNOWN;
    long previousNs = NEVER;
    Verdict known = Verdict.UNKNOWN;
    long knownNs = NEVER;
    long unknownSinceNs = NEVER;
    /** Frames without an answer since the last that gave one. */
    int silentFrames;

    long offSinceNs = NEVER;
    boolean endTold;
    long trialOnNs = NEVER;
    Finding trial;
    long lastEndNs = NEVER;
    /** Nothing new is dated back to before this: the first frame after a gap, or that on which a silence had ended an alert. */
    long firstNs = NEVER;

    IntervalTracker(AlertRule rule, AlertNumbers numbers) {
        this(rule, numbers, GLITCH_NS, AGREEING_SHARE);
    }

    IntervalTracker(AlertRule rule, AlertNumbers numbers, long glitchNs, double agreeingShare) {
        this.rule = rule;
        this.numbers = numbers;
        this.glitchNs = glitchNs;
        this.agreeingShare = agreeingShare;
        holdNs = rule.hold().toNanos();
        releaseNs = rule.release().toNanos();
        closeDelayNs = rule.mergeGap().toNanos();
    }

    /** Takes one frame's answer and adds what has to be told to the list. */
    void step(Moment now, Finding finding, List<Alert> told) {
        long timeNs = now.timestampNs();
        noteSilence(now, finding.verdict());
        if (now.afterGap()) {
            firstNs = timeNs;
        }
        if (episode != null && unknownSinceNs != NEVER && timeNs - unknownSinceNs > silenceLimitNs()) {
            end(told);
            firstNs = timeNs;
        } else if (now.afterGap() && episode != null && !open) {
            drop();
        }
        switch (finding.verdict()) {
            case ON -> on(now, finding, told);
            case OFF -> off(now, finding, told);
            case UNKNOWN -> {}
        }
        if (finding.verdict() != Verdict.UNKNOWN) {
            unknownSinceNs = NEVER;
            silentFrames = 0;
        } else {
            silentFrames++;
        }
        previous = finding.verdict();
        previousNs = timeNs;
        if (previous != Verdict.UNKNOWN) {
            known = previous;
            knownNs = timeNs;
        }
    }

    /** After so long without an answer an alert that was open is over, and nothing of before opens another. */
    long silenceLimitNs() {
        return open ? Math.max(UNKNOWN_LIMIT_NS, closeDelayNs) : UNKNOWN_LIMIT_NS;
    }

    /** A stretch without an answer begins at the last frame that gave one. */
    private void noteSilence(Moment now, Verdict verdict) {
        if (previousNs == NEVER) {
            return;
        }
        if (now.afterGap()) {
            previous = Verdict.UNKNOWN;
            known = Verdict.UNKNOWN;
        }
        if (unknownSinceNs == NEVER && (now.afterGap() || verdict == Verdict.UNKNOWN)) {
            unknownSinceNs = previousNs;
        }
    }

    private void on(Moment now, Finding finding, List<Alert> told) {
        long timeNs = now.timestampNs();
        if (episode != null && offSinceNs != NEVER && trial == null) {
            long backNs = boundary(timeNs, finding, Verdict.OFF);
            if (open ? backNs - offSinceNs > closeDelayNs : !passesOver(timeNs)) {
                end(told);
            }
        }
        if (episode == null) {
            begin(timeNs, finding);
        } else if (open && offSinceNs != NEVER && trial == null) {
            // One frame is not yet a return: it may be a slip of the detector.
            trial = finding;
            trialOnNs = timeNs;
            return;
        } else {
            if (trial != null) {
                episode.add(trialOnNs, trial);
                forgetTrial();
            }
            long spanNs = previous == Verdict.UNKNOWN ? bridgedNs(timeNs) : timeNs - previousNs;
            if (!open) {
                addToLater(timeNs, finding, spanNs);
            }
            episode.heldNs += spanNs;
            offSinceNs = NEVER;
            endTold = false;
            episode.add(timeNs, finding);
        }
        if (!open) {
            tryToOpen(now, finding, told);
        } else {
            tryToUpdate(timeNs, told);
        }
    }

    /** Before and after a lone frame without an answer ON holds half-way to it; across more of them that would be a guess. */
    private long bridgedNs(long timeNs) {
        boolean bridged = known == Verdict.ON && silentFrames == 1 && timeNs - knownNs <= BRIDGE_NS;
        return bridged ? (timeNs - knownNs) / 2 : 0;
    }

    private void addToLater(long timeNs, Finding finding, long spanNs) {
        if (later != null) {
            later.heldNs += spanNs;
            later.add(timeNs, finding);
        } else if (!agrees(episode)) {
            // Whatever the finding knows of before, the last frame said OFF.
            later = begun(timeNs, finding, knownNs);
        }
    }

    private boolean agrees(Episode of) {
        return of.onFrames >= agreeingShare * (of.onFrames + of.offFrames);
    }

    private boolean passesOver(long timeNs) {
        return timeNs - episode.lastOnNs <= glitchNs;
    }

    private void off(Moment now, Finding finding, List<Alert> told) {
        long timeNs = now.timestampNs();
        if (episode == null) {
            return;
        }
        forgetTrial();
        if (offSinceNs == NEVER) {
            long turnedNs = boundary(timeNs, finding, Verdict.ON);
            // After a stretch without answers all that is known is when the condition held last.
            boolean turnKnown = turnedNs < timeNs && episode.lastOnNs >= firstNs;
            offSinceNs = Math.max(turnKnown ? turnedNs : episode.lastOnNs, episode.startNs);
        }
        if (!open) {
            episode.offFrames++;
            if (later != null) {
                later.offFrames++;
                later = agrees(later) ? later : null;
            }
            if (timeNs - episode.lastOnNs >= glitchNs) {
                drop();
            }
        } else if (timeNs - offSinceNs >= closeDelayNs) {
            end(told);
        } else if (!endTold && timeNs - offSinceNs >= releaseNs) {
            endTold = true;
            tell(AlertPhase.UPDATED, offSinceNs, timeNs, told);
        }
    }

    /** When the answer turned into what this frame says, if the last answer is near and said the opposite. */
    private long boundary(long timeNs, Finding finding, Verdict opposite) {
        return boundary(timeNs, finding.sinceNs(), opposite);
    }

    private long boundary(long timeNs, long sinceNs, Verdict opposite) {
        long boundaryNs = timeNs;
        if (sinceNs != Finding.NOT_KNOWN) {
            boundaryNs = Math.min(timeNs, sinceNs);
        } else if (known == opposite && (previous == opposite || timeNs - knownNs <= BRIDGE_NS)) {
            boundaryNs = knownNs + (timeNs - knownNs) / 2;
        }
        return Math.max(boundaryNs, Math.max(lastEndNs, firstNs)); // NEVER is less than all.
    }

    private void begin(long timeNs, Finding finding) {
        episode = begun(timeNs, finding, NEVER);
        offSinceNs = NEVER;
        forgetTrial();
    }

    /** One that is not dated, nor counted, from before the given time. */
    private Episode begun(long timeNs, Finding finding, long earliestNs) {
        Episode begun = new Episode(Math.max(boundary(timeNs, finding, Verdict.OFF), earliestNs));
        boolean unseen = previous == Verdict.UNKNOWN && finding.sinceNs() == Finding.NOT_KNOWN;
        long countedNs = Math.max(boundary(timeNs, finding.countedSinceNs(), Verdict.OFF), earliestNs);
        begun.heldNs = unseen ? 0 : timeNs - countedNs;
        begun.add(timeNs, finding);
        return begun;
    }

    private void tryToOpen(Moment now, Finding finding, List<Alert> told) {
        if (later != null && episode.heldNs >= holdNs && !agrees(episode)) {
            episode = later;
            later = null;
        }
        boolean enough =
                holdNs == 0 || episode.heldNs >= holdNs && (episode.onFrames >= 2 || finding.isOfSeveralFrames());
        boolean rested = lastEndNs == NEVER
                || now.timestampNs() - lastEndNs >= rule.cooldown().toNanos();
        if (enough && agrees(episode) && rested && !finding.isFading()) {
            open = true;
            later = null;
            episode.id = numbers.next();
            episode.evidence = new Evidence(now.frameIndex(), now.timestampNs());
            tell(AlertPhase.OPENED, episode.lastOnNs, now.timestampNs(), told);
        }
    }

    private void tryToUpdate(long timeNs, List<Alert> told) {
        boolean changed = !episode.leader.equals(episode.toldLeader)
                || Math.abs(episode.confidence() - episode.toldConfidence) >= CONFIDENCE_STEP;
        if (changed && timeNs - episode.toldNs >= UPDATE_INTERVAL_NS) {
            tell(AlertPhase.UPDATED, episode.lastOnNs, timeNs, told);
        }
    }

    private void tell(AlertPhase phase, long endNs, long timeNs, List<Alert> told) {
        episode.toldConfidence = episode.confidence();
        episode.toldLeader = episode.leader;
        episode.toldNs = timeNs;
        told.add(alert(phase, endNs));
    }

    private Alert alert(AlertPhase phase, long endNs) {
        Episode.Variant words = episode.leading();
        return new Alert(
                episode.id,
                numbers.type,
                phase,
                rule.severity(),
                episode.startNs,
                Math.max(endNs, episode.startNs),
                words.message(),
                episode.confidence(),
                episode.evidence,
                words.details());
    }

    /** Ends the episode where it was last known to hold. */
    private void end(List<Alert> told) {
        if (open) {
            long endNs = offSinceNs == NEVER ? episode.lastOnNs : offSinceNs;
            told.add(alert(AlertPhase.CLOSED, endNs));
            lastEndNs = Math.max(endNs, episode.startNs);
        }
        drop();
    }

    private void drop() {
        episode = null;
        later = null;
        open = false;
        offSinceNs = NEVER;
        endTold = false;
        forgetTrial();
    }

    private void forgetTrial() {
        trial = null;
        trialOnNs = NEVER;
    }

    /** Closes what is open; the last word. */
    void finish(List<Alert> told) {
        if (episode != null) {
            end(told);
        }
    }

    /** The open alert as it stands. */
    Optional<Alert> openAlert() {
        return open
                ? Optional.of(alert(AlertPhase.UPDATED, offSinceNs == NEVER ? episode.lastOnNs : offSinceNs))
                : Optional.empty();
    }

    /** True while an alert is open. */
    boolean isOpen() {
        return open;
    }

    void exchange(StateExchange state) {
        episode = Episode.exchange(state, episode);
        open = state.of(open);
        later = Episode.exchange(state, later);
        previous = state.of(previous, Verdict.values());
        previousNs = state.of(previousNs);
        known = state.of(known, Verdict.values());
        knownNs = state.of(knownNs);
        unknownSinceNs = state.of(unknownSinceNs);
        silentFrames = state.of(silentFrames);
        offSinceNs = state.of(offSinceNs);
        endTold = state.of(endTold);
        trialOnNs = state.of(trialOnNs);
        trial = Finding.exchange(state, trial);
        lastEndNs = state.of(lastEndNs);
        firstNs = state.of(firstNs);
        numbers.exchange(state);
    }
}
