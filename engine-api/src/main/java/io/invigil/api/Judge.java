package io.invigil.api;

import io.invigil.api.spi.JudgeProvider;
import java.util.List;

/**
 * Judges one session from what was seen in it, without pictures, models or natives: takes observations, failed frames and
 * signals one after another, in the order in which they were judged before, and tells which alerts open, go on and close. The
 * same stream and policy always lead to the same answers; time is the stream's own. Not thread-safe.
 */
public interface Judge {
    /**
     * A judge of a new session.
     *
     * @param policy what it judges by; that of a candidate with accommodations is {@link SessionConfig#effectivePolicy()}
     * @throws EngineException with {@link ErrorCode#NO_PROVIDER} when no engine is on the class path
     */
    static Judge of(Policy policy) {
        return Providers.first(JudgeProvider.class).judge(policy);
    }

    /**
     * A judge that goes on from a snapshot.
     *
     * @param policy the very policy the snapshot was taken under
     * @param snapshot what {@link #snapshot} or {@link ProctoringSession#snapshot} gave
     * @throws EngineException with {@link ErrorCode#CONFIGURATION} when the snapshot is damaged, of another program version or
     *     of another policy; with {@link ErrorCode#NO_PROVIDER} when no engine is on the class path
     */
    static Judge restore(Policy policy, byte[] snapshot) {
        return Providers.first(JudgeProvider.class).restore(policy, snapshot);
    }

    /**
     * Judges the next analysed frame.
     *
     * @param seen what was seen; its time must lie after that of every frame before
     * @throws EngineException with {@link ErrorCode#FRAME_OUT_OF_ORDER} when it does not; nothing is judged then
     * @throws IllegalStateException after {@link #finish}
     */
    Judgement observe(Observation seen);

    /**
     * Takes a frame that arrived but could not be analysed. It proves nothing about the candidate, but shows that the stream
     * goes on.
     *
     * @param frameIndex which offered frame it is
     * @param timestampNs its media time, after that of every frame before
     * @param reason why it failed: the name of an {@link ErrorCode}, or a few words without names
     * @throws EngineException as {@link #observe}
     * @throws IllegalStateException after {@link #finish}
     */
    Judgement frameFailed(long frameIndex, long timestampNs, String reason);

    /**
     * Takes what the host tells beside frames.
     *
     * @throws EngineException with {@link ErrorCode#CONFIGURATION} when the host reports under more names of its own than
     *     {@link HostEvent#MAX_NAMES}
     * @throws IllegalArgumentException when the signal lies more than {@link SessionSignal#MOST_AHEAD} after the newest media time
     *     known, while paused more than {@link SessionSignal#MOST_AHEAD_PAUSED}; nothing is changed then
     * @throws IllegalStateException after {@link #finish}
     */
    SignalJudgement signal(SessionSignal signal);

    /**
     * Closes what is open, at the time it was last known to hold. Idempotent: there is nothing more to tell the second time.
     * Nothing may follow but questions; a snapshot is one.
     */
    Judgement finish();

    /** The alerts that are open, as they stand, oldest first. */
    List<Alert> openAlerts();

    /** The score of what was judged so far, open alerts as they stand. */
    SessionScore score();

    /**
     * Everything that later judgements depend on, about ten kilobytes: a judge restored from it goes on exactly as this one
     * would. Holds angles and times of the last seconds, no pictures.
     */
    byte[] snapshot();
}
