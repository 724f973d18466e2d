package io.invigil.bench.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Recorder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What goes wrong on the other side must not pass for a measurement. */
@Timeout(60)
class BenchClientsTest {
    private static final String ANALYSED = "{\"data\":{\"status\":\"ok\",\"frame_processed\":true,\"frame_index\":0}}";
    private static final String SKIPPED =
            "{\"data\":{\"status\":\"skipped\",\"frame_processed\":false,\"frame_index\":1}}";
    private static final String FAILED =
            "{\"data\":{\"status\":\"error\",\"frame_processed\":false,\"frame_index\":2}}";
    private static final int PICTURE = 0x82;
    private static final int PONG = 0x8a;

    private final Recorder times = new Recorder(1_000_000_000_000L, 3);

    @Test
    void shouldCountAnalysedPicturesOnlyWhenSomeWereSkipped() throws Exception {
        try (FakeServer server = new FakeServer()) {
            CompletableFuture<Void> served = server.sendResults(ANALYSED, SKIPPED);
            try (BareClient client = new BareClient(server.port(), "s", times)) {
                client.countFromNow();
                client.send(BareClient.message(new byte[8]), System.nanoTime());
                served.get(30, TimeUnit.SECONDS);
                assertThat(client.answers()).isEqualTo(1);
                assertThatCode(client::check).doesNotThrowAnyException();
            }
        }
    }

    @Test
    void shouldComplainWhenAPictureFailed() throws Exception {
        try (FakeServer server = new FakeServer()) {
            CompletableFuture<Void> served = server.sendResults(ANALYSED, FAILED);
            try (BareClient client = new BareClient(server.port(), "s", times)) {
                client.countFromNow();
                client.send(BareClient.message(new byte[8]), System.nanoTime());
                served.get(30, TimeUnit.SECONDS);
                assertThat(client.answers()).isEqualTo(1);
                assertThatThrownBy(client::check)
                        .isInstanceOf(IOException.class)
                        .hasMessageContaining("1 pictures");
            }
        }
    }

    @Test
    void shouldComplainWhenAPollIsRefused() throws Exception {
        try (FakeServer server = new FakeServer()) {
            server.answerOnce("HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n");
            StatusPoller poller = new StatusPoller(server.port(), List.of("s"), 1000, times);
            poller.start();
            poller.join(30_000);
            assertThatThrownBy(poller::check)
                    .isInstanceOf(IOException.class)
                    .hasRootCauseMessage("a poll was answered with HTTP/1.1 503 Service Unavailable");
        }
    }

    /** Takes one connection. */
    private static final class FakeServer implements AutoCloseable {
        private final ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());

        FakeServer() throws IOException {}

        int port() {
            return listening.getLocalPort();
        }

        /** Upgrades, waits for a picture, sends these texts and a ping; done when its answer shows that they were read. */
        CompletableFuture<Void> sendResults(String... texts) {
            return answer((in, out) -> {
                out.write("HTTP/1.1 101 Switching Protocols\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                await(in, PICTURE);
                for (String text : texts) {
                    out.write(new byte[] {(byte) 0x81, (byte) text.length()});
                    out.write(text.getBytes(StandardCharsets.US_ASCII));
                }
                out.write(new byte[] {(byte) 0x89, 0});
                out.flush();
                await(in, PONG);
            });
        }

        private static void await(InputStream in, int opcode) throws IOException {
            for (int next = in.read(); next != opcode; next = in.read()) {
                assertThat(next).as("the connection ended").isNotNegative();
            }
        }

        void answerOnce(String text) {
            answer((in, out) -> out.write(text.getBytes(StandardCharsets.US_ASCII)));
        }

        private CompletableFuture<Void> answer(Conversation conversation) {
            CompletableFuture<Void> done = new CompletableFuture<>();
            Thread thread = new Thread(() -> {
                try {
                    Socket socket = listening.accept(); // Stays open: who is asked decides when it is over.
                    readHead(socket.getInputStream());
                    conversation.hold(socket.getInputStream(), socket.getOutputStream());
                    done.complete(null);
                } catch (IOException | AssertionError failure) {
                    done.completeExceptionally(failure);
                }
            });
            thread.setDaemon(true);
            thread.start();
            return done;
        }

        private static void readHead(InputStream in) throws IOException {
            StringBuilder head = new StringBuilder();
            while (head.indexOf("\r\n\r\n") < 0) {
                head.append((char) in.read());
            }
        }

        @Override
        public void close() throws IOException {
            listening.close();
        }
    }

    /** What the server does once it was asked. */
    private interface Conversation {
        void hold(InputStream in, OutputStream out) throws IOException;
    }
}
