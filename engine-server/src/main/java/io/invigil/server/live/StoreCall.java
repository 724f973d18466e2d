package io.invigil.server.live;

import io.invigil.server.record.StoreException;
import io.invigil.wire.ProblemException;
import java.time.Duration;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a caller's question asks of the store: where that fails, the caller is told to come again. */
final class StoreCall {
    private static final Logger LOG = LoggerFactory.getLogger(StoreCall.class);
    private static final Duration RETRY = Duration.ofSeconds(5);

    private StoreCall() {}

    static <T> T answer(Supplier<T> call) {
        try {
            return call.get();
        } catch (StoreException failure) {
            LOG.error("the store failed: {}", failure.getMessage());
            throw ProblemException.tooMuch(503, "the store does not answer", RETRY);
        }
    }
}
