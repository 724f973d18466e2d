package io.invigil.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.wire.FeedMessage;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class EventStreamTest {
    /** What a feed remembers. */
    private static final int REMEMBERED = 2_000;

    private final Answer answer = new Answer();
    private final List<EventStream> ended = new ArrayList<>();

    /** An answer that, as a container's, says it is ready and then blocks until somebody listens for when it is. */
    private static final class Answer extends ServletOutputStream {
        private final ByteArrayOutputStream taken = new ByteArrayOutputStream();
        private WriteListener listener;
        private boolean asked;
        private boolean blocked;

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setWriteListener(WriteListener value) {
            listener = value;
        }

        void ask() throws IOException {
            asked = true;
            listener.onWritePossible();
        }

        @Override
        public void write(int one) {
            blocked |= !asked;
            taken.write(one);
        }

        @Override
        public void flush() {
            blocked |= !asked;
        }

        String text() {
            return taken.toString(StandardCharsets.UTF_8);
        }
    }

    private EventStream stream() {
        AsyncContext async = (AsyncContext) Proxy.newProxyInstance(
                AsyncContext.class.getClassLoader(),
                new Class<?>[] {AsyncContext.class},
                (self, method, arguments) -> null);
        return new EventStream(async, answer, ended::add);
    }

    private static FeedMessage message(int id) {
        return new FeedMessage(id, "alert", "s", Map.of("number", id));
    }

    /** The feed holds its lock while it replays: one reader who stalls must not hold up whoever publishes. */
    @Test
    void shouldWriteNothingBeforeTheContainerAsksAndThenAllThatWasMissed() throws IOException {
        stream().begin(listener -> {
            for (int id = 1; id <= REMEMBERED; id++) {
                listener.accept(message(id));
            }
            return () -> {};
        });
        assertThat(answer.blocked).isFalse();
        assertThat(answer.text()).isEmpty();

        answer.ask();
        assertThat(ended).isEmpty();
        assertThat(answer.text()).startsWith("retry: 2000\n\nid: 1\n").endsWith("data: {\"number\":2000}\n\n");
        assertThat(answer.text().split("\n\n")).hasSize(1 + REMEMBERED);
    }

    @Test
    void shouldWriteAtOnceWhatComesLater() throws IOException {
        List<Consumer<FeedMessage>> feed = new ArrayList<>();
        stream().begin(listener -> {
            feed.add(listener);
            return () -> {};
        });
        answer.ask();
        feed.get(0).accept(message(7));
        assertThat(answer.text()).endsWith("id: 7\nevent: alert\ndata: {\"number\":7}\n\n");
    }

    @Test
    void shouldEndWhenTheClientTakesNothing() {
        List<Consumer<FeedMessage>> feed = new ArrayList<>();
        EventStream stream = stream();
        stream.begin(listener -> {
            feed.add(listener);
            return () -> {};
        });
        for (int id = 1; ended.isEmpty() && id < 100_000; id++) {
            feed.get(0).accept(message(id));
        }
        assertThat(ended).containsExactly(stream);
        assertThat(answer.blocked).isFalse();
    }
}
