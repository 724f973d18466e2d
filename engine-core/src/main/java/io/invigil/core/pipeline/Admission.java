package io.invigil.core.pipeline;

import io.invigil.api.EngineException;
import io.invigil.api.ErrorCode;
import io.invigil.api.Frame;
import io.invigil.api.FrameCounts;
import io.invigil.api.OfferResult;
import io.invigil.api.SessionConfig;
import io.invigil.core.perception.FrameBuffer;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The entrance of one session: lets a bounded number of its frames into the ring, keeps the newest one waiting, and counts
 * every frame once. A frame inside the ring is never given up; what gives way under load is the one that still waits.
 *
 * <p>Thread-safe. The monitor is the session's own and is never held while a listener or a stage runs. It is a monitor because
 * the threads of caller and lane meet at it on nearly every frame of an idle lane, and a lock of java.util.concurrent leaves
 * garbage behind each time.
 */
final class Admission {
    private static final Logger LOG = LoggerFactory.getLogger(Admission.class);
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    /** How long listeners are waited for before what their executor refused is handed over again. */
    private static final long HAND_OVER_NS = 20_000_000L;

    private final PipelineSession session;
    private final SessionConfig config;
    private final LaneSet lanes;
    private final long maxPixels;
    private final Audience audience;

    private boolean open = true;
    private boolean paused;
    private long offered;
    private long nextIndex;
    private long analysed;
    private long sampledOut;
    private long superseded;
    private long rejected;
    private long failed;
    private int inRing;
    /** Replayed frames whose offer waits for room. */
    private int awaitingRoom;

    private long published;
    private long completed;
    private boolean pendingFilled;
    private boolean queued;
    /** What waits; null most of the time, when nothing does. */
    private FrameBuffer pending;

    private long pendingIndex;
    private boolean anyTaken;
    private long firstTimestampNs;
    /** Of the frame before, perhaps one before the session went on from a snapshot; a primitive, since it is set on every frame. */
    private long lastTimestampNs;

    private boolean anyBefore;
    /** The frame before found no room, and may come again. */
    private boolean lastFoundNoRoom;

    private long lastSampleSlot = -1;
    private final UnitDoubt unitDoubt = new UnitDoubt();

    Admission(PipelineSession session, SessionConfig config, LaneSet lanes, long maxPixels, Audience audience) {
        this.session = session;
        this.config = config;
        this.lanes = lanes;
        this.maxPixels = maxPixels;
        this.audience = audience;
    }

    /** Takes frames from the one after this on, numbered further. */
    synchronized void goOnAfter(long frameIndex, OptionalLong timestampNs, boolean nowPaused) {
        nextIndex = frameIndex + 1;
        anyBefore = timestampNs.isPresent();
        lastTimestampNs = timestampNs.orElse(0);
        paused = nowPaused;
    }

    /** While paused, frames are sampled out. */
    synchronized void pause(boolean nowPaused) {
        paused = nowPaused;
    }

    OfferResult offer(Frame frame) {
        Objects.requireNonNull(frame, "frame");
        EngineException refusal;
        OfferResult result;
        long frameIndex;
        boolean unitDoubtful = false;
        long deadlineNs =
                session.isLive() ? 0 : System.nanoTime() + config.offerTimeout().toNanos();
        synchronized (this) {
            if (!open) {
                return OfferResult.CLOSED;
            }
            offered++;
            frameIndex = nextIndex++;
            refusal = refusal(frame);
            if (refusal != null) {
                rejected++;
                result = refusal.code() == ErrorCode.FRAME_OUT_OF_ORDER
                        ? OfferResult.REJECTED_OUT_OF_ORDER
                        : OfferResult.REJECTED_INVALID;
            } else {
                boolean comesAgain = comesAgain(frame.timestampNs());
                noteTime(frame.timestampNs());
                unitDoubtful = unitDoubt.isRaisedBy(frame.timestampNs());
                result =
                        admitting(frame.timestampNs(), comesAgain) ? admit(frame, frameIndex, deadlineNs) : sampleOut();
                noteRoom(frame.timestampNs(), result != OfferResult.REJECTED_BACKPRESSURE);
            }
        }
        if (unitDoubtful) {
            warnOfUnit(frame.timestampNs());
        }
        while (result == null) {
            audience.handOver(); // Here the monitor is free: an executor may run listeners on this thread.
            result = admitAgain(frame, frameIndex, deadlineNs);
        }
        if (refusal != null) {
            session.tellError(refusal);
        } else if (lanes.isCallerDriven() && result == OfferResult.ACCEPTED) {
            return runInline(frame, frameIndex);
        } else {
            lanes.pump();
        }
        return result;
    }

