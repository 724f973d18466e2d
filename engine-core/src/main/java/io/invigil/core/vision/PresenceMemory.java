package io.invigil.core.vision;

import io.invigil.api.CameraState;
import io.invigil.api.Detector;
import io.invigil.api.Policy;
import io.invigil.core.perception.Pressure;
import io.invigil.core.sight.Box;
import io.invigil.core.sight.DetectionSight;
import io.invigil.core.sight.PictureSight;
import io.invigil.core.sight.PresenceSight;
import java.util.List;

/**
 * What the presence step remembers of one session: when it last looked and what at, what it saw, how strongly it suspects a
 * phone, and how many runs of the detectors it may spend. All from media time and the session's own frames, so that replay
 * equals live. Holds no natives; for one thread at a time.
 *
 * <p>Looks come once an interval of the policy while the picture changes or a suspicion is new, and some looks on, so
 * that a rule that asks for several sightings gets them in a row. A picture that stays as it was looked at is looked at
 * every third interval, and only once: asking again about the same pixels tells nothing.
 */
final class PresenceMemory {
    /** What is earned in one interval of the policy, and the most that is saved up, in runs of the second detector on a part. */
    private static final double RUNS_PER_INTERVAL = 1.5;

    private static final double MOST_SAVED_RUNS = 4;

    /** A frame that comes this share of an interval early still counts: frame times are rounded. */
    private static final double EARLY_SHARE = 0.05;

    /** Intervals from look to look while nothing changes; sightings must not get stale for the rules, which is after four. */
    private static final double STILL_INTERVALS = 3;

    /** The same for an overloaded engine: looks so rare let the rules wait for twice as long. */
    private static final double MOST_STILL_INTERVALS = 7;

    /** As in the rules' {@code PresenceTicks}: a sighting is stale after so many times the wait for it, which counts as one to two intervals. */
    private static final int LIFE_WAITS = 4;

    /** Looks at the full rate after the last change: a round of the parts; the rules look at five sightings. */
    private static final int LOOKS_AFTER_CHANGE = 8;

    /** Evidence and movement that call for looking again after half an interval. */
    private static final double PRESSING_EVIDENCE = 0.06;

    private static final double PRESSING_PEAK_CHANGE = 25;

    /** How far an arm or a head gets out of the box that held a person at the last look. */
    private static final double REACH_WIDTHS = 0.15;

    static final int MOST_PUT_OFF = 4;

    /** Score from which a body is counted. */
    private static final double SURE_PERSON = 0.5;

    private final long plannedIntervalNs;
    private long intervalNs;
    private double stillIntervals = STILL_INTERVALS;
    private long restNs;
    /** When the next look comes while the picture changes, and when while nothing does. */
    private long nextNs;

    private long nextStillNs;
    private double mostSavedRuns = MOST_SAVED_RUNS;
    private boolean started;
    private long lastLookNs;
    /** Size of the picture that was looked at last: what was seen is in its pixels. */
    private int widthPx;

    private int heightPx;
    /** How long what was seen then counts. */
    private long lifeNs;

    private int framesSinceLook;
    private int leastFrames = 1;
    /** A new cadence waits for the session's next frame to draw where in it the session begins. */
    private boolean changed;

    private boolean stillChanged;
    private boolean putsOff;
    private double savedRuns = RUNS_PER_INTERVAL;
    private long looks;
    private long looksAround;
    private int looksLeft = LOOKS_AFTER_CHANGE;
    private boolean lookedInto;
    private final PresenceSight seen = new PresenceSight();

    private final PictureChange picture = new PictureChange();
    private final PhoneCase phoneCase = new PhoneCase();
    private final PhoneDenials phoneDenials = new PhoneDenials();
    private final boolean wantsObjects;

    PresenceMemory(Policy policy) {
        wantsObjects = policy.needs(Detector.OBJECTS);
        plannedIntervalNs = policy.presenceInterval().toNanos();
        intervalNs = plannedIntervalNs;
        restNs = (long) (STILL_INTERVALS * plannedIntervalNs);
    }

