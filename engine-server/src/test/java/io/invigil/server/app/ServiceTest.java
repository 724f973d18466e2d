package io.invigil.server.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.invigil.api.EngineLoad;
import io.invigil.api.EngineStatistics;
import io.invigil.api.FrameCounts;
import io.invigil.api.ProctoringEngine;
import io.invigil.api.StageTimings;
import io.invigil.server.config.Settings;
import io.invigil.server.store.StoreFixture;
import io.invigil.server.webhook.Announcer;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ServiceTest {
    @TempDir
    Path folder;

    private final AtomicBoolean engineClosed = new AtomicBoolean();

    private ProctoringEngine engine() {
        return (ProctoringEngine) Proxy.newProxyInstance(
                ProctoringEngine.class.getClassLoader(),
                new Class<?>[] {ProctoringEngine.class},
                (self, method, arguments) -> switch (method.getName()) {
                    case "statistics" ->
                        new EngineStatistics(FrameCounts.ZERO, 0, 0, 0, 0, 0, StageTimings.NONE, EngineLoad.IDLE);
                    case "modelHashes" -> Map.of();
                    case "close" -> {
                        engineClosed.set(true);
                        yield null;
                    }
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    @Test
    void shouldStopEverythingWhenTheStoreDoesNotSayWhatIsLeft() throws SQLException {
        Settings settings = Settings.read(
                Map.of(
                        "--port", "0",
                        "--data", folder.toString(),
                        "--webhook-url", "http://127.0.0.1:1/hook",
                        "--webhook-secret", "0123456789abcdef"),
                Map.of(),
                Optional.empty());
        Service service = Service.start(settings, config -> engine());
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("invigil.db"));
                Statement statement = connection.createStatement()) {
            statement.execute("DROP TABLE webhook");
        }
        assertThat(service.stop()).contains("still to be sent: not known");
        assertThat(engineClosed).isTrue();

        // The database is free again, and lacks the table.
        assertThatThrownBy(() -> Service.start(settings, config -> engine())).hasMessageContaining("cannot be opened");
    }

    @Test
    void shouldMakeRoomForEverySessionThatGoesOnWhenFewerMayBeNow() {
        int kept = 40;
        try (StoreFixture fixture = StoreFixture.sqlite(folder, Announcer.SILENT)) {
            for (int i = 0; i < kept; i++) {
                fixture.beginSession("s" + i);
            }
        }
        AtomicInteger room = new AtomicInteger();
        Settings settings = Settings.read(
                Map.of("--port", "0", "--data", folder.toString(), "--max-sessions", "1"), Map.of(), Optional.empty());
        assertThatThrownBy(() -> Service.start(settings, config -> {
                    room.set(config.maxSessions());
                    throw new IllegalStateException("seen enough");
                }))
                .hasMessage("seen enough");
        assertThat(room.get()).isGreaterThanOrEqualTo(kept);
    }
}
