package io.invigil.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.http.RestAdapter;
import io.invigil.http.RestServlet;
import io.invigil.server.live.LiveProctoring;
import io.invigil.server.live.LiveSettings;
import io.invigil.server.live.ServerClock;
import io.invigil.server.live.SessionTokens;
import io.invigil.server.record.MemoryStore;
import io.invigil.ws.SocketAdapter;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.net.http.WebSocket;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.ee10.websocket.jakarta.server.config.JakartaWebSocketServletContainerInitializer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The adapters inside a server that the application owns, beside its own pages and below a path of its choice. */
class MountingTest {
    /** The application's own page. */
    private static final class Own extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.getWriter().write("the application's own");
        }
    }

    @Test
    @SuppressWarnings("try") // The order in which an application closes them.
    void shouldWorkBelowAPrefixOfAServerTheApplicationOwns() throws Exception {
        Server theirs = new Server();
        ServerConnector connector = new ServerConnector(theirs);
        theirs.addConnector(connector);
        ServletContextHandler context = new ServletContextHandler();
        context.setContextPath("/exam");
        context.addServlet(new ServletHolder(new Own()), "/own");
        theirs.setHandler(context);
        RestServlet[] calls = new RestServlet[1];
        SocketAdapter[] sockets = new SocketAdapter[1];
        try (FakeEngine engine = new FakeEngine();
                LiveProctoring service = new LiveProctoring(
                        engine,
                        new MemoryStore(),
                        LiveSettings.builder().build(),
                        SessionTokens.NONE,
                        ServerClock.system())) {
            JakartaWebSocketServletContainerInitializer.configure(context, null);
            context.addServletContainerInitializer((classes, started) -> {
                calls[0] = RestAdapter.builder(service, service.feed()).mount(started, "/proctoring");
                sockets[0] = SocketAdapter.builder(service).mount(started, "/proctoring/ws");
            });
            theirs.start();
            try {
                check(new Client(connector.getLocalPort()));
            } finally {
                sockets[0].close();
                service.close();
                calls[0].close();
                theirs.stop();
            }
        }
    }

    private static void check(Client client) throws Exception {
        assertThat(client.get("/exam/own").body()).isEqualTo("the application's own");
        assertThat(client.get("/exam/own").headers().firstValue("Content-Security-Policy"))
                .isEmpty();
        Client.body(client.get("/exam/proctoring/health"), 200);
        JsonNode session = Client.body(
                client.post(
                        "/exam/proctoring/api/v1/session/create",
                        "{\"candidate_name\":\"a\",\"interview_type\":\"b\"}"),
                200);
        String id = session.get("session_id").asString();
        Client.Socket socket = new Client.Socket();
        WebSocket opened = client.http()
                .newWebSocketBuilder()
                .buildAsync(URI.create("ws://localhost:" + client.port() + "/exam/proctoring/ws/" + id), socket)
                .get(Client.WAIT_S, TimeUnit.SECONDS);
        opened.sendBinary(java.nio.ByteBuffer.wrap(FakeEngine.picture("open:no_face")), true)
                .get(Client.WAIT_S, TimeUnit.SECONDS);
        assertThat(socket.result().get("alerts")).hasSize(1);
        Client.body(client.postEmpty("/exam/proctoring/api/v1/session/" + id + "/end"), 200);
        assertThat(client.get("/exam/proctoring/nowhere").statusCode()).isEqualTo(404);
    }
}
