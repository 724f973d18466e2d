package io.invigil.server;

import io.invigil.api.Alert;
import io.invigil.api.AlertPhase;
import io.invigil.api.AlertType;
import io.invigil.api.Attention;
import io.invigil.api.BoundingBox;
import io.invigil.api.CameraState;
import io.invigil.api.Doubt;
import io.invigil.api.EngineException;
import io.invigil.api.EngineLoad;
import io.invigil.api.EngineStatistics;
import io.invigil.api.ErrorCode;
import io.invigil.api.Evidence;
import io.invigil.api.FaceObservation;
import io.invigil.api.Frame;
import io.invigil.api.FrameCounts;
import io.invigil.api.FrameResult;
import io.invigil.api.HostEvent;
import io.invigil.api.ImageQuality;
import io.invigil.api.Observation;
import io.invigil.api.OfferResult;
import io.invigil.api.Pause;
import io.invigil.api.PresenceObservation;
import io.invigil.api.ProctoringEngine;
import io.invigil.api.ProctoringSession;
import io.invigil.api.Reading;
import io.invigil.api.Registration;
import io.invigil.api.SessionConfig;
import io.invigil.api.SessionEvent;
import io.invigil.api.SessionId;
import io.invigil.api.SessionListener;
import io.invigil.api.SessionReport;
import io.invigil.api.SessionScore;
import io.invigil.api.SessionSignal;
import io.invigil.api.SessionState;
import io.invigil.api.StageTimings;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * An engine that reads its observations from the picture's bytes, so that a test says what is seen: {@code FAKE} and then words
 * between blanks. {@code open:KIND} opens an alert, {@code close:KIND} closes it, {@code fail} fails the frame inside,
 * {@code nobody} has no face, {@code slow:MS} takes that long, {@code held} waits for {@link #letGo}, {@code events:N} tells
 * of so many events. A picture that does not begin with FAKE is refused at the entrance, as the real engine does with what is
 * no picture. Its score counts a second for each alert. Frames of a session are worked on one after another; one waits, and
 * newer ones supersede it.
 */
final class FakeEngine implements ProctoringEngine {
    private static final long SECOND_NS = 1_000_000_000L;
    private static final byte PAUSED = 1;
    private static final byte CLOSED = 1;

    private final Map<String, Session> sessions = new ConcurrentHashMap<>();
    private final CountDownLatch held = new CountDownLatch(1);
    private final ExecutorService lanes = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "fake-lane");
        thread.setDaemon(true);
        return thread;
    });

    /** Whether a session goes on paused from a snapshot. */
    static boolean isPaused(byte[] snapshot) {
        return snapshot[4] == PAUSED;
    }

    /** Whether a snapshot is of a session that was closed, with everything that was open in it. */
    static boolean isClosed(byte[] snapshot) {
        return snapshot[5] == CLOSED;
    }

    /** Lets pictures through that say {@code held}. */
    void letGo() {
        held.countDown();
    }

    static byte[] picture(String words) {
        return ("FAKE " + words).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public ProctoringSession openSession(SessionConfig config) {
        Session session = new Session(config);
        if (sessions.putIfAbsent(config.id().value(), session) != null) {
            throw new EngineException(ErrorCode.DUPLICATE_SESSION, "open already");
        }
        return session;
    }

    @Override
    public EngineStatistics statistics() {
        FrameCounts frames =
                sessions.values().stream().map(Session::frames).reduce(FrameCounts.ZERO, FrameCounts::plus);
        return new EngineStatistics(frames, sessions.size(), 0, 0, 0, 0, StageTimings.NONE, EngineLoad.IDLE);
    }

    @Override
    public Map<String, String> modelHashes() {
        return Map.of("fake", "0".repeat(64));
    }

    @Override
    public void close() {
        sessions.values().forEach(Session::close);
        lanes.shutdownNow();
    }

    private final class Session implements ProctoringSession {
        private final SessionConfig config;
        private final CopyOnWriteArrayList<SessionListener> listeners = new CopyOnWriteArrayList<>();
        private final Map<AlertType, Alert> open = new LinkedHashMap<>();
        private final Map<AlertType, List<String>> ids = new EnumMap<>(AlertType.class);
        private final ExecutorService ears = Executors.newSingleThreadExecutor(task -> {
            Thread thread = new Thread(task, "fake-ears");
            thread.setDaemon(true);
            return thread;
        });
        private byte[] waiting;
        private long waitingNs;
        private boolean working;
        private boolean closed;
        private boolean paused;
        private long offered;
        private long analysed;
        private long sampledOut;
        private long superseded;
        private long rejected;
        private long failed;
        private int alerts;
        private long lastNs;

        private Session(SessionConfig config) {
            this.config = config;
            config.resumeFrom().map(ByteBuffer::wrap).ifPresent(snapshot -> {
                alerts = snapshot.getInt();
                paused = snapshot.get() == PAUSED;
            });
        }

        @Override
        public SessionId id() {
            return config.id();
        }

        @Override
        public synchronized OfferResult offer(Frame frame) {
            if (closed) {
                return OfferResult.CLOSED;
            }
            offered++;
            ByteBuffer data = frame.planes().get(0).data().duplicate();
            byte[] bytes = new byte[data.remaining()];
            data.get(bytes);
            if (frame.timestampNs() <= lastNs) {
                rejected++;
                return OfferResult.REJECTED_OUT_OF_ORDER;
            }
            if (!new String(bytes, StandardCharsets.UTF_8).startsWith("FAKE")) {
                rejected++;
                return OfferResult.REJECTED_INVALID;
            }
            lastNs = frame.timestampNs();
            if (paused) {
                sampledOut++;
                return OfferResult.SAMPLED_OUT;
            }
            boolean superseding = waiting != null;
            superseded += superseding ? 1 : 0;
            waiting = bytes;
            waitingNs = frame.timestampNs();
            if (!working) {
                working = true;
                lanes.execute(this::work);
            }
            return superseding ? OfferResult.ACCEPTED_SUPERSEDING : OfferResult.ACCEPTED;
        }

        private void work() {
            while (true) {
                byte[] bytes;
                long atNs;
                synchronized (this) {
                    bytes = waiting;
                    atNs = waitingNs;
                    waiting = null;
                    if (bytes == null) {
                        working = false;
                        notifyAll();
                        return;
                    }
                }
                judge(new String(bytes, StandardCharsets.UTF_8), atNs);
            }
        }

        private void judge(String words, long atNs) {
            boolean fails = false;
            List<Alert> told = new ArrayList<>();
            for (String word : words.split(" ")) {
                if (word.startsWith("slow:")) {
                    sleep(Long.parseLong(word.substring(5)));
                } else if (word.equals("held")) {
                    await(held);
                } else if (word.startsWith("open:")) {
                    told.add(open(AlertType.ofWireName(word.substring(5)).orElseThrow(), atNs, Map.of()));
                } else if (word.startsWith("close:")) {
                    told.add(shut(AlertType.ofWireName(word.substring(6)).orElseThrow(), atNs));
                }
                if (word.startsWith("events:")) {
                    int many = Integer.parseInt(word.substring(7));
                    for (int i = 0; i < many; i++) {
                        SessionEvent event =
                                new SessionEvent(SessionEvent.Kind.QUALITY, atNs + i, atNs + i, "event " + i);
                        tell(listener -> listener.onEvent(id(), event));
                    }
                }
                fails |= word.equals("fail");
            }
            FrameResult result = result(words, atNs, fails, told);
            synchronized (this) {
                if (fails) {
                    failed++;
                } else {
                    analysed++;
                }
                tell(listener -> listener.onFrameResult(id(), result));
            }
        }

        private FrameResult result(String words, long atNs, boolean fails, List<Alert> told) {
            ImageQuality quality = new ImageQuality(CameraState.OK, 120, 40, Double.NaN, 0, 0, false, false);
            FaceObservation face = new FaceObservation(
                    1,
                    new BoundingBox(10, 20, 100, 120),
                    0.9,
                    0,
                    Optional.empty(),
                    Optional.empty(),
                    Reading.cannotTell(Doubt.TOO_SMALL));
            Observation seen = new Observation(
                    offered - 1,
                    atNs,
                    640,
                    480,
                    quality,
                    Reading.present(0.9),
                    words.contains("nobody") ? List.of() : List.of(face),
                    PresenceObservation.NONE);
            return new FrameResult(
                    offered - 1,
                    atNs,
                    fails ? Optional.empty() : Optional.of(seen),
                    fails ? Optional.empty() : Optional.of(Attention.cannotTell(Doubt.UNCALIBRATED)),
                    told,
                    fails
                            ? Optional.of(new EngineException(ErrorCode.FRAME_DECODE, "cannot decode"))
                            : Optional.empty(),
                    StageTimings.NONE,
                    EngineLoad.IDLE);
        }

        private synchronized Alert open(AlertType type, long atNs, Map<String, String> details) {
            Alert alert = new Alert(
                    type.wireName() + "-" + ++alerts,
                    type,
                    AlertPhase.OPENED,
                    config.policy().rule(type).severity(),
                    atNs,
                    atNs,
                    "a reason",
                    0.9,
                    new Evidence(offered - 1, atNs),
                    details);
            open.put(type, alert);
            ids.computeIfAbsent(type, kind -> new ArrayList<>()).add(alert.id());
            tell(listener -> listener.onAlert(id(), alert));
            return alert;
        }

        private synchronized Alert shut(AlertType type, long atNs) {
            Alert alert = open.remove(type);
            Alert closedAlert = new Alert(
                    alert.id(),
                    type,
                    AlertPhase.CLOSED,
                    alert.severity(),
                    alert.startNs(),
                    Math.max(atNs, alert.startNs()),
                    alert.message(),
                    alert.confidence(),
                    alert.evidence(),
                    alert.details());
            tell(listener -> listener.onAlert(id(), closedAlert));
            return closedAlert;
        }

        private void tell(Consumer<SessionListener> letter) {
            ears.execute(() -> listeners.forEach(letter));
        }

        @Override
        public synchronized Optional<Alert> report(SessionSignal signal) {
            Duration most = paused ? SessionSignal.MOST_AHEAD_PAUSED : SessionSignal.MOST_AHEAD;
            if (lastNs > 0 && signal.timestampNs() > lastNs + most.toNanos()) {
                throw new IllegalArgumentException(
                        "timestampNs is " + signal.timestampNs() + ", must be at most " + (lastNs + most.toNanos()));
            }
            if (signal instanceof Pause pause) {
                paused = pause.paused();
            }
            if (signal instanceof HostEvent event
                    && config.policy().rule(event.type()).enabled()) {
                open(event.type(), event.timestampNs(), Map.of("event", event.name()));
                return Optional.of(shut(event.type(), event.timestampNs()));
            }
            return Optional.empty();
        }

        @Override
        public synchronized byte[] snapshot() {
            return ByteBuffer.allocate(6)
                    .putInt(alerts)
                    .put(paused ? PAUSED : 0)
                    .put(closed ? CLOSED : 0)
                    .array();
        }

        @Override
        public Registration addListener(SessionListener listener) {
            listeners.add(listener);
            return new Registration() {
                @Override
                public long failures() {
                    return 0;
                }

                @Override
                public long conflated() {
                    return 0;
                }

                @Override
                public void close() {
                    listeners.remove(listener);
                }
            };
        }

        @Override
        public SessionState state() {
            return closed ? SessionState.CLOSED : SessionState.OPEN;
        }

        @Override
        public synchronized boolean isPaused() {
            return paused;
        }

        @Override
        public synchronized FrameCounts frames() {
            return new FrameCounts(
                    offered,
                    analysed,
                    sampledOut,
                    superseded,
                    rejected,
                    failed,
                    offered - analysed - sampledOut - superseded - rejected - failed);
        }

        @Override
        public synchronized List<Alert> openAlerts() {
            return List.copyOf(open.values());
        }

        @Override
        public synchronized SessionScore score() {
            List<SessionScore.Term> terms = new ArrayList<>();
            ids.forEach((kind, ofKind) -> terms.add(SessionScore.Term.of(
                    kind, config.policy().rule(kind).weight(), ofKind.size() * SECOND_NS, 1000 * SECOND_NS, ofKind)));
            return SessionScore.of(1000 * SECOND_NS, terms);
        }

        @Override
        public synchronized boolean drain(Duration timeout) {
            long deadline = System.nanoTime() + timeout.toNanos();
            while (working) {
                long leftMs = (deadline - System.nanoTime()) / 1_000_000;
                if (leftMs <= 0) {
                    return false;
                }
                try {
                    wait(leftMs);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return false;
                }
            }
            return true;
        }

        @Override
        public SessionReport close(Duration timeout) {
            synchronized (this) {
                closed = true;
            }
            boolean done = drain(timeout);
            synchronized (this) {
                List.copyOf(open.keySet()).forEach(type -> shut(type, lastNs));
            }
            ears.shutdown();
            try {
                ears.awaitTermination(5, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            sessions.remove(id().value());
            return new SessionReport(frames(), done);
        }

        @Override
        public void close() {
            close(Duration.ofSeconds(5));
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void sleep(long ms) {
        try {
            Thread.sleep(ms);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
