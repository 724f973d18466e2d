package io.invigil.server;

import io.invigil.api.ProctoringEngine;
import io.invigil.http.CallListener;
import io.invigil.http.CorsSettings;
import io.invigil.http.HostFilter;
import io.invigil.http.HttpLimits;
import io.invigil.http.RestAdapter;
import io.invigil.http.RestServlet;
import io.invigil.http.ScopeFilter;
import io.invigil.server.live.Deliveries;
import io.invigil.server.live.LiveProctoring;
import io.invigil.server.live.LiveSettings;
import io.invigil.server.live.ServerClock;
import io.invigil.server.live.SessionTokens;
import io.invigil.server.record.RecordStore;
import io.invigil.wire.AccessControl;
import io.invigil.wire.Scope;
import io.invigil.ws.OriginRule;
import io.invigil.ws.SocketAdapter;
import io.invigil.ws.SocketLimits;
import io.invigil.ws.SocketStatistics;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.Servlet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.EnumSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.ee10.websocket.jakarta.server.config.JakartaWebSocketServletContainerInitializer;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.websocket.core.WebSocketConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The server: REST calls and WebSockets on one port, over an engine and a store that stay the caller's. {@link #close()}
 * refuses new work, keeps where every session stands and lets go of the port; a server started later on the same store goes on
 * with the sessions.
 */