    /**
     * Looks as many times less often than planned as is shed, and not before so many frames; as far as time goes, no longer than
     * the rules wait for a sighting. A look that is put off waits for a calmer moment, up to {@value #MOST_PUT_OFF} times as many
     * frames as otherwise. Nothing is saved up then: the gaps that an overloaded engine leaves between frames would earn
     * runs that make each frame dearer the fewer there are.
     */
    void press(Pressure pressure) {
        int times = pressure.shedding().presenceStretch();
        putsOff = pressure.putsOff();
        double rest = Math.min(STILL_INTERVALS * times, MOST_STILL_INTERVALS);
        long restBeforeNs = restNs;
        changed |= leastFrames != times;
        leastFrames = times;
        intervalNs = times * plannedIntervalNs;
        stillIntervals = rest / times;
        restNs = (long) (rest * plannedIntervalNs);
        stillChanged |= restNs != restBeforeNs;
        mostSavedRuns = times > 1 ? RUNS_PER_INTERVAL : MOST_SAVED_RUNS;
    }

    /**
     * True when the detector should run on the frame of this time.
     *
     * @param image the frame's picture; its small grey copy is compared with that of the last look
     */
    boolean due(long timestampNs, PictureSight quality, DecodedImage image) {
        if (quality.state() == CameraState.BLACK || quality.state() == CameraState.COVERED) {
            return false;
        }
        if (!started
                || quality.sceneCut() && saved(timestampNs) >= 1
                || isResized(image) && saved(timestampNs) >= PhoneLook.NANODET_WHOLE.cost()) {
            return true;
        }
        if (changed) {
            drawAgain(timestampNs, image);
        }
        if (++framesSinceLook < (putsOff ? MOST_PUT_OFF : 1) * leastFrames) {
            return false;
        }
        if (timestampNs >= nextStillNs) {
            return true;
        }
        if (timestampNs >= nextNs) {
            return looksLeft > 0 || isChanged(image);
        }
        boolean soon = looksLeft > 0 && isPressing()
                || quality.peakChange() >= PRESSING_PEAK_CHANGE && movesBesidePersons(image);
        return soon
                && timestampNs - lastLookNs >= intervalsNs(intervalNs, 0.5)
                && saved(timestampNs) >= RUNS_PER_INTERVAL;
    }

    /**
     * The cadence changes for all sessions at once, so each draws where in the new one it begins. Otherwise all whose wait is over
     * with a shorter one would look at the same moment, and go on doing so; and looks that came every three seconds would, every
     * seven, fall into three of them. A cadence that stays keeps its beat.
     */
    private void drawAgain(long timestampNs, DecodedImage image) {
        double share = image.draw(DecodedImage.Draw.PRESENCE);
        long latestNs = Math.max(timestampNs, lastLookNs + lifeNs);
        framesSinceLook = Math.max(framesSinceLook, leastFrames - 1 - (int) (share * leastFrames));
        nextNs = Math.min(latestNs, timestampNs + (long) (share * intervalNs));
        if (stillChanged) {
            nextStillNs = Math.min(latestNs, timestampNs + (long) (share * restNs));
        }
        changed = false;
        stillChanged = false;
    }

    private boolean isPressing() {
        return phoneCase.evidence() >= PRESSING_EVIDENCE && !phoneCase.isUnlikely();
    }

