package io.invigil.server.record;

import java.util.Objects;
import java.util.concurrent.CompletableFuture;

/**
 * The store is at work on a change and did not finish in time: whether it is kept is not known yet. What must not be kept
 * twice is not to be handed over again before {@link #outcome()} tells.
 */
public final class UnsettledException extends StoreException {
    private static final long serialVersionUID = 1L;

    private final transient CompletableFuture<?> outcome;

    /** An error about a change that is still under way. */
    public UnsettledException(String message, CompletableFuture<?> outcome) {
        super(message, null);
        this.outcome = Objects.requireNonNull(outcome, "outcome");
    }

    /** Completed once the change is kept, exceptionally once it is known not to be; dependents must be brief. */
    public CompletableFuture<?> outcome() {
        return outcome;
    }
}
