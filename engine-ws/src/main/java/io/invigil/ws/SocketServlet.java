package io.invigil.ws;

import io.invigil.wire.AccessControl;
import io.invigil.wire.Caller;
import io.invigil.wire.FrameGateway;
import io.invigil.wire.ProblemException;
import io.invigil.wire.ProblemView;
import io.invigil.wire.Scope;
import io.invigil.wire.WireJson;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.Extension;
import jakarta.websocket.server.ServerContainer;
import jakarta.websocket.server.ServerEndpointConfig;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Settles everything about a socket in the handshake, where a refusal can still be said with an HTTP status, and only then
 * upgrades. Needs the server's WebSocket support to be on.
 */
final class SocketServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    static final String PROTOCOL = "invigil.v1";
    static final String TIMED_PROTOCOL = "invigil.timed.v1";
    private static final String TOKEN_PROTOCOL = "invigil.token.";
    private static final String CONTAINER = "jakarta.websocket.server.ServerContainer";
    private static final String SCHEME = "bearer ";
    private static final String VERSION = "13";
    private static final int MAX_PATH = 65;

    private final transient FrameGateway gateway;
    private final transient AccessControl access;
    private final transient OriginRule origins;
    private final transient SocketLimits limits;
    private final transient OpenSockets sockets;
    private final transient SocketCounts counts;

    SocketServlet(
            FrameGateway gateway,
            AccessControl access,
            OriginRule origins,
            SocketLimits limits,
            OpenSockets sockets,
            SocketCounts counts) {
        this.gateway = gateway;
        this.access = access;
        this.origins = origins;
        this.limits = limits;
        this.sockets = sockets;
        this.counts = counts;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        try {
            upgrade(request, response, admit(request));
        } catch (ProblemException refusal) {
            counts.refused.increment();
            refuse(request, response, refusal);
        }
    }

    private record Admitted(String sessionId, boolean timed, List<String> offered) {}

    private Admitted admit(HttpServletRequest request) {
        if (!request.getMethod().equals("GET")) {
            throw ProblemException.methodNotAllowed("GET");
        }
        String path = request.getPathInfo();
        if (path == null || path.length() < 2 || path.length() > MAX_PATH || path.indexOf('/', 1) >= 0) {
            throw ProblemException.notFound();
        }
        String sessionId = path.substring(1);
        if (!"websocket".equalsIgnoreCase(request.getHeader("Upgrade"))
                || !request.getProtocol().equals("HTTP/1.1")) {
            throw ProblemException.of(426, "this path speaks WebSocket only");
        }
        if (!VERSION.equals(request.getHeader("Sec-WebSocket-Version"))) {
            throw ProblemException.of(426, "only version " + VERSION + " of WebSocket is spoken");
        }
        if (!origins.allows(request.getHeader("Origin"), request.getHeader("Host"))) {
            throw ProblemException.of(403, "pages of this origin may not open a socket");
        }
        List<String> offered = offered(request);
        Caller caller = caller(request, offered);
        if (!caller.may(Scope.CANDIDATE, sessionId)) {
            throw ProblemException.of(403, "the token is for another session");
        }
        boolean timed = offered.contains(TIMED_PROTOCOL);
        if (timed && !caller.may(Scope.HOST)) {
            throw ProblemException.of(403, "only a host may send pictures with their own times");
        }
        gateway.check(sessionId);
        return new Admitted(sessionId, timed, offered);
    }

    private static List<String> offered(HttpServletRequest request) {
        List<String> offered = new ArrayList<>();
        for (String header : Collections.list(request.getHeaders("Sec-WebSocket-Protocol"))) {
            for (String name : header.split(",")) {
                offered.add(name.trim());
            }
        }
        return offered;
    }

    private Caller caller(HttpServletRequest request, List<String> offered) {
        if (!access.asksForTokens()) {
            return Caller.ANYBODY;
        }
        String token = token(request, offered).orElseThrow(() -> ProblemException.of(401, "a token is asked for"));
        return access.callerOf(token)
                .orElseThrow(() -> ProblemException.of(401, "the token is wrong or no longer valid"));
    }

    private static Optional<String> token(HttpServletRequest request, List<String> offered) {
        String header = request.getHeader("Authorization");
        if (header != null && header.toLowerCase(Locale.ROOT).startsWith(SCHEME)) {
            return Optional.of(header.substring(SCHEME.length()).trim());
        }
        Optional<String> protocol = offered.stream()
                .filter(name -> name.startsWith(TOKEN_PROTOCOL))
                .findFirst()
                .map(name -> name.substring(TOKEN_PROTOCOL.length()));
        return protocol.isPresent() ? protocol : Optional.ofNullable(tokenInQuery(request));
    }

    private static String tokenInQuery(HttpServletRequest request) {
        try {
            return request.getParameter("token");
        } catch (RuntimeException damaged) { // Every container throws a kind of its own.
            throw ProblemException.of(400, "the query cannot be decoded");
        }
    }

    private void upgrade(HttpServletRequest request, HttpServletResponse response, Admitted admitted)
            throws ServletException, IOException {
        ServerContainer container = (ServerContainer) getServletContext().getAttribute(CONTAINER);
        if (container == null) {
            throw new ServletException("the server's WebSocket support is off");
        }
        FrameSocket socket = new FrameSocket(
                admitted.sessionId(), request.getRemoteAddr(), admitted.timed(), gateway, limits, sockets, counts);
        ServerEndpointConfig config = ServerEndpointConfig.Builder.create(
                        FrameSocket.class, request.getServletPath() + "/{session_id}")
                .configurator(new OneSocket(socket, admitted.offered()))
                .build();
        sockets.reserve(socket);
        try {
            container.upgradeHttpToWebSocket(request, response, config, Map.of("session_id", admitted.sessionId()));
        } catch (DeploymentException | IOException | RuntimeException failure) {
            sockets.remove(socket);
            throw new ServletException("the upgrade failed", failure);
        }
    }

    private static void refuse(HttpServletRequest request, HttpServletResponse response, ProblemException refusal)
            throws IOException {
        response.setStatus(refusal.status());
        refusal.allowed().ifPresent(methods -> response.setHeader("Allow", methods));
        if (refusal.status() == 401) {
            response.setHeader("WWW-Authenticate", "Bearer");
        }
        if (refusal.status() == 426) {
            response.setHeader("Upgrade", "websocket");
            response.setHeader("Sec-WebSocket-Version", VERSION);
        }
        Duration wait = refusal.retryAfter().orElse(Duration.ZERO);
        if (!wait.isZero()) {
            response.setHeader("Retry-After", Long.toString(Math.max(1, wait.toSeconds())));
        }
        byte[] body = WireJson.writeBytes(ProblemView.of(refusal, request.getRequestURI()));
        response.setContentType("application/problem+json");
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    /** Hands one endpoint to the container and chooses its protocol; pictures do not compress, so no extension. */
    private static final class OneSocket extends ServerEndpointConfig.Configurator {
        private final FrameSocket socket;
        private final List<String> offered;

        private OneSocket(FrameSocket socket, List<String> offered) {
            this.socket = socket;
            this.offered = offered;
        }

        @Override
        public <T> T getEndpointInstance(Class<T> type) {
            return type.cast(socket);
        }

        @Override
        public boolean checkOrigin(String origin) {
            return true; // Looked at before.
        }

        @Override
        public List<Extension> getNegotiatedExtensions(List<Extension> installed, List<Extension> requested) {
            return List.of();
        }

        @Override
        public String getNegotiatedSubprotocol(List<String> supported, List<String> requested) {
            // A browser that offers protocols and is given none gives up, so one of its own must do.
            if (offered.contains(TIMED_PROTOCOL)) {
                return TIMED_PROTOCOL;
            }
            return offered.contains(PROTOCOL) || offered.isEmpty() ? offered.isEmpty() ? "" : PROTOCOL : offered.get(0);
        }
    }
}