    private static void warnOfUnit(long timestampNs) {
        LOG.warn(
                "the frames of a session lie less than a millisecond apart, the last at timestampNs {}: nanoseconds are"
                        + " expected; in another unit nothing lasts long enough to be told. Not said again for the session",
                timestampNs);
    }

    private boolean comesAgain(long timestampNs) {
        return lastFoundNoRoom && timestampNs == lastTimestampNs;
    }

    private void noteRoom(long timestampNs, boolean found) {
        if (timestampNs == lastTimestampNs) { // Another thread may have offered a later one while this one waited.
            lastFoundNoRoom = !found;
        }
    }

    private boolean admitting(long timestampNs, boolean comesAgain) {
        boolean due = !paused && (comesAgain || isDue(timestampNs));
        if (due && session.isLive()) {
            lanes.arrived();
        }
        return due;
    }

    private EngineException refusal(Frame frame) {
        if (anyBefore && frame.timestampNs() <= lastTimestampNs && !comesAgain(frame.timestampNs())) {
            return new EngineException(
                    ErrorCode.FRAME_OUT_OF_ORDER,
                    "timestampNs is " + frame.timestampNs() + ", must be more than the frame's before, "
                            + lastTimestampNs);
        }
        try {
            FrameBuffer.check(frame, maxPixels);
            return null;
        } catch (EngineException e) {
            return e;
        }
    }

    private void noteTime(long timestampNs) {
        if (!anyTaken) {
            anyTaken = true;
            firstTimestampNs = timestampNs;
        }
        anyBefore = true;
        lastTimestampNs = timestampNs;
        lastFoundNoRoom = false; // Until it did: another thread may offer the same while this one waits.
    }

    /** The first frame in each slot of a fixed grid of media time is due, so every run picks the same frames. */
    private boolean isDue(long timestampNs) {
        if (config.maxAnalysedFps() == 0) {
            return true;
        }
        if (timestampNs - firstTimestampNs < 0) { // Time never goes back here: they lie more than 292 years apart.
            firstTimestampNs = timestampNs;
            lastSampleSlot = -1;
        }
        long slot =
                (long) Math.floor((timestampNs - firstTimestampNs) * config.maxAnalysedFps() / NANOS_PER_SECOND + 1e-6);
        if (slot <= lastSampleSlot) {
            return false;
        }
        lastSampleSlot = slot;
        return true;
    }

    private OfferResult sampleOut() {
        sampledOut++;
        return OfferResult.SAMPLED_OUT;
    }

    private synchronized OfferResult admitAgain(Frame frame, long frameIndex, long deadlineNs) {
        awaitingRoom--;
        OfferResult result = admit(frame, frameIndex, deadlineNs);
        noteRoom(frame.timestampNs(), result != OfferResult.REJECTED_BACKPRESSURE);
        return result;
    }

    /** The frame's fate; null for one that waits for listeners, is counted so, and has to be admitted again. */
    private OfferResult admit(Frame frame, long frameIndex, long deadlineNs) {
        if (lanes.isCallerDriven()) {
            entered();
            return OfferResult.ACCEPTED;
        }
        Room room = session.isLive() ? Room.FREE : awaitRoom(deadlineNs);
        if (room == Room.NOT_YET) {
            awaitingRoom++;
            return null;
        }
        if (room == Room.NONE) {
            rejected++;
            notifyAll();
            return OfferResult.REJECTED_BACKPRESSURE;
        }
        if (!pendingFilled
                && inRing < config.maxInFlight()
                && !lanes.hasWaiting()
                && lanes.tryPublish(session, frame, frameIndex)) {
            return OfferResult.ACCEPTED;
        }
        boolean superseding = pendingFilled;
        if (superseding) {
            pendingFilled = false;
            superseded++;
        }
        if (!copyToPending(frame)) {
            rejected++;
            notifyAll();
            return OfferResult.REJECTED_BACKPRESSURE;
        }
        pendingIndex = frameIndex;
        pendingFilled = true;
        enqueueIfPublishable();
        return superseding ? OfferResult.ACCEPTED_SUPERSEDING : OfferResult.ACCEPTED;
    }

    private boolean copyToPending(Frame frame) {
        try {
            if (pending == null) {
                pending = lanes.spareBuffers().take();
            }
            pending.copyFrom(frame);
            return true;
        } catch (Throwable e) {
            // No room for the bytes, or a buffer or file that shrank under our hands: the frame stays outside.
            return false;
        }
    }

