package io.invigil.wire;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** Port: follows what happens, for reviewers. Thread-safe. */
public interface ReviewFeed {
    /**
     * Hears messages from now on, or from after one heard before. When those in between are no longer known, a
     * {@code reset} message comes first: the listener should ask for everything anew.
     *
     * @param sessionId of one session only; empty for all
     * @param afterId the last message heard; empty to begin now
     * @param listener called one message at a time; must not block
     */
    Subscription follow(Optional<String> sessionId, OptionalLong afterId, Consumer<FeedMessage> listener);

    /** Ends the following. */
    interface Subscription extends AutoCloseable {
        @Override
        void close();
    }
}
