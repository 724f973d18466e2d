package io.invigil.api;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** How one session runs. Immutable; {@link Builder#build()} checks every value. */
public final class SessionConfig {
    /** Frames of a session inside the ring at once, unless set. */
    public static final int DEFAULT_MAX_IN_FLIGHT = 2;
    /** The longest a blocking offer waits, unless set. */
    public static final Duration DEFAULT_OFFER_TIMEOUT = Duration.ofSeconds(30);

    private final SessionId id;
    private final Policy policy;
    private final List<Accommodation> accommodations;
    private final Policy effectivePolicy;
    private final IntakeMode intake;
    private final int maxInFlight;
    private final double maxAnalysedFps;
    private final Duration offerTimeout;
    private final Optional<byte[]> resumeFrom;

    private SessionConfig(Builder builder) {
        id = builder.id.orElseGet(SessionId::random);
        policy = builder.policy;
        accommodations = List.copyOf(builder.accommodations);
        effectivePolicy = policy.withAccommodations(accommodations);
        intake = builder.intake;
        maxInFlight = builder.maxInFlight;
        maxAnalysedFps = builder.maxAnalysedFps;
        offerTimeout = builder.offerTimeout;
        resumeFrom = builder.resumeFrom;
    }

    /** A live session with this policy, a random id and the defaults. */
    public static SessionConfig live(Policy policy) {
        return builder().policy(policy).build();
    }

    /** A builder that starts from the defaults. */
    public static Builder builder() {
        return new Builder();
    }

    /** The session's id. Default: a random one, new at each {@link Builder#build()}, so that a configuration is good for one session. */
    public SessionId id() {
        return id;
    }

    /** What the session judges by. Default: {@link Policy#interview()}. */
    public Policy policy() {
        return policy;
    }

    /** What this candidate was granted on top of the policy. Default: nothing. */
    public List<Accommodation> accommodations() {
        return accommodations;
    }

    /** The policy with the accommodations: what the session looks for and judges by. */
    public Policy effectivePolicy() {
        return effectivePolicy;
    }

    /** What an offer does when the engine is busy. Default: {@link IntakeMode#LIVE}. */
    public IntakeMode intake() {
        return intake;
    }

    /** The most frames of this session inside the ring at once; one more may wait. Default: {@value #DEFAULT_MAX_IN_FLIGHT}. */
    public int maxInFlight() {
        return maxInFlight;
    }

    /** The most frames analysed in a second of media time; more are sampled out. Default: 0, all of them. */
    public double maxAnalysedFps() {
        return maxAnalysedFps;
    }

    /** The longest a blocking offer waits. Default: 30 s. */
    public Duration offerTimeout() {
        return offerTimeout;
    }

    /** The snapshot the session goes on from; empty for a new one. Default: empty. */
    public Optional<byte[]> resumeFrom() {
        return resumeFrom.map(byte[]::clone);
    }

    /** Without the accommodations, which say something about the candidate. */
    @Override
    public String toString() {
        return "SessionConfig[id=" + id + ", policy=" + policy.name() + ", intake=" + intake + ", maxInFlight="
                + maxInFlight + ", maxAnalysedFps=" + maxAnalysedFps + ", offerTimeout=" + offerTimeout + ", resumed="
                + resumeFrom.isPresent() + "]";
    }

    /** Builds a configuration. Not thread-safe. */
    public static final class Builder {
        private Optional<SessionId> id = Optional.empty();
        private Policy policy = Policy.interview();
        private List<Accommodation> accommodations = List.of();
        private IntakeMode intake = IntakeMode.LIVE;
        private int maxInFlight = DEFAULT_MAX_IN_FLIGHT;
        private double maxAnalysedFps;
        private Duration offerTimeout = DEFAULT_OFFER_TIMEOUT;
        private Optional<byte[]> resumeFrom = Optional.empty();

        private Builder() {}

        /** See {@link SessionConfig#id()}. */
        public Builder id(SessionId value) {
            id = Optional.of(Objects.requireNonNull(value, "id"));
            return this;
        }

        /** See {@link SessionConfig#policy()}. */
        public Builder policy(Policy value) {
            policy = Objects.requireNonNull(value, "policy");
            return this;
        }

        /** See {@link SessionConfig#accommodations()}; at most one for each kind. */
        public Builder accommodations(List<Accommodation> value) {
            accommodations = List.copyOf(Objects.requireNonNull(value, "accommodations"));
            return this;
        }

        /** See {@link SessionConfig#intake()}. */
        public Builder intake(IntakeMode value) {
            intake = Objects.requireNonNull(value, "intake");
            return this;
        }

        /** See {@link SessionConfig#maxInFlight()}; 1 to 64. */
        public Builder maxInFlight(int value) {
            maxInFlight = value;
            return this;
        }

        /** See {@link SessionConfig#maxAnalysedFps()}; 0 (all frames) to 120. */
        public Builder maxAnalysedFps(double value) {
            maxAnalysedFps = value;
            return this;
        }

        /** See {@link SessionConfig#offerTimeout()}; more than zero, at most a day. */
        public Builder offerTimeout(Duration value) {
            offerTimeout = Objects.requireNonNull(value, "offerTimeout");
            return this;
        }

        /**
         * Goes on from what {@link ProctoringSession#snapshot()} gave under the same policy and accommodations. Media time goes
         * on after it: earlier frames are refused. If it was paused, it goes on paused: see {@link ProctoringSession#isPaused()}.
         * Whether the snapshot fits is checked when the session is opened.
         */
        public Builder resumeFrom(byte[] snapshot) {
            resumeFrom =
                    Optional.of(Objects.requireNonNull(snapshot, "snapshot").clone());
            return this;
        }

        /**
         * Checks and builds.
         *
         * @throws EngineException with {@link ErrorCode#CONFIGURATION}, naming the setting, its value and what is allowed
         */
        public SessionConfig build() {
            Ranges.check("maxInFlight", maxInFlight, 1, 64);
            Ranges.check("maxAnalysedFps", maxAnalysedFps, 0.0, 120.0);
            Ranges.checkPositive("offerTimeout", offerTimeout);
            return new SessionConfig(this);
        }
    }
}
