package io.invigil.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What became of one frame.
 *
 * @param timestamp the frame's time
 * @param sessionId the session's id
 * @param violations conditions that hold now
 * @param alerts alerts that opened and were not told before; each is told once
 * @param faceDetection the faces; an empty object when the frame was not analysed
 * @param eyeTracking where the candidate looks; an empty object when the frame was not analysed
 * @param objectDetection the objects; an empty object when not looked for
 * @param status {@code ok}, {@code skipped}, {@code violations_detected} or {@code error}
 * @param frameProcessed whether the frame was analysed
 * @param skipReason why it was skipped; absent otherwise
 * @param error what is wrong with it; absent otherwise
 * @param frameIndex which frame of the session, from 0; -1 for what was no frame
 * @param load work asked of the engine over work it can do, lately; more than 1 is overload
 * @param shedding what is looked for less often because of it: {@code none}, {@code objects} or {@code persons}
 * @param alertUpdates alerts that opened, changed or closed, as they stand
 */
public record FrameResultView(
        String timestamp,
        String sessionId,
        List<ViolationView> violations,
        List<AlertView> alerts,
        Object faceDetection,
        Object eyeTracking,
        Object objectDetection,
        String status,
        boolean frameProcessed,
        @JsonInclude(JsonInclude.Include.NON_NULL) String skipReason,
        @JsonInclude(JsonInclude.Include.NON_NULL) String error,
        long frameIndex,
        double load,
        String shedding,
        List<AlertView> alertUpdates) {
    /** Stands for a part that was not looked at. */
    public static final Map<String, Object> NOT_RUN = Map.of();

    /** Checks and copies. */
    public FrameResultView {
        Objects.requireNonNull(timestamp, "timestamp");
        Objects.requireNonNull(sessionId, "sessionId");
        violations = List.copyOf(violations);
        alerts = List.copyOf(alerts);
        Objects.requireNonNull(faceDetection, "faceDetection");
        Objects.requireNonNull(eyeTracking, "eyeTracking");
        Objects.requireNonNull(objectDetection, "objectDetection");
        Objects.requireNonNull(status, "status");
        load = Finite.rounded(load);
        Objects.requireNonNull(shedding, "shedding");
        alertUpdates = List.copyOf(alertUpdates);
    }

    /** A result without an analysis: {@code error}. */
    public static FrameResultView failed(String timestamp, String sessionId, long frameIndex, String error) {
        return new FrameResultView(
                timestamp,
                sessionId,
                List.of(),
                List.of(),
                NOT_RUN,
                NOT_RUN,
                NOT_RUN,
                "error",
                false,
                null,
                error,
                frameIndex,
                0,
                "none",
                List.of());
    }

    /** A result without an analysis: {@code skipped}. */
    public static FrameResultView skipped(String timestamp, String sessionId, long frameIndex, String reason) {
        return new FrameResultView(
                timestamp,
                sessionId,
                List.of(),
                List.of(),
                NOT_RUN,
                NOT_RUN,
                NOT_RUN,
                "skipped",
                false,
                reason,
                null,
                frameIndex,
                0,
                "none",
                List.of());
    }

    /** The same result with other alert lists. */
    public FrameResultView withAlerts(List<AlertView> newAlerts, List<AlertView> newUpdates) {
        return new FrameResultView(
                timestamp,
                sessionId,
                violations,
                newAlerts,
                faceDetection,
                eyeTracking,
                objectDetection,
                status,
                frameProcessed,
                skipReason,
                error,
                frameIndex,
                load,
                shedding,
                newUpdates);
    }
}
