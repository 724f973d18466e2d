package io.invigil.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.wire.FrameGateway;
import io.invigil.wire.FrameLink;
import io.invigil.wire.FrameSink;
import io.invigil.wire.ProblemException;
import io.invigil.ws.SocketAdapter;
import java.time.Duration;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.websocket.jakarta.server.config.JakartaWebSocketServletContainerInitializer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a socket is closed with when its session changes between the handshake's check and its opening. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CloseCodeTest {
    private final Server jetty = new Server();
    private SocketAdapter sockets;

    /** A session that the check finds alive and the opening does not. */
    private record Changing(ProblemException refusal) implements FrameGateway {
        @Override
        public void check(String sessionId) {}

        @Override
        public FrameLink attach(String sessionId, FrameSink sink) {
            throw refusal;
        }
    }

    private int closeCode(ProblemException refusal) throws Exception {
        ServerConnector connector = new ServerConnector(jetty);
        jetty.addConnector(connector);
        ServletContextHandler context = new ServletContextHandler();
        jetty.setHandler(context);
        JakartaWebSocketServletContainerInitializer.configure(context, null);
        context.addServletContainerInitializer((classes, started) ->
                sockets = SocketAdapter.builder(new Changing(refusal)).mount(started, "/ws"));
        jetty.start();
        return new Client(connector.getLocalPort()).dial("any").closeCode();
    }

    @AfterEach
    void stop() throws Exception {
        sockets.close();
        jetty.stop();
    }

    @Test
    void shouldSayThatDiallingAgainIsOfNoUseWhenTheSessionIsOver() throws Exception {
        assertThat(closeCode(ProblemException.sessionOver())).isEqualTo(1000);
    }

    @Test
    void shouldSayThatDiallingAgainHelpsLaterWhenTheServiceStops() throws Exception {
        assertThat(closeCode(ProblemException.tooMuch(503, "the service stops", Duration.ofSeconds(5))))
                .isEqualTo(1013);
    }
}
