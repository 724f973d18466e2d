package io.invigil.ws;

import io.invigil.wire.AccessControl;
import io.invigil.wire.FrameGateway;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import java.util.Objects;

/**
 * Mounts the WebSocket into any Jakarta Servlet 6 and WebSocket 2.1 server, from a {@code ServletContainerInitializer} or a
 * context listener; the server's WebSocket support must be on.
 *
 * <pre>{@code
 * SocketAdapter sockets = SocketAdapter.builder(gateway).origins(rule).mount(servletContext, "/ws");
 * ...
 * sockets.close();
 * }</pre>
 */
public final class SocketAdapter implements AutoCloseable {
    private final OpenSockets sockets;
    private final SocketCounts counts;

    private SocketAdapter(OpenSockets sockets, SocketCounts counts) {
        this.sockets = sockets;
        this.counts = counts;
    }

    /** A builder over a port, with the defaults. */
    public static Builder builder(FrameGateway gateway) {
        return new Builder(gateway);
    }

    /** What went over the sockets since the start. */
    public SocketStatistics statistics() {
        return counts.snapshot(sockets.size());
    }

    /** Closes every socket: the server stops. Idempotent. */
    @Override
    public void close() {
        sockets.close();
    }

    /** Builds an adapter. Not thread-safe. */
    public static final class Builder {
        private final FrameGateway gateway;
        private AccessControl access = AccessControl.open();
        private OriginRule origins = OriginRule.DEVELOPMENT;
        private SocketLimits limits = SocketLimits.DEFAULTS;

        private Builder(FrameGateway gateway) {
            this.gateway = Objects.requireNonNull(gateway, "gateway");
        }

        /** Who may open a socket. Default: everybody. */
        public Builder access(AccessControl value) {
            access = Objects.requireNonNull(value, "access");
            return this;
        }

        /** Whose pages may open one. Default: {@link OriginRule#DEVELOPMENT}. */
        public Builder origins(OriginRule value) {
            origins = Objects.requireNonNull(value, "origins");
            return this;
        }

        /** How much is taken. Default: {@link SocketLimits#DEFAULTS}. */
        public Builder limits(SocketLimits value) {
            limits = Objects.requireNonNull(value, "limits");
            return this;
        }

        /**
         * Adds the servlet to a context that is starting.
         *
         * @param path below the context: the sockets are at {@code path/{session_id}}
         */
        public SocketAdapter mount(ServletContext context, String path) {
            SocketCounts counts = new SocketCounts();
            OpenSockets sockets = new OpenSockets(limits);
            ServletRegistration.Dynamic servlet = context.addServlet(
                    "invigil-socket", new SocketServlet(gateway, access, origins, limits, sockets, counts));
            servlet.setAsyncSupported(true);
            servlet.setLoadOnStartup(1);
            servlet.addMapping(path + "/*");
            return new SocketAdapter(sockets, counts);
        }
    }
}
