package io.invigil.core.pipeline;

import io.invigil.api.Alert;
import io.invigil.api.EngineException;
import io.invigil.api.FrameResult;
import io.invigil.api.SessionId;
import io.invigil.api.SessionListener;
import io.invigil.api.SessionState;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Keeps everything it hears. */
final class RecordingListener implements SessionListener {
    private final boolean hearsResults;
    final List<Alert> alerts = Collections.synchronizedList(new ArrayList<>());
    final List<FrameResult> results = Collections.synchronizedList(new ArrayList<>());
    final List<EngineException> errors = Collections.synchronizedList(new ArrayList<>());
    final List<SessionState> states = Collections.synchronizedList(new ArrayList<>());

    RecordingListener() {
        this(true);
    }

    /** One that may say that it does not want to hear what became of frames. */
    RecordingListener(boolean hearsResults) {
        this.hearsResults = hearsResults;
    }

    @Override
    public boolean hearsFrameResults() {
        return hearsResults;
    }

    @Override
    public void onAlert(SessionId session, Alert alert) {
        alerts.add(alert);
    }

    @Override
    public void onFrameResult(SessionId session, FrameResult result) {
        results.add(result);
    }

    @Override
    public void onError(SessionId session, EngineException error) {
        errors.add(error);
    }

    @Override
    public void onStateChange(SessionId session, SessionState state) {
        states.add(state);
    }
}
