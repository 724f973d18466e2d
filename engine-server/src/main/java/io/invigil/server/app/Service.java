package io.invigil.server.app;

import io.invigil.api.EngineConfig;
import io.invigil.api.EngineException;
import io.invigil.api.Policy;
import io.invigil.api.ProctoringEngine;
import io.invigil.http.CorsSettings;
import io.invigil.http.HttpLimits;
import io.invigil.report.log.PolicyException;
import io.invigil.report.log.PolicyParser;
import io.invigil.server.InvigilServer;
import io.invigil.server.PagesServlet;
import io.invigil.server.ServerLimits;
import io.invigil.server.config.ConfigException;
import io.invigil.server.config.Setting;
import io.invigil.server.config.Settings;
import io.invigil.server.live.LiveSettings;
import io.invigil.server.metrics.MetricsServlet;
import io.invigil.server.metrics.ServerMetrics;
import io.invigil.server.record.StoreException;
import io.invigil.server.store.JdbcStore;
import io.invigil.server.store.StoreSettings;
import io.invigil.server.webhook.Announcer;
import io.invigil.server.webhook.OutboxDeliveries;
import io.invigil.server.webhook.WebhookSender;
import io.invigil.server.webhook.WebhookSettings;
import io.invigil.server.webhook.WireAnnouncer;
import io.invigil.wire.Scope;
import io.invigil.ws.SocketLimits;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Everything that runs: engine, store, webhooks and server, made from settings and stopped in the right order. */
final class Service {
    private static final Logger LOG = LoggerFactory.getLogger(Service.class);

    private final Settings settings;
    private final ProctoringEngine engine;
    private final JdbcStore store;
    private final Optional<WebhookSender> webhooks;
    private final InvigilServer server;
    private final Retention retention;

    private Service(
            Settings settings,
            ProctoringEngine engine,
            JdbcStore store,
            Optional<WebhookSender> webhooks,
            InvigilServer server) {
        this.settings = settings;
        this.engine = engine;
        this.store = store;
        this.webhooks = webhooks;
        this.server = server;
        this.retention = new Retention(store, settings.number(Setting.RETENTION_DAYS));
    }

    static Service start(Settings settings, Function<EngineConfig, ProctoringEngine> engines) {
        LogSetup.apply(settings);
        Policy policy = policy(settings.text(Setting.POLICY));
        ServerMetrics metrics = new ServerMetrics();
        Optional<WebhookSettings> webhook = webhook(settings);
        JdbcStore store = JdbcStore.open(
                storeSettings(settings), webhook.isPresent() ? new WireAnnouncer() : Announcer.SILENT, metrics);
        ProctoringEngine engine = null;
        InvigilServer server = null;
        try {
            EngineConfig config =
                    engineConfig(settings, metrics, store.liveSessions().size());
            engine = engines.apply(config);
            server = server(settings, policy, metrics, config.lanes(), engine, store);
            Optional<WebhookSender> sender = webhook.map(rules -> new WebhookSender(store.outbox(), rules));
            return new Service(settings, engine, store, sender, server);
        } catch (RuntimeException failure) {
            if (server != null) {
                server.close();
            }
            if (engine != null) {
                engine.close();
            }
            store.close();
            throw failure;
        }
    }

    private static Policy policy(String nameOrFile) {
        if (Policy.presets().stream().anyMatch(preset -> preset.name().equals(nameOrFile))) {
            return Policy.preset(nameOrFile);
        }
        try {
            return new PolicyParser().parse(Files.readString(Path.of(nameOrFile)));
        } catch (IOException | PolicyException | EngineException unusable) {
            throw new ConfigException(
                    "policy is \"" + nameOrFile + "\", must be a policy document's file or one of "
                            + Policy.presets().stream().map(Policy::name).collect(Collectors.joining(", ")) + ": "
                            + unusable.getMessage(),
                    unusable);
        }
    }

    private static Optional<WebhookSettings> webhook(Settings settings) {
        String url = settings.text(Setting.WEBHOOK_URL);
        if (url.isEmpty()) {
            return Optional.empty();
        }
        String secret = settings.text(Setting.WEBHOOK_SECRET);
        if (secret.isEmpty()) {
            throw new ConfigException("webhook-url is set and webhook-secret is not: messages are always signed");
        }
        URI receiver;
        try {
            receiver = new URI(url);
        } catch (URISyntaxException damaged) { // Its message shows the address, which may hold a secret.
            throw new ConfigException("webhook-url is no address, must be http://HOST... or https://HOST...");
        }
        try {
            return Optional.of(WebhookSettings.of(
                    receiver,
                    secret,
                    settings.whole(Setting.WEBHOOK_ATTEMPTS),
                    Duration.ofMillis(settings.number(Setting.WEBHOOK_TIMEOUT_MILLIS))));
        } catch (IllegalArgumentException unusable) {
            throw new ConfigException("webhook-url and webhook-secret cannot be used: " + unusable.getMessage());
        }
    }

