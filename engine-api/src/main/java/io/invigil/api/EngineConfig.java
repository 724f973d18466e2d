package io.invigil.api;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Executor;

/** How an engine runs. Immutable; {@link Builder#build()} checks every value. */
public final class EngineConfig {
    /** Sessions open at once, unless set. */
    public static final int DEFAULT_MAX_SESSIONS = 1_000;
    /** Ring slots in a fused lane, unless set: one frame is worked on, one is next. */
    public static final int DEFAULT_FUSED_RING_SIZE = 2;
    /** Ring slots in a staged lane, unless set: each stage may work on a frame of its own. */
    public static final int DEFAULT_STAGED_RING_SIZE = 8;
    /** The largest picture taken, unless set: 16.8 million pixels. */
    public static final long DEFAULT_MAX_PIXELS = 4096L * 4096L;
    /** The longest a close waits, unless set. */
    public static final Duration DEFAULT_CLOSE_TIMEOUT = Duration.ofSeconds(10);

    private final int lanes;
    private final ThreadingMode threading;
    private final int ringSize;
    private final int maxSessions;
    private final long maxPixels;
    private final Duration closeTimeout;
    private final Optional<Executor> listenerExecutor;
    private final Optional<FrameObserver> frameObserver;

    private EngineConfig(Builder builder) {
        lanes = builder.lanes;
        threading = builder.threading;
        ringSize = builder.ringSize.orElse(
                builder.threading == ThreadingMode.STAGED ? DEFAULT_STAGED_RING_SIZE : DEFAULT_FUSED_RING_SIZE);
        maxSessions = builder.maxSessions;
        maxPixels = builder.maxPixels;
        closeTimeout = builder.closeTimeout;
        listenerExecutor = builder.listenerExecutor;
        frameObserver = builder.frameObserver;
    }

    /** The defaults: a lane for each core, fused. */
    public static EngineConfig defaults() {
        return builder().build();
    }

    /** A builder that starts from the defaults. */
    public static Builder builder() {
        return new Builder();
    }

    /** How many lanes; all sessions share them. Default: one for each core. */
    public int lanes() {
        return lanes;
    }

    /** Which threads run the stages. Default: {@link ThreadingMode#FUSED}. */
    public ThreadingMode threading() {
        return threading;
    }

    /**
     * Slots in a lane's ring, a power of two. A frame in the ring is worked on even when a newer one of its session has come, so
     * that more slots make results older under load, and no lane quicker. Default: {@value #DEFAULT_FUSED_RING_SIZE}, and
     * {@value #DEFAULT_STAGED_RING_SIZE} for {@link ThreadingMode#STAGED}.
     */
    public int ringSize() {
        return ringSize;
    }

    /** The most sessions open at once. Default: {@value #DEFAULT_MAX_SESSIONS}. */
    public int maxSessions() {
        return maxSessions;
    }

    /** The largest picture taken, in pixels; checked before decoding. Default: {@value #DEFAULT_MAX_PIXELS}. */
    public long maxPixels() {
        return maxPixels;
    }

    /** The longest a close waits. Default: 10 s. */
    public Duration closeTimeout() {
        return closeTimeout;
    }

    /**
     * The executor listeners are called on; empty: the engine's own, with daemon threads. The caller keeps it and shuts it down
     * after the engine. One that runs tasks on the calling thread makes listeners hold up the lane.
     */
    public Optional<Executor> listenerExecutor() {
        return listenerExecutor;
    }

    /** Who hears how long each frame took; empty: nobody, and nothing is made for it. */
    public Optional<FrameObserver> frameObserver() {
        return frameObserver;
    }

    @Override
    public String toString() {
        return "EngineConfig[lanes=" + lanes + ", threading=" + threading + ", ringSize=" + ringSize + ", maxSessions="
                + maxSessions + ", maxPixels=" + maxPixels + ", closeTimeout=" + closeTimeout + "]";
    }

    /** Builds a configuration. Not thread-safe. */
    public static final class Builder {
        private int lanes = Math.max(1, Math.min(64, Runtime.getRuntime().availableProcessors()));
        private ThreadingMode threading = ThreadingMode.FUSED;
        private OptionalInt ringSize = OptionalInt.empty();
        private int maxSessions = DEFAULT_MAX_SESSIONS;
        private long maxPixels = DEFAULT_MAX_PIXELS;
        private Duration closeTimeout = DEFAULT_CLOSE_TIMEOUT;
        private Optional<Executor> listenerExecutor = Optional.empty();
        private Optional<FrameObserver> frameObserver = Optional.empty();

        private Builder() {}

        /** See {@link EngineConfig#lanes()}; 1 to 64. */
        public Builder lanes(int value) {
            lanes = value;
            return this;
        }

        /** See {@link EngineConfig#threading()}. */
        public Builder threading(ThreadingMode value) {
            threading = Objects.requireNonNull(value, "threading");
            return this;
        }

        /** See {@link EngineConfig#ringSize()}; a power of two, 2 to 1024. */
        public Builder ringSize(int value) {
            ringSize = OptionalInt.of(value);
            return this;
        }

        /** See {@link EngineConfig#maxSessions()}; 1 to 100000. */
        public Builder maxSessions(int value) {
            maxSessions = value;
            return this;
        }

        /** See {@link EngineConfig#maxPixels()}; 4096 to 268435456. */
        public Builder maxPixels(long value) {
            maxPixels = value;
            return this;
        }

        /** See {@link EngineConfig#closeTimeout()}; more than zero, at most a day. */
        public Builder closeTimeout(Duration value) {
            closeTimeout = Objects.requireNonNull(value, "closeTimeout");
            return this;
        }

        /** See {@link EngineConfig#listenerExecutor()}. */
        public Builder listenerExecutor(Executor value) {
            listenerExecutor = Optional.of(Objects.requireNonNull(value, "listenerExecutor"));
            return this;
        }

        /** See {@link EngineConfig#frameObserver()}. */
        public Builder frameObserver(FrameObserver value) {
            frameObserver = Optional.of(Objects.requireNonNull(value, "frameObserver"));
            return this;
        }

        /**
         * Checks and builds.
         *
         * @throws EngineException with {@link ErrorCode#CONFIGURATION}, naming the setting, its value and what is allowed
         */
        public EngineConfig build() {
            Ranges.check("lanes", lanes, 1, 64);
            ringSize.ifPresent(slots -> {
                Ranges.check("ringSize", slots, 2, 1024);
                if (Integer.bitCount(slots) != 1) {
                    throw EngineException.outOfRange("ringSize", slots, "a power of two");
                }
            });
            Ranges.check("maxSessions", maxSessions, 1, 100_000);
            Ranges.check("maxPixels", maxPixels, 4096, 1L << 28);
            Ranges.checkPositive("closeTimeout", closeTimeout);
            return new EngineConfig(this);
        }
    }
}
