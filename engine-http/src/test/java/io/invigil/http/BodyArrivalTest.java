package io.invigil.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BodyArrivalTest {
    private static final int LONG = 8 << 20;

    /** A request that states a length and has so many bytes. */
    private static HttpServletRequest request(long stated, int sent) {
        AsyncContext async = (AsyncContext) Proxy.newProxyInstance(
                AsyncContext.class.getClassLoader(),
                new Class<?>[] {AsyncContext.class},
                (self, method, arguments) -> null);
        Sent body = new Sent(sent);
        return (HttpServletRequest) Proxy.newProxyInstance(
                HttpServletRequest.class.getClassLoader(),
                new Class<?>[] {HttpServletRequest.class},
                (self, method, arguments) -> switch (method.getName()) {
                    case "getContentLengthLong" -> stated;
                    case "getContentType" -> "image/jpeg";
                    case "getInputStream" -> body;
                    case "startAsync" -> async;
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    private static final class Sent extends ServletInputStream {
        private final ByteArrayInputStream bytes;

        private Sent(int count) {
            bytes = new ByteArrayInputStream(new byte[count]);
        }

        @Override
        public int read() {
            return bytes.read();
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            return bytes.read(into, offset, length);
        }

        @Override
        public boolean isFinished() {
            return bytes.available() == 0;
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setReadListener(ReadListener listener) {
            // The test calls it.
        }
    }

    private static long allocatedBytes() {
        return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean())
                .getThreadAllocatedBytes(Thread.currentThread().getId());
    }

    @Test
    void shouldTakeNoMemoryForWhatIsOnlyStated() throws IOException {
        assumeThat(ManagementFactory.getThreadMXBean()).isInstanceOf(com.sun.management.ThreadMXBean.class);
        List<HttpServletRequest> requests = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            requests.add(request(LONG, 0));
        }
        BodyArrival.begin(request(10, 0), Body.PICTURE, HttpLimits.DEFAULTS); // What is loaded once is not meant.
        long beforeBytes = allocatedBytes();
        for (HttpServletRequest request : requests) {
            BodyArrival.begin(request, Body.PICTURE, HttpLimits.DEFAULTS);
        }
        assertThat(allocatedBytes() - beforeBytes).isLessThan(LONG / 8);
    }

    @Test
    void shouldTakeTheWholeOfALongBody() throws IOException {
        BodyArrival arrival = BodyArrival.begin(request(LONG, LONG), Body.PICTURE, HttpLimits.DEFAULTS);
        arrival.onDataAvailable();
        arrival.onAllDataRead();
        assertThat(arrival.body()).hasSize(LONG);
    }
}
