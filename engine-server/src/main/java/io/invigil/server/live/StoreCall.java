package io.invigil.server.live;

import io.invigil.server.record.StoreException;
import io.invigil.server.record.UnreadableException;
import io.invigil.wire.ProblemException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a caller's question asks of the store: where that fails, the caller is told to come again, unless it would not help. */
final class StoreCall {
    private static final Logger LOG = LoggerFactory.getLogger(StoreCall.class);
    private static final Duration RETRY = Duration.ofSeconds(5);

    private StoreCall() {}

    static <T> T answer(Supplier<T> call) {
        try {
            return call.get();
        } catch (UnreadableException unusable) {
            LOG.warn("a question is not answered: {}", unusable.getMessage());
            throw ProblemException.of(
                    409, "what is kept was kept by another version of the program and cannot be read");
        } catch (StoreException failure) {
            LOG.error("the store failed: {}", failure.getMessage());
            throw ProblemException.tooMuch(503, "the store does not answer", RETRY);
        }
    }

    /** As {@link #answer}, for what is told beside more: empty where what is kept cannot be read by this program. */
    static <T> Optional<T> answerIfReadable(Supplier<T> call) {
        return answer(() -> {
            try {
                return Optional.of(call.get());
            } catch (UnreadableException unusable) {
                LOG.debug("An answer leaves something out: {}", unusable.getMessage());
                return Optional.empty();
            }
        });
    }
}
