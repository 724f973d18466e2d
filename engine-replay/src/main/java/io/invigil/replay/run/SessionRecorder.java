package io.invigil.replay.run;

import io.invigil.api.Alert;
import io.invigil.api.Attention;
import io.invigil.api.EngineException;
import io.invigil.api.FrameResult;
import io.invigil.api.Observation;
import io.invigil.api.SessionEvent;
import io.invigil.api.SessionId;
import io.invigil.api.SessionListener;
import io.invigil.api.SessionSignal;
import io.invigil.api.StageTimings;
import io.invigil.report.log.FailedFrame;
import io.invigil.report.log.JournalEntry;
import io.invigil.report.log.JournalWriter;
import io.invigil.report.log.LoggedObservation;
import io.invigil.report.log.LoggedSignal;
import io.invigil.report.log.TracePoint;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes down what a session tells: observations go to their file at once, the rest is kept. Thread-safe; the engine calls
 * it on a thread of its own.
 */
final class SessionRecorder implements SessionListener {
    private static final int MAX_ERRORS = 5;

    private final Writer observationLog;
    private final Collection<String> prohibited;
    private final Map<String, Alert> alerts = new LinkedHashMap<>();
    private final List<SessionEvent> events = new ArrayList<>();
    private final List<TracePoint> traces = new ArrayList<>();
    private final List<String> errors = new ArrayList<>();
    private final List<String> refusals = new ArrayList<>();
    private Optional<IOException> writeFailure = Optional.empty();
    private StageTimings timings = StageTimings.NONE;

    SessionRecorder(Writer observationLog, Collection<String> prohibited) {
        this.observationLog = observationLog;
        this.prohibited = prohibited;
    }

    @Override
    public synchronized void onAlert(SessionId session, Alert alert) {
        alerts.put(alert.id(), alert);
    }

    @Override
    public synchronized void onFrameResult(SessionId session, FrameResult result) {
        timings = sum(timings, result.timings());
        if (result.failure().isPresent()) {
            EngineException failure = result.failure().orElseThrow();
            note(failure, errors);
            log(new FailedFrame(
                    result.frameIndex(), result.timestampNs(), failure.code().name()));
            return;
        }
        Observation seen = result.observation().orElseThrow();
        Attention attention =
                result.attention().orElseGet(() -> Attention.cannotTell(io.invigil.api.Doubt.NOT_EVALUATED));
        traces.add(TracePoint.of(seen, attention, prohibited));
        log(new LoggedObservation(seen, attention));
    }

    @Override
    public synchronized void onSignal(SessionId session, SessionSignal signal) {
        log(new LoggedSignal(signal));
    }

    private void log(JournalEntry entry) {
        if (writeFailure.isEmpty()) {
            try {
                observationLog.write(JournalWriter.write(entry));
                observationLog.write('\n');
            } catch (IOException failure) {
                writeFailure = Optional.of(failure);
            }
        }
    }

    @Override
    public synchronized void onEvent(SessionId session, SessionEvent event) {
        events.add(event);
    }

    @Override
    public synchronized void onError(SessionId session, EngineException error) {
        note(error, errors);
        note(error, refusals);
    }

    private static void note(EngineException error, List<String> texts) {
        String text = error.code() + ": " + error.getMessage();
        if (texts.size() < MAX_ERRORS && !texts.contains(text)) {
            texts.add(text);
        }
    }

    private static StageTimings sum(StageTimings a, StageTimings b) {
        return new StageTimings(
                a.decodeNs() + b.decodeNs(),
                a.faceNs() + b.faceNs(),
                a.gazeNs() + b.gazeNs(),
                a.presenceNs() + b.presenceNs(),
                a.rulesNs() + b.rulesNs());
    }

    synchronized List<Alert> alerts() {
        return List.copyOf(alerts.values());
    }

    synchronized List<SessionEvent> events() {
        return events.stream()
                .sorted(java.util.Comparator.comparingLong(SessionEvent::startNs))
                .toList();
    }

    synchronized List<TracePoint> traces() {
        return List.copyOf(traces);
    }

    /** Different errors, at most a handful. */
    synchronized List<String> errors() {
        return List.copyOf(errors);
    }

    /** Of these, what was told of frames refused at the entrance, not of those that failed later. */
    synchronized List<String> refusals() {
        return List.copyOf(refusals);
    }

    synchronized StageTimings timings() {
        return timings;
    }

    synchronized Optional<IOException> writeFailure() {
        return writeFailure;
    }
}