    private OfferResult runInline(Frame frame, long frameIndex) {
        if (lanes.tryPublish(session, frame, frameIndex)) {
            return OfferResult.ACCEPTED;
        }
        synchronized (this) {
            inRing--;
            published--;
            rejected++;
            noteRoom(frame.timestampNs(), false);
            notifyAll();
        }
        return OfferResult.REJECTED_BACKPRESSURE;
    }

    /** What a replayed frame finds. */
    private enum Room {
        FREE,
        NONE,
        NOT_YET
    }

    /** Waits for the frame before to go in and, for a while only, for listeners to catch up. */
    private Room awaitRoom(long deadlineNs) {
        long handOverNs = System.nanoTime() + HAND_OVER_NS;
        awaitingRoom++;
        try {
            while (open) {
                boolean behind = audience.isBehind();
                if (!pendingFilled && !behind) {
                    return Room.FREE;
                }
                long nowNs = System.nanoTime();
                if (deadlineNs - nowNs <= 0) {
                    return Room.NONE;
                }
                if (behind && handOverNs - nowNs <= 0) {
                    return Room.NOT_YET;
                }
                TimeUnit.NANOSECONDS.timedWait(
                        this, behind ? Math.min(deadlineNs - nowNs, handOverNs - nowNs) : deadlineNs - nowNs);
            }
            return Room.NONE;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Room.NONE;
        } finally {
            awaitingRoom--;
        }
    }

    private void enqueueIfPublishable() {
        if (pendingFilled && !queued && inRing < config.maxInFlight()) {
            queued = true;
            lanes.enqueue(session);
        }
    }

    /**
     * Called when a slot may be free: hands over the waiting frame if it may go in.
     *
     * @return false when there was no room and the session is the next again
     */
    synchronized boolean publishPending() {
        queued = false;
        if (!pendingFilled || inRing >= config.maxInFlight()) {
            return true;
        }
        FrameBuffer empty = lanes.tryPublish(session, pending, pendingIndex);
        if (empty == null) {
            queued = true;
            lanes.putBack(session);
            return false;
        }
        lanes.spareBuffers().giveBack(empty);
        pending = null;
        pendingFilled = false;
        notifyAll();
        return true;
    }

    /** Counts a frame at the moment it has a slot: whatever happens then, its rules will be done. */
    synchronized void entered() {
        inRing++;
        published++;
    }

    /** Counts a frame whose rules are done. */
    synchronized void count(boolean wasAnalysed) {
        if (wasAnalysed) {
            analysed++;
        } else {
            failed++;
        }
        inRing--;
        completed++;
        if (inRing == 0) {
            session.leave();
        }
        enqueueIfPublishable();
        notifyAll();
    }

    /** Wakes whoever waits for listeners to catch up. */
    synchronized void signalProgress() {
        notifyAll();
    }

    /** Takes no more frames. */
    synchronized void shut() {
        open = false;
        notifyAll();
    }

    /** True when no frame of the session is in the lane or waits for it. */
    synchronized boolean isEmpty() {
        return inRing == 0 && !pendingFilled;
    }

    /** Gives up the waiting frame; for a close whose time has run out. */
    synchronized void giveUpPending() {
        if (pendingFilled) {
            pendingFilled = false;
            superseded++;
            lanes.spareBuffers().giveBack(pending);
            pending = null;
            queued = false;
            lanes.dequeue(session);
        }
    }

    /** Waits until every frame accepted before this call is done, at most until the deadline of the monotonic clock. */
    synchronized boolean awaitDone(long deadlineNs) {
        boolean interrupted = false;
        try {
            long target = published + (pendingFilled ? 1 : 0);
            // Frames of a session finish in order; a waiting one that was given up is not waited for.
            // After a shut, offers that were waiting for room are let go first, so that the counts are final.
            while (completed < Math.min(target, published + (pendingFilled ? 1 : 0)) || !open && awaitingRoom > 0) {
                long leftNs = deadlineNs - System.nanoTime();
                if (leftNs <= 0) {
                    return false;
                }
                try {
                    TimeUnit.NANOSECONDS.timedWait(this, leftNs);
                } catch (InterruptedException e) {
                    interrupted = true; // The wait is bounded anyway, and giving up here would leave alerts untold.
                }
            }
            return true;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    synchronized FrameCounts counts() {
        return new FrameCounts(
                offered,
                analysed,
                sampledOut,
                superseded,
                rejected,
                failed,
                inRing + awaitingRoom + (pendingFilled ? 1 : 0));
    }
}