    /** Whether something moves much that is not one of the persons of the last look: somebody may be coming in. */
    private boolean movesBesidePersons(DecodedImage image) {
        for (int row = 0; row < QualityMeter.GRID; row++) {
            double yPx = (row + 0.5) * image.heightPx() / QualityMeter.GRID;
            for (int column = 0; column < QualityMeter.GRID; column++) {
                if (image.blockChange()[row * QualityMeter.GRID + column] >= PRESSING_PEAK_CHANGE
                        && !isOnPerson((column + 0.5) * image.widthPx() / QualityMeter.GRID, yPx)) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean isOnPerson(double xPx, double yPx) {
        List<DetectionSight> persons = seen.persons();
        for (int i = 0; i < persons.size(); i++) {
            DetectionSight person = persons.get(i);
            Box box = person.box();
            double reachPx = REACH_WIDTHS * box.widthPx();
            if (person.score() >= SURE_PERSON
                    && xPx > box.leftPx() - reachPx
                    && xPx < box.rightPx() + reachPx
                    && yPx > box.topPx() - reachPx
                    && yPx < box.bottomPx() + reachPx) {
                return true;
            }
        }
        return false;
    }

    private static long intervalsNs(long intervalNs, double intervals) {
        return (long) (intervalNs * (intervals - EARLY_SHARE));
    }

    private boolean isChanged(DecodedImage image) {
        return picture.isChanged(image);
    }

    /** Whether what was seen last is in pixels of another size. */
    private boolean isResized(DecodedImage image) {
        return image.widthPx() != widthPx || image.heightPx() != heightPx;
    }

    private double saved(long timestampNs) {
        if (!started) {
            return savedRuns;
        }
        double earned = intervalNs == 0
                ? RUNS_PER_INTERVAL
                : RUNS_PER_INTERVAL * Math.max(0, timestampNs - lastLookNs) / intervalNs;
        return Math.min(mostSavedRuns, savedRuns + earned);
    }

    /** Opens a look at the frame of this time, with a run of the first detector. */
    void beginLook(long timestampNs, boolean sceneCut, DecodedImage image) {
        savedRuns = Math.max(0, saved(timestampNs) - PhoneLook.NANODET_WHOLE.cost());
        long waitedNs = started ? timestampNs - lastLookNs : 0;
        lifeNs = LIFE_WAITS * Math.max(plannedIntervalNs, Math.min(waitedNs, 2 * plannedIntervalNs));
        started = true;
        lastLookNs = timestampNs;
        framesSinceLook = 0;
        boolean firstStill = false;
        boolean resized = isResized(image);
        widthPx = image.widthPx();
        heightPx = image.heightPx();
        if (resized || isChanged(image)) {
            looksLeft = LOOKS_AFTER_CHANGE;
            lookedInto = false;
        } else {
            // Sessions that began together settle together: their first waits differ, or they would go on looking at
            // once.
            firstStill = looksLeft == 1;
            looksLeft = Math.max(0, looksLeft - 1);
        }
        double wait = firstStill ? 1 + image.draw((int) STILL_INTERVALS, DecodedImage.Draw.PRESENCE) : STILL_INTERVALS;
        nextNs = timestampNs + intervalsNs(intervalNs, 1);
        nextStillNs = timestampNs + Math.min(lifeNs, intervalsNs(intervalNs, Math.min(wait, stillIntervals)));
        picture.keep(image);
        if (!isSettled()) {
            looks++;
        }
        if (resized) {
            phoneCase.close();
        }
        if (sceneCut) {
            phoneCase.close();
            phoneDenials.clear();
        }
    }

    /** True when this look is at what was looked at several times before: one run is enough unless a case is open. */
    boolean isSettled() {
        return looksLeft == 0;
    }

    /** Pays for a further look, if that can be afforded; half its price short is overlooked, since frames come a little early. */
    boolean spend(PhoneLook look) {
        if (savedRuns < look.cost() / 2) {
            return false;
        }
        savedRuns = Math.max(0, savedRuns - look.cost());
        return true;
    }

    /** What is left to spend, in runs of the second detector. */
    double savedRuns() {
        return savedRuns;
    }

    /** Looks taken so far at something new, this one included. */
    long looks() {
        return looks;
    }

    /** Looks taken so far at a part of the picture in its turn. */
    long looksAround() {
        return looksAround;
    }

    /** Notes such a look. */
    void lookedAround() {
        looksAround++;
    }

    /** The spot that most likely shows a phone. */
    PhoneCase phoneCase() {
        return phoneCase;
    }

    /** What was no phone. */
    PhoneDenials phoneDenials() {
        return phoneDenials;
    }

    /** False when only bodies are asked for: no look is spent on anything else, and nothing else is kept. */
    boolean wantsObjects() {
        return wantsObjects;
    }

    /**
     * Keeps what was seen, for the frames up to the next look. A suspicion, or another number of people, is looked into; once
     * only while the picture stays the same, since a score may flicker about a limit for ever.
     */
    void keep(PresenceSight look) {
        if (!lookedInto && (isPressing() || people(look) != people(seen))) {
            looksLeft = LOOKS_AFTER_CHANGE;
            lookedInto = true;
        }
        seen.set(look);
        seen.carryOn();
    }

    private static int people(PresenceSight look) {
        int people = 0;
        for (int i = 0; i < look.persons().size(); i++) {
            people += look.persons().get(i).score() >= SURE_PERSON ? 1 : 0;
        }
        return people;
    }

    /** What was last seen, not fresh; the next look overwrites it. */
    PresenceSight seen() {
        return seen;
    }
}