    private static StoreSettings storeSettings(Settings settings) {
        String url = settings.text(Setting.STORE);
        StoreSettings defaults = StoreSettings.at(
                url.isEmpty() ? "jdbc:sqlite:" + Path.of(settings.text(Setting.DATA), "invigil.db") : url);
        return new StoreSettings(
                defaults.url(),
                settings.text(Setting.STORE_USER),
                settings.text(Setting.STORE_PASSWORD),
                settings.whole(Setting.STORE_READERS),
                settings.whole(Setting.STORE_QUEUE),
                defaults.maxWaitingBytes(),
                defaults.answerTimeout(),
                defaults.closeTimeout());
    }

    /** Those that go on from before find room, however few new ones may be. */
    private static EngineConfig engineConfig(Settings settings, ServerMetrics metrics, int goingOn) {
        int live = Math.max(settings.whole(Setting.MAX_SESSIONS), goingOn);
        EngineConfig.Builder builder = EngineConfig.builder()
                // Looks before a session starts open one of their own.
                .maxSessions(Math.min(100_000, live + 16))
                .maxPixels(settings.number(Setting.MAX_PIXELS))
                .frameObserver(metrics);
        if (settings.number(Setting.LANES) > 0) {
            builder.lanes(settings.whole(Setting.LANES));
        }
        return builder.build();
    }

    private static InvigilServer server(
            Settings settings,
            Policy policy,
            ServerMetrics metrics,
            int lanes,
            ProctoringEngine engine,
            JdbcStore store) {
        metrics.engine(engine::statistics);
        metrics.gauge("invigil_store_waiting_writes", "Writes that wait", () -> store, JdbcStore::waitingWrites);
        metrics.gauge(
                "invigil_store_oldest_write_seconds",
                "How long the oldest write has been waiting",
                () -> store,
                kept -> kept.oldestWriteAgeNs() / 1e9);
        InvigilServer.Builder builder = InvigilServer.builder(engine, store)
                .host(settings.text(Setting.HOST))
                .port(settings.whole(Setting.PORT))
                .openToAll(settings.isOn(Setting.OPEN))
                .live(live(settings, policy, metrics, lanes))
                .cors(new CorsSettings(Set.copyOf(settings.list(Setting.CORS_ORIGINS))))
                .hostNames(Set.copyOf(settings.list(Setting.HOST_NAMES)))
                .httpLimits(httpLimits(settings))
                .socketLimits(socketLimits(settings))
                .serverLimits(serverLimits(settings))
                .callListener(metrics)
                .servlet("/metrics", new MetricsServlet(metrics), Scope.PROCTOR);
        if (!settings.text(Setting.WEBHOOK_URL).isEmpty()) {
            builder.deliveries(new OutboxDeliveries(store.outbox()));
            metrics.webhooks(store.outbox()::counts);
        }
        Access.of(settings).ifPresent(access -> builder.access(access).tokens(access));
        pages(settings).ifPresent(pages -> PagesServlet.PATTERNS.forEach(pattern -> builder.servlet(pattern, pages)));
        InvigilServer server = builder.start();
        metrics.sockets(server::sockets);
        return server;
    }

    private static LiveSettings live(Settings settings, Policy policy, ServerMetrics metrics, int lanes) {
        String version = Service.class.getPackage().getImplementationVersion();
        LiveSettings.Builder live = LiveSettings.builder();
        if (settings.number(Setting.MAX_UNKEPT_PICTURE_BYTES) > 0) {
            live.maxUnkeptPictureBytes(settings.number(Setting.MAX_UNKEPT_PICTURE_BYTES));
        }
        return live.defaultPolicy(policy)
                .unconnected(Duration.ofSeconds(settings.number(Setting.UNCONNECTED_SECONDS)))
                .idle(Duration.ofSeconds(settings.number(Setting.IDLE_SECONDS)))
                .grace(Duration.ofSeconds(settings.number(Setting.GRACE_SECONDS)))
                .saveInterval(Duration.ofMillis(settings.number(Setting.SAVE_MILLIS)))
                .maxSessions(settings.whole(Setting.MAX_SESSIONS))
                .maxSessionsPerCaller(settings.whole(Setting.MAX_SESSIONS_PER_CALLER))
                .maxAnalysedFps(settings.real(Setting.MAX_FPS))
                .environment(settings.text(Setting.ENVIRONMENT))
                .publicWsUrl(settings.text(Setting.PUBLIC_WS_URL))
                .lanes(lanes)
                .resultMeter(metrics)
                .maxUnkept(settings.whole(Setting.MAX_UNKEPT))
                .lossMeter(metrics)
                .version(version == null ? "development" : version)
                .build();
    }

