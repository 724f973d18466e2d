package io.invigil.wire;

import java.util.List;
import java.util.Objects;

/**
 * How a session stands: the contract's four fields, then what lies beyond it.
 *
 * @param sessionId the session's id
 * @param isActive whether it takes frames; a paused one does not count them but is active
 * @param alerts the newest alerts, newest first, at most 20
 * @param currentViolations wire names of the kinds with an open alert, oldest first
 * @param state {@code active}, {@code paused}, {@code ended} or {@code expired}
 * @param connected whether a socket is open
 * @param attention whether the candidate looked away on the latest analysed frame
 * @param camera what the camera delivered on the latest analysed frame
 * @param load work asked of the engine over work it can do, lately; more than 1 is overload
 * @param shedding what is looked for less often because of it: {@code none}, {@code objects} or {@code persons}
 * @param frames what became of the frames
 * @param openAlerts the open alerts, oldest first
 * @param score what the alerts add up to
 * @param unkept what the store does not have of it
 */
public record StatusView(
        String sessionId,
        boolean isActive,
        List<AlertView> alerts,
        List<String> currentViolations,
        String state,
        boolean connected,
        AttentionView attention,
        CameraView camera,
        double load,
        String shedding,
        FramesView frames,
        List<AlertView> openAlerts,
        ScoreView score,
        UnkeptView unkept) {
    /** Checks and copies. */
    public StatusView {
        Objects.requireNonNull(sessionId, "sessionId");
        alerts = List.copyOf(alerts);
        currentViolations = List.copyOf(currentViolations);
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(attention, "attention");
        Objects.requireNonNull(camera, "camera");
        load = Finite.rounded(load);
        Objects.requireNonNull(shedding, "shedding");
        Objects.requireNonNull(frames, "frames");
        openAlerts = List.copyOf(openAlerts);
        Objects.requireNonNull(score, "score");
        Objects.requireNonNull(unkept, "unkept");
    }

    /** As a candidate sees it. */
    public StatusView forCandidate() {
        return new StatusView(
                sessionId,
                isActive,
                AlertView.forCandidate(alerts),
                currentViolations,
                state,
                connected,
                attention,
                camera,
                load,
                shedding,
                frames,
                AlertView.forCandidate(openAlerts),
                score,
                unkept);
    }
}
