package io.invigil.server.live;

import io.invigil.api.EngineStatistics;
import io.invigil.api.ProctoringEngine;
import io.invigil.server.record.RecordStore;
import io.invigil.wire.DetailedHealthView;
import io.invigil.wire.FramesView;
import io.invigil.wire.HealthView;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Says how the service does. Thread-safe. */
final class Health {
    private final ProctoringEngine engine;
    private final RecordStore store;
    private final LiveSettings settings;
    private final LiveSessions sessions;
    private final ServerClock clock;
    private final Map<String, String> modelHashes;
    private final long startedNs;

    Health(
            ProctoringEngine engine,
            RecordStore store,
            LiveSettings settings,
            LiveSessions sessions,
            ServerClock clock) {
        this.engine = engine;
        this.store = store;
        this.settings = settings;
        this.sessions = sessions;
        this.clock = clock;
        this.modelHashes = engine.modelHashes();
        this.startedNs = clock.monotonicNs();
    }

    HealthView view() {
        return new HealthView(status(problems(store.isHealthy())), settings.environment(), false);
    }

    private String status(List<String> problems) {
        if (sessions.isStopping()) {
            return "stopping";
        }
        return problems.isEmpty() ? "ok" : "degraded";
    }

    private List<String> problems(boolean storeAnswers) {
        List<String> problems = new ArrayList<>();
        if (!storeAnswers) {
            problems.add("the store does not answer");
        }
        long unsaved =
                sessions.all().stream().filter(LiveSession::isStoreFailing).count();
        if (unsaved > 0) {
            problems.add(unsaved + " sessions could not be kept lately");
        }
        return problems;
    }

    DetailedHealthView detailed() {
        EngineStatistics statistics = engine.statistics();
        boolean storeAnswers = store.isHealthy();
        List<String> problems = problems(storeAnswers);
        return new DetailedHealthView(
                status(problems),
                settings.environment(),
                false,
                settings.version(),
                (clock.monotonicNs() - startedNs) / 1e9,
                modelHashes,
                settings.lanes(),
                statistics.openSessions(),
                (int) sessions.all().stream().filter(LiveSession::isConnected).count(),
                statistics.load().load(),
                statistics.load().shedding().name().toLowerCase(Locale.ROOT),
                FramesView.of(statistics.frames()),
                new DetailedHealthView.StoreView(store.kind(), storeAnswers ? "ok" : "failing"),
                problems);
    }
}