    private static HttpLimits httpLimits(Settings settings) {
        HttpLimits defaults = HttpLimits.DEFAULTS;
        return new HttpLimits(
                settings.whole(Setting.MAX_BODY_BYTES),
                settings.whole(Setting.MAX_PICTURE_BYTES),
                defaults.bodyTimeout(),
                settings.real(Setting.REQUESTS_PER_SECOND),
                settings.whole(Setting.REQUEST_BURST),
                defaults.maxStreams(),
                defaults.maxStreamsPerClient());
    }

    private static SocketLimits socketLimits(Settings settings) {
        SocketLimits defaults = SocketLimits.DEFAULTS;
        return new SocketLimits(
                settings.whole(Setting.MAX_PICTURE_BYTES),
                defaults.maxTextChars(),
                defaults.messageTimeout(),
                defaults.sendTimeout(),
                defaults.pingInterval(),
                defaults.idleTimeout(),
                settings.whole(Setting.MAX_SOCKETS),
                settings.whole(Setting.MAX_SOCKETS_PER_CLIENT),
                defaults.eventsPerSecond());
    }

    private static ServerLimits serverLimits(Settings settings) {
        return new ServerLimits(
                settings.whole(Setting.MAX_HEADER_BYTES),
                Duration.ofSeconds(settings.number(Setting.CONNECTION_IDLE_SECONDS)),
                settings.whole(Setting.MAX_CONNECTIONS),
                ServerLimits.DEFAULTS.maxThreads(),
                Duration.ofSeconds(settings.number(Setting.STOP_SECONDS)));
    }

    private static Optional<PagesServlet> pages(Settings settings) {
        String folder = settings.text(Setting.PAGES);
        if (folder.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new PagesServlet(Path.of(folder)));
        } catch (IOException failure) {
            throw new ConfigException(
                    "pages is \"" + folder + "\", must be the folder of the built pages: " + failure.getMessage(),
                    failure);
        }
    }

    /** What is said once the server answers. */
    List<String> greeting() {
        String address = settings.text(Setting.HOST).contains(":")
                ? '[' + settings.text(Setting.HOST) + ']'
                : settings.text(Setting.HOST);
        String base = "http://" + address + ":" + server.port();
        List<String> lines = new ArrayList<>();
        lines.add("Invigil listens on " + base + " (WebSockets at /ws/{session_id})");
        lines.add("The calls are described at " + base + "/openapi.json and " + base + "/docs/websocket");
        lines.add(
                settings.text(Setting.PAGES).isEmpty()
                        ? "The interview and review pages are not built; everything else works"
                        : "Pages: " + base + "/interview and " + base + "/review");
        lines.add("Records are kept in the " + store.kind() + " store; stop with Ctrl-C");
        return lines;
    }

    void awaitStop() throws InterruptedException {
        server.awaitStop();
    }

    /** Stops everything, whatever of it fails; says what was left. */
    String stop() {
        int live = engine.statistics().openSessions();
        List<AutoCloseable> inOrder = new ArrayList<>(List.of(server));
        webhooks.ifPresent(inOrder::add);
        inOrder.add(retention);
        inOrder.forEach(Service::closeSafely);
        String unsent = webhooks.isPresent() ? unsent() : "0";
        closeSafely(engine);
        closeSafely(store);
        return "Stopped. Sessions that go on after the next start: " + live
                + ". Messages to the host still to be sent: " + unsent + "."
                + (store.unkeptWrites() == 0
                        ? ""
                        : " Changes that the database did not take: " + store.unkeptWrites() + ".");
    }

    private String unsent() {
        try {
            return Long.toString(store.outbox().counts().waiting());
        } catch (StoreException unknown) {
            return "not known, the store does not answer";
        }
    }

    private static void closeSafely(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception failure) {
            LOG.error("{} did not stop cleanly", part.getClass().getSimpleName(), failure);
        }
    }
}
