package io.invigil.server.live;

import io.invigil.api.Policy;
import java.time.Duration;
import java.util.Objects;
import java.util.function.LongConsumer;

/**
 * How live sessions are run. Immutable; {@link Builder#build()} checks every value.
 */
public final class LiveSettings {
    private final Policy defaultPolicy;
    private final Duration unconnected;
    private final Duration idle;
    private final Duration grace;
    private final Duration endTimeout;
    private final Duration saveInterval;
    private final int maxSessions;
    private final int maxSessionsPerCaller;
    private final double maxAnalysedFps;
    private final String environment;
    private final String version;
    private final int lanes;
    private final String publicWsUrl;
    private final LongConsumer resultMeter;
    private final int maxUnkept;
    private final long maxUnkeptPictureBytes;
    private final LossMeter lossMeter;

    private LiveSettings(Builder builder) {
        defaultPolicy = builder.defaultPolicy;
        unconnected = builder.unconnected;
        idle = builder.idle;
        grace = builder.grace;
        endTimeout = builder.endTimeout;
        saveInterval = builder.saveInterval;
        maxSessions = builder.maxSessions;
        maxSessionsPerCaller = builder.maxSessionsPerCaller;
        maxAnalysedFps = builder.maxAnalysedFps;
        environment = builder.environment;
        version = builder.version;
        lanes = builder.lanes;
        publicWsUrl = builder.publicWsUrl;
        resultMeter = builder.resultMeter;
        maxUnkept = builder.maxUnkept;
        maxUnkeptPictureBytes = builder.maxUnkeptPictureBytes;
        lossMeter = builder.lossMeter;
    }

    /** A builder that starts from the defaults. */
    public static Builder builder() {
        return new Builder();
    }

    /** What a session is judged by unless it says. Default: {@link Policy#interview()}. */
    public Policy defaultPolicy() {
        return defaultPolicy;
    }

    /** After how long a session that never got a socket expires. Default: 10 min. */
    public Duration unconnected() {
        return unconnected;
    }

    /** After how long without a frame or event a session expires. Default: 10 min. */
    public Duration idle() {
        return idle;
    }

    /** How long a session may go on after its duration. Default: 15 min. */
    public Duration grace() {
        return grace;
    }

    /** How long the end of a session waits for its last frames. Default: 3 s. */
    public Duration endTimeout() {
        return endTimeout;
    }

    /** How often a session's progress is kept when nothing else asks for it. Default: 5 s. */
    public Duration saveInterval() {
        return saveInterval;
    }

    /** The most sessions live at once. Default: 1000. */
    public int maxSessions() {
        return maxSessions;
    }

    /** The most sessions of one caller live at once. Default: 1000. */
    public int maxSessionsPerCaller() {
        return maxSessionsPerCaller;
    }

    /** The most frames of a session analysed in a second; 0 for all. Default: 0. */
    public double maxAnalysedFps() {
        return maxAnalysedFps;
    }

    /** The operator's name for this installation. Default: production. */
    public String environment() {
        return environment;
    }

    /** This program's version. */
    public String version() {
        return version;
    }

    /** Lanes of the engine, for the health page; 0 when not known. */
    public int lanes() {
        return lanes;
    }

    /** Where clients reach the WebSockets, such as {@code wss://proctor.example.org}; empty for a path alone. */
    public String publicWsUrl() {
        return publicWsUrl;
    }

    /** Hears, for each result, how many nanoseconds after its picture it was handed to the socket. Default: nobody. */
    public LongConsumer resultMeter() {
        return resultMeter;
    }

    /**
     * How many events of a session, and as many points of its trace, may wait for a store that does not answer. Beyond it
     * the oldest give way; alerts never do, but what the host reports is refused. Default: 4000.
     */
    public int maxUnkept() {
        return maxUnkept;
    }

    /**
     * How many bytes of evidence pictures, of all sessions together, may wait for a store that does not answer. Beyond it a
     * session's older pictures give way to its newer ones. Default: an eighth of the heap that the process may use.
     */
    public long maxUnkeptPictureBytes() {
        return maxUnkeptPictureBytes;
    }

    /** Hears of what gives way. Default: nobody. */
    public LossMeter lossMeter() {
        return lossMeter;
    }

    /** Builds settings. Not thread-safe. */
    public static final class Builder {
        private Policy defaultPolicy = Policy.interview();
        private Duration unconnected = Duration.ofMinutes(10);
        private Duration idle = Duration.ofMinutes(10);
        private Duration grace = Duration.ofMinutes(15);
        private Duration endTimeout = Duration.ofSeconds(3);
        private Duration saveInterval = Duration.ofSeconds(5);
        private int maxSessions = 1000;
        private int maxSessionsPerCaller = 1000;
        private double maxAnalysedFps;
        private String environment = "production";
        private String version = "0.1.0";
        private int lanes;
        private String publicWsUrl = "";
        private LongConsumer resultMeter = latencyNs -> {};
        private int maxUnkept = 4_000;
        private long maxUnkeptPictureBytes = Runtime.getRuntime().maxMemory() / 8;
        private LossMeter lossMeter = (what, count) -> {};

