package io.invigil.ws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.invigil.wire.FrameGateway;
import io.invigil.wire.FrameLink;
import jakarta.websocket.Session;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Sockets whose container fails. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class OpenSocketsTest {
    private final SocketLimits limits = new SocketLimits(
            20_000,
            256,
            Duration.ofSeconds(10),
            Duration.ofSeconds(10),
            Duration.ofSeconds(1),
            Duration.ofSeconds(60),
            10,
            10,
            5);
    private final OpenSockets sockets = new OpenSockets(limits);

    private static <T> T fake(Class<T> type, InvocationHandler answers) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, answers));
    }

    private FrameSocket open(InvocationHandler container) {
        FrameLink link = fake(FrameLink.class, (self, method, arguments) -> null);
        FrameGateway gateway = fake(FrameGateway.class, (self, method, arguments) -> link);
        FrameSocket socket = new FrameSocket("s", "client", false, gateway, limits, sockets, new SocketCounts());
        sockets.reserve(socket);
        socket.onOpen(fake(Session.class, container), null);
        return socket;
    }

    @Test
    void shouldLookAfterSocketsAgainWhenOneOfThemFailed() throws InterruptedException {
        CountDownLatch looks = new CountDownLatch(2);
        open((self, method, arguments) -> {
            if (method.getName().equals("isOpen")) {
                looks.countDown();
                throw new IllegalStateException("a container's fault");
            }
            return null;
        });
        looks.await();
        sockets.close();
    }

    @Test
    void shouldLetASocketGoQuietlyWhenItsContainerSetsNoIdleTime() {
        AtomicBoolean opened = new AtomicBoolean();
        FrameSocket socket = open((self, method, arguments) -> switch (method.getName()) {
            case "isOpen" -> true;
            case "setMaxIdleTimeout" -> {
                if (opened.getAndSet(true)) {
                    throw new IllegalStateException("it is gone");
                }
                yield null;
            }
            default -> null;
        });
        assertThatCode(socket::takenOver).doesNotThrowAnyException();
        assertThat(sockets.size()).isZero();
        sockets.close();
    }
}