public final class InvigilServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(InvigilServer.class);

    private final Server jetty;
    private final ServerConnector connector;
    private final LiveProctoring live;
    private final Adapters adapters;

    private InvigilServer(Server jetty, ServerConnector connector, LiveProctoring live, Adapters adapters) {
        this.jetty = jetty;
        this.connector = connector;
        this.live = live;
        this.adapters = adapters;
    }

    /** What the container mounts while it starts. */
    private static final class Adapters {
        private RestServlet calls;
        private SocketAdapter sockets;
    }

    /** A builder with the defaults: the loopback interface, port 8000, no tokens. */
    public static Builder builder(ProctoringEngine engine, RecordStore store) {
        return new Builder(engine, store);
    }

    /** The port it listens on. */
    public int port() {
        return connector.getLocalPort();
    }

    /** The service behind the adapters. */
    public LiveProctoring service() {
        return live;
    }

    /** What went over the sockets since the start. */
    public SocketStatistics sockets() {
        return adapters.sockets.statistics();
    }

    /** Waits until the server was closed. */
    public void awaitStop() throws InterruptedException {
        jetty.join();
    }

    @Override
    public void close() {
        connector.close(); // Nobody new.
        closeSafely("the sockets", adapters.sockets);
        closeSafely("the sessions", live);
        closeSafely("the event streams", adapters.calls); // After the last event was told.
        closeSafely("the server", jetty::stop);
    }

    private static void closeSafely(String what, AutoCloseable part) {
        try {
            part.close();
        } catch (Exception failure) {
            LOG.warn("{} did not stop cleanly: {}", what, failure.getClass().getName());
        }
    }

    /** A picture is some 100 kB: read in few pieces rather than in dozens of the container's small ones. */
    private static final class WideReads implements Connection.Listener {
        private static final int BYTES = 64 * 1024;

        @Override
        public void onOpened(Connection connection) {
            if (connection instanceof WebSocketConnection socket) {
                socket.setInputBufferSize(BYTES);
            }
        }
    }

    /** Builds and starts a server. Not thread-safe. */
    public static final class Builder {
        private final ProctoringEngine engine;
        private final RecordStore store;
        private String host = "127.0.0.1";
        private int port = 8000;
        private boolean openToAll;
        private AccessControl access = AccessControl.open();
        private SessionTokens tokens = SessionTokens.NONE;
        private LiveSettings live = LiveSettings.builder().build();
        private ServerClock clock = ServerClock.system();
        private CorsSettings cors = CorsSettings.DEVELOPMENT;
        private HttpLimits httpLimits = HttpLimits.DEFAULTS;
        private SocketLimits socketLimits = SocketLimits.DEFAULTS;
        private ServerLimits serverLimits = ServerLimits.DEFAULTS;
        private Set<String> hostNames = Set.of();
        private Deliveries deliveries = Deliveries.NONE;
        private CallListener callListener = CallListener.NONE;
        private final Map<String, Servlet> servlets = new LinkedHashMap<>();
        private final Map<String, Scope> scopes = new LinkedHashMap<>();

        private Builder(ProctoringEngine engine, RecordStore store) {
            this.engine = Objects.requireNonNull(engine, "engine");
            this.store = Objects.requireNonNull(store, "store");
        }

        /** The address to listen on. Default: 127.0.0.1. */
        public Builder host(String value) {
            host = Objects.requireNonNull(value, "host");
            return this;
        }

        /** The port, 0 for any free one. Default: 8000. */
        public Builder port(int value) {
            port = value;
            return this;
        }

        /** Allows a server that asks for no tokens to listen beyond the loopback interface. Default: it may not. */
        public Builder openToAll(boolean value) {
            openToAll = value;
            return this;
        }

        /** Who may do what. Default: everybody, everything. */
        public Builder access(AccessControl value) {
            access = Objects.requireNonNull(value, "access");
            return this;
        }

        /** Who makes tokens for candidates. Default: nobody. */
        public Builder tokens(SessionTokens value) {
            tokens = Objects.requireNonNull(value, "tokens");
            return this;
        }

        /** How sessions are run. */
        public Builder live(LiveSettings value) {
            live = Objects.requireNonNull(value, "live");
            return this;
        }

        /** The clocks; for tests. */
        public Builder clock(ServerClock value) {
            clock = Objects.requireNonNull(value, "clock");
            return this;
        }

        /** Pages of which other origins may call and open sockets. Default: {@link CorsSettings#DEVELOPMENT}. */
        public Builder cors(CorsSettings value) {
            cors = Objects.requireNonNull(value, "cors");
            return this;
        }

        /** How much the REST adapter takes. */
        public Builder httpLimits(HttpLimits value) {
            httpLimits = Objects.requireNonNull(value, "httpLimits");
            return this;
        }

        /** How much the WebSocket adapter takes. */
        public Builder socketLimits(SocketLimits value) {
            socketLimits = Objects.requireNonNull(value, "socketLimits");
            return this;
        }

        /** How much the server takes before the adapters. */
        public Builder serverLimits(ServerLimits value) {
            serverLimits = Objects.requireNonNull(value, "serverLimits");
            return this;
        }

        /**
         * Under which names it answers, without ports. Default: on the loopback interface without tokens its names alone, and
         * any name otherwise.
         */
        public Builder hostNames(Set<String> value) {
            hostNames = Set.copyOf(value);
            return this;
        }

        /** Messages to the host, to be looked at and sent anew. Default: none. */
        public Builder deliveries(Deliveries value) {
            deliveries = Objects.requireNonNull(value, "deliveries");
            return this;
        }

        /** Who hears of answered calls. Default: nobody. */
        public Builder callListener(CallListener value) {
            callListener = Objects.requireNonNull(value, "callListener");
            return this;
        }

        /** One more servlet beside the REST calls, at this pattern, for everybody: static pages. */
        public Builder servlet(String pattern, Servlet servlet) {
            servlets.put(Objects.requireNonNull(pattern, "pattern"), Objects.requireNonNull(servlet, "servlet"));
            return this;
        }

        /** As {@link #servlet(String, Servlet)}, for callers whose token allows the scope: metrics. */
        public Builder servlet(String pattern, Servlet servlet, Scope scope) {
            scopes.put(pattern, Objects.requireNonNull(scope, "scope"));
            return servlet(pattern, servlet);
        }

        /**
         * Starts.
         *
         * @throws IllegalArgumentException for a server without tokens that would listen beyond the loopback interface
         * @throws UncheckedIOException when the port cannot be had
         */
        public InvigilServer start() {
            checkOpenness();
            QueuedThreadPool threads = new QueuedThreadPool(serverLimits.maxThreads(), 4, 30_000);
            threads.setName("invigil-http");
            Server jetty = new Server(threads);
            jetty.setErrorHandler(new ProblemPages());
            jetty.setStopTimeout(serverLimits.stopTimeout().toMillis());
            jetty.addBean(new NetworkConnectionLimit(serverLimits.maxConnections(), jetty));
            ServerConnector connector = connector(jetty);
            LiveProctoring service = new LiveProctoring(engine, store, live, tokens, clock, deliveries);
            Adapters adapters = new Adapters();
            jetty.setHandler(context(service, adapters));
            try {
                jetty.start();
            } catch (Exception failure) {
                service.close();
                stopQuietly(jetty);
                throw new UncheckedIOException(
                        "cannot listen on " + host + ":" + port,
                        failure instanceof IOException io ? io : new IOException(failure));
            }
            return new InvigilServer(jetty, connector, service, adapters);
        }

        private static void stopQuietly(Server jetty) {
            try {
                jetty.stop();
            } catch (Exception ignored) {
                LOG.debug(
                        "a server that could not start did not stop either: {}",
                        ignored.getClass().getName());
            }
        }

        private void checkOpenness() {
            boolean loopback = isLoopback();
            if (access.asksForTokens() || loopback) {
                return;
            }
            if (!openToAll) {
                throw new IllegalArgumentException(
                        "host is " + host + " and no tokens are asked for, must be a loopback"
                                + " address, or tokens must be set, or open must be true (openToAll of the builder)");
            }
            LOG.warn(
                    "listening on {} without tokens: everybody who reaches this port may create, watch and end sessions",
                    host);
        }

        private boolean isLoopback() {
            try {
                return InetAddress.getByName(host).isLoopbackAddress();
            } catch (UnknownHostException unknown) {
                throw new IllegalArgumentException(
                        "host is \"" + host + "\", must be an address or name of this machine");
            }
        }

        private ServerConnector connector(Server jetty) {
            HttpConfiguration config = new HttpConfiguration();
            config.setSendServerVersion(false);
            config.setSendDateHeader(true);
            config.setRequestHeaderSize(serverLimits.maxHeaderBytes());
            ServerConnector connector = new ServerConnector(jetty, 1, 1, new HttpConnectionFactory(config));
            connector.setHost(host);
            connector.setPort(port);
            connector.setIdleTimeout(serverLimits.idleTimeout().toMillis());
            connector.setReuseAddress(true);
            connector.addEventListener(new WideReads());
            jetty.addConnector(connector);
            return connector;
        }

        private ServletContextHandler context(LiveProctoring service, Adapters adapters) {
            ServletContextHandler context = new ServletContextHandler(ServletContextHandler.NO_SESSIONS);
            context.setContextPath("/");
            context.setErrorHandler(new ServletProblemPages());
            Map<Servlet, ServletHolder> holders = new IdentityHashMap<>();
            servlets.forEach((pattern, servlet) -> {
                ServletHolder holder = holders.computeIfAbsent(servlet, ServletHolder::new);
                holder.setAsyncSupported(true);
                context.addServlet(holder, pattern);
            });
            JakartaWebSocketServletContainerInitializer.configure(context, null);
            context.addServletContainerInitializer((classes, started) -> {
                adapters.calls = RestAdapter.builder(service, service.feed())
                        .access(access)
                        .cors(cors)
                        .limits(httpLimits)
                        .hostNames(names())
                        .listener(callListener)
                        .mount(started, "");
                scopes.forEach((pattern, scope) -> {
                    FilterRegistration.Dynamic guard =
                            started.addFilter("invigil-scope " + pattern, new ScopeFilter(access, scope));
                    guard.setAsyncSupported(true);
                    guard.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), true, pattern);
                });
                adapters.sockets = SocketAdapter.builder(service)
                        .access(access)
                        .origins(new OriginRule(cors.origins()))
                        .limits(socketLimits)
                        .mount(started, "/ws");
            });
            return context;
        }

        private Set<String> names() {
            if (!hostNames.isEmpty()) {
                return hostNames;
            }
            if (access.asksForTokens() || !isLoopback()) {
                return Set.of();
            }
            Set<String> names = new TreeSet<>(HostFilter.LOOPBACK);
            names.add(host);
            return names;
        }
    }
}