        private Builder() {}

        /** See {@link LiveSettings#defaultPolicy()}. */
        public Builder defaultPolicy(Policy value) {
            defaultPolicy = Objects.requireNonNull(value, "defaultPolicy");
            return this;
        }

        /** See {@link LiveSettings#unconnected()}; 1 s to 7 days. */
        public Builder unconnected(Duration value) {
            unconnected = value;
            return this;
        }

        /** See {@link LiveSettings#idle()}; 1 s to 7 days. */
        public Builder idle(Duration value) {
            idle = value;
            return this;
        }

        /** See {@link LiveSettings#grace()}; 0 to 7 days. */
        public Builder grace(Duration value) {
            grace = value;
            return this;
        }

        /** See {@link LiveSettings#endTimeout()}; 10 ms to 8 s, so that the answer comes in time for the client. */
        public Builder endTimeout(Duration value) {
            endTimeout = value;
            return this;
        }

        /** See {@link LiveSettings#saveInterval()}; 100 ms to 10 min. */
        public Builder saveInterval(Duration value) {
            saveInterval = value;
            return this;
        }

        /** See {@link LiveSettings#maxSessions()}; 1 to 100000. */
        public Builder maxSessions(int value) {
            maxSessions = value;
            return this;
        }

        /** See {@link LiveSettings#maxSessionsPerCaller()}; 1 to 100000. */
        public Builder maxSessionsPerCaller(int value) {
            maxSessionsPerCaller = value;
            return this;
        }

        /** See {@link LiveSettings#maxAnalysedFps()}; 0 to 120. */
        public Builder maxAnalysedFps(double value) {
            maxAnalysedFps = value;
            return this;
        }

        /** See {@link LiveSettings#environment()}. */
        public Builder environment(String value) {
            environment = Objects.requireNonNull(value, "environment");
            return this;
        }

        /** See {@link LiveSettings#version()}. */
        public Builder version(String value) {
            version = Objects.requireNonNull(value, "version");
            return this;
        }

        /** See {@link LiveSettings#lanes()}. */
        public Builder lanes(int value) {
            lanes = value;
            return this;
        }

        /** See {@link LiveSettings#resultMeter()}; must be quick and safe from any thread. */
        public Builder resultMeter(LongConsumer value) {
            resultMeter = Objects.requireNonNull(value, "resultMeter");
            return this;
        }

        /** See {@link LiveSettings#maxUnkept()}. */
        public Builder maxUnkept(int value) {
            maxUnkept = value;
            return this;
        }

        /** See {@link LiveSettings#maxUnkeptPictureBytes()}; 1 to 2^40. */
        public Builder maxUnkeptPictureBytes(long value) {
            maxUnkeptPictureBytes = value;
            return this;
        }

        /** See {@link LiveSettings#lossMeter()}; must be quick and safe from any thread. */
        public Builder lossMeter(LossMeter value) {
            lossMeter = Objects.requireNonNull(value, "lossMeter");
            return this;
        }

        /** See {@link LiveSettings#publicWsUrl()}. */
        public Builder publicWsUrl(String value) {
            publicWsUrl = Objects.requireNonNull(value, "publicWsUrl");
            return this;
        }

        /**
         * Checks and builds.
         *
         * @throws IllegalArgumentException naming the setting, its value and what is allowed
         */
        public LiveSettings build() {
            Duration week = Duration.ofDays(7);
            check("unconnected", unconnected, Duration.ofSeconds(1), week);
            check("idle", idle, Duration.ofSeconds(1), week);
            check("grace", grace, Duration.ZERO, week);
            check("endTimeout", endTimeout, Duration.ofMillis(10), Duration.ofSeconds(8));
            check("saveInterval", saveInterval, Duration.ofMillis(100), Duration.ofMinutes(10));
            check("maxSessions", maxSessions, 1, 100_000);
            check("maxSessionsPerCaller", maxSessionsPerCaller, 1, 100_000);
            check("maxAnalysedFps", maxAnalysedFps, 0, 120);
            check("maxUnkept", maxUnkept, 100, 1_000_000);
            check("maxUnkeptPictureBytes", maxUnkeptPictureBytes, 1, 1L << 40);
            if (!publicWsUrl.isEmpty() && !publicWsUrl.matches("wss?://\\S+[^/\\s]")) {
                throw new IllegalArgumentException("publicWsUrl is \"" + publicWsUrl
                        + "\", must begin with ws:// or wss:// and not end with a slash");
            }
            return new LiveSettings(this);
        }

        private static void check(String name, Duration value, Duration least, Duration most) {
            if (value == null || value.compareTo(least) < 0 || value.compareTo(most) > 0) {
                throw new IllegalArgumentException(name + " is " + value + ", must be in " + least + ".." + most);
            }
        }

        private static void check(String name, double value, double least, double most) {
            if (!(value >= least && value <= most)) {
                throw new IllegalArgumentException(name + " is " + value + ", must be in " + least + ".." + most);
            }
        }
    }
}
