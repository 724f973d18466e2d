package io.invigil.ws;

import io.invigil.wire.AlertReportView;
import io.invigil.wire.AlertRequest;
import io.invigil.wire.FrameGateway;
import io.invigil.wire.FrameLink;
import io.invigil.wire.FrameResultView;
import io.invigil.wire.FrameSink;
import io.invigil.wire.ProblemException;
import io.invigil.wire.SocketText;
import io.invigil.wire.WireJson;
import io.invigil.wire.WireTime;
import jakarta.websocket.CloseReason;
import jakarta.websocket.CloseReason.CloseCodes;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.PongMessage;
import jakarta.websocket.Session;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One socket of one session: pictures and events up, results down. The server calls it for one message at a time; results
 * come from the engine's threads. It is closed with 1000 when dialling again is of no use, because the session is over or
 * another socket has it, and with another code when it is: 1001 for a peer or a server that goes, 1008 for a peer that is too
 * slow, 1013 for a server that takes nobody at the moment. Public because a container asks for it; {@link SocketAdapter} makes them.
 */
public final class FrameSocket extends Endpoint implements FrameSink {
    private static final Logger LOG = LoggerFactory.getLogger(FrameSocket.class);
    private static final int CLOSING_IDLE_MS = 2000;
    private static final long OPENING_NS = TimeUnit.SECONDS.toNanos(10);
    private static final int TIMESTAMP_BYTES = Long.BYTES;
    private static final double NANOS_PER_SECOND = 1e9;

    private final String sessionId;
    private final String client;
    private final boolean timed;
    private final FrameGateway gateway;
    private final SocketLimits limits;
    private final OpenSockets sockets;
    private final SocketCounts counts;
    private final MessageAssembly picture;
    private final StringBuilder text = new StringBuilder();
    private final long madeNs = System.nanoTime();
    private final AtomicBoolean ending = new AtomicBoolean();
    private boolean textTooLong;
    private long textBegunNs;
    private double eventsLeft;
    private long eventsAtNs;
    private volatile long assemblingSinceNs;
    private volatile long lastPingNs = System.nanoTime();
    /** When anything came last; the container's own idle time also counts what goes, so a dead peer would never show. */
    private volatile long lastHeardNs = System.nanoTime();

    private volatile Session session;
    private volatile Outbox outbox;
    private volatile FrameLink link;

    FrameSocket(
            String sessionId,
            String client,
            boolean timed,
            FrameGateway gateway,
            SocketLimits limits,
            OpenSockets sockets,
            SocketCounts counts) {
        this.sessionId = Objects.requireNonNull(sessionId, "sessionId");
        this.client = client;
        this.timed = timed;
        this.gateway = gateway;
        this.limits = limits;
        this.sockets = sockets;
        this.counts = counts;
        this.picture = new MessageAssembly(limits.maxMessageBytes() + (timed ? TIMESTAMP_BYTES : 0));
        this.eventsLeft = 2.0 * limits.eventsPerSecond();
        this.eventsAtNs = System.nanoTime();
    }

    String client() {
        return client;
    }

    @Override
    public void onOpen(Session opened, EndpointConfig config) {
        session = opened;
        opened.setMaxIdleTimeout(limits.idleTimeout().toMillis());
        outbox = new Outbox(this::send, counts, this::sendFailed, (alerts, updates) -> {
            FrameLink held = link;
            if (held != null) {
                held.undelivered(alerts, updates);
            }
        });
        try {
            link = gateway.attach(sessionId, this);
        } catch (ProblemException refusal) {
            // It ended, or the server began to stop, between the handshake and now.
            end(isOver(refusal) ? CloseCodes.NORMAL_CLOSURE : CloseCodes.TRY_AGAIN_LATER, refusal.getMessage());
            return;
        }
        if (ending.get()) {
            link.close(); // Another socket took over, or the server stops, while this one attached.
            return;
        }
        counts.accepted.increment();
        opened.addMessageHandler(ByteBuffer.class, (MessageHandler.Partial<ByteBuffer>) this::onBinaryPart);
        opened.addMessageHandler(
                PongMessage.class, (MessageHandler.Whole<PongMessage>) pong -> lastHeardNs = System.nanoTime());
        opened.addMessageHandler(String.class, (MessageHandler.Partial<String>) this::onTextPart);
    }

    private static boolean isOver(ProblemException refusal) {
        return refusal.status() == 404 || refusal.status() == 410;
    }

    private void send(String message, java.util.function.Consumer<Throwable> done) {
        session.getAsyncRemote()
                .sendText(message, result -> done.accept(result.isOK() ? null : failure(result.getException())));
    }

    private static Throwable failure(Throwable cause) {
        return cause == null ? new IOException("not sent") : cause;
    }

    private void onBinaryPart(ByteBuffer part, boolean last) {
        lastHeardNs = System.nanoTime();
        counts.bytesIn.add(part.remaining());
        ByteBuffer whole = picture.add(part, last, System.nanoTime());
        assemblingSinceNs = picture.begunNs();
        if (!last) {
            return;
        }
        counts.messagesIn.increment();
        try {
            if (whole == null) {
                refuse("the message is longer than " + limits.maxMessageBytes() + " bytes");
            } else if (timed) {
                timedFrame(whole);
            } else {
                link.frame(whole);
            }
        } catch (RuntimeException failure) {
            LOG.error("a frame failed with {}", failure.getClass().getName(), failure);
            refuse("the frame could not be taken");
        }
        picture.trim();
    }

    private void timedFrame(ByteBuffer whole) {
        if (whole.remaining() < TIMESTAMP_BYTES) {
            refuse("the message is " + whole.remaining() + " bytes long, must begin with 8 bytes of time");
            return;
        }
        long timestampNs = whole.getLong();
        link.frame(whole.slice(), timestampNs);
    }

    private void onTextPart(String part, boolean last) {
        lastHeardNs = System.nanoTime();
        if (text.length() == 0) {
            textBegunNs = System.nanoTime();
        }
        if (textTooLong || text.length() + part.length() > limits.maxTextChars()) {
            textTooLong = true;
        } else {
            text.append(part);
        }
        assemblingSinceNs = last ? 0 : textBegunNs;
        if (!last) {
            return;
        }
        counts.messagesIn.increment();
        String whole = text.toString();
        boolean refused = textTooLong;
        text.setLength(0);
        textTooLong = false;
        if (refused) {
            refuse("the text message is longer than " + limits.maxTextChars() + " characters");
        } else {
            onText(SocketText.read(whole));
        }
    }

    private void onText(SocketText message) {
        switch (message.kind()) {
            case PING -> outbox.reply(WireJson.pongMessage());
            case EVENT -> onEvent(message.event().orElseThrow());
            case INVALID -> refuse(message.fault().orElseThrow());
        }
    }

    private void onEvent(AlertRequest event) {
        if (!takeEvent(System.nanoTime())) {
            refuse("more than " + limits.eventsPerSecond() + " events in a second");
            return;
        }
        try {
            AlertReportView answer = link.event(event);
            outbox.reply(WireJson.eventMessage(
                    sessionId,
                    event.type(),
                    answer.status(),
                    answer.status().equals("success") ? answer.alert().alertId() : null));
        } catch (ProblemException refusal) {
            refuse(SocketText.refusal(refusal));
        } catch (RuntimeException failure) {
            LOG.error("an event failed with {}", failure.getClass().getName(), failure);
            refuse("the event could not be taken");
        }
    }

    private boolean takeEvent(long nowNs) {
        eventsLeft = Math.min(
                2.0 * limits.eventsPerSecond(),
                eventsLeft + (nowNs - eventsAtNs) / NANOS_PER_SECOND * limits.eventsPerSecond());
        eventsAtNs = nowNs;
        if (eventsLeft < 1) {
            return false;
        }
        eventsLeft--;
        return true;
    }

    /** Answers what is no frame: an error result, and the socket lives on. */
    private void refuse(String fault) {
        outbox.reply(WireJson.resultMessage(FrameResultView.failed(WireTime.iso(Instant.now()), sessionId, -1, fault)));
    }

    @Override
    public void result(FrameResultView result) {
        outbox.result(result);
    }

    @Override
    public void state(String state) {
        outbox.reply(WireJson.sessionMessage(sessionId, state));
        if (state.equals("ended") || state.equals("expired")) {
            outbox.whenEmpty(() -> end(CloseCodes.NORMAL_CLOSURE, "the session is over"));
        }
    }

    @Override
    public void takenOver() {
        end(CloseCodes.NORMAL_CLOSURE, "another socket took over");
    }

    /** Looks whether the peer lives and keeps the time limits; called about twice a second. */
    void tick() {
        long nowNs = System.nanoTime();
        if (session == null) {
            if (nowNs - madeNs > OPENING_NS) {
                sockets.remove(this); // The handshake came to nothing.
            }
            return;
        }
        long assembling = assemblingSinceNs;
        if (assembling != 0 && nowNs - assembling > limits.messageTimeout().toNanos()) {
            counts.closedSlow.increment();
            end(CloseCodes.VIOLATED_POLICY, "the message took too long to come");
            return;
        }
        Outbox box = outbox;
        long sending = box == null ? 0 : box.underWaySinceNs();
        if (sending != 0 && nowNs - sending > limits.sendTimeout().toNanos()) {
            counts.closedSlow.increment();
            end(CloseCodes.VIOLATED_POLICY, "results were not taken");
            return;
        }
        if (nowNs - lastHeardNs > limits.idleTimeout().toNanos()) {
            end(CloseCodes.GOING_AWAY, "nothing came for too long");
            return;
        }
        if (nowNs - lastPingNs > limits.pingInterval().toNanos()) {
            lastPingNs = nowNs;
            ping();
        }
    }

    private void ping() {
        Session held = session;
        Outbox box = outbox;
        if (held == null || box == null || box.underWaySinceNs() != 0 || !held.isOpen()) {
            return; // A send that hangs is watched by itself, and a ping behind it would block.
        }
        try {
            held.getAsyncRemote().sendPing(ByteBuffer.allocate(0));
        } catch (IOException | IllegalArgumentException | IllegalStateException broken) {
            LOG.debug("a ping failed with {}", broken.getClass().getName());
        }
    }

    private void sendFailed(Throwable failure) {
        LOG.debug("a send failed with {}", failure.getClass().getName());
        end(CloseCodes.GOING_AWAY, "results could not be sent");
    }

    /** The server stops. */
    void goAway() {
        end(CloseCodes.GOING_AWAY, "the server stops");
    }

    private void end(CloseReason.CloseCode code, String reason) {
        if (!ending.compareAndSet(false, true)) {
            return;
        }
        letGo();
        Session held = session;
        if (held != null && held.isOpen()) {
            try {
                held.close(new CloseReason(code, reason));
                // A peer that does not answer is not waited for. Set first, it would close a silent one with its own
                // code.
                held.setMaxIdleTimeout(CLOSING_IDLE_MS);
            } catch (IOException | IllegalStateException gone) {
                LOG.debug("closing failed with {}", gone.getClass().getName());
            }
        }
    }

    private void letGo() {
        Outbox box = outbox;
        if (box != null) {
            box.close();
        }
        FrameLink held = link;
        if (held != null) {
            held.close();
        }
        sockets.remove(this);
    }

    @Override
    public void onClose(Session closed, CloseReason reason) {
        ending.set(true);
        letGo();
    }

    @Override
    public void onError(Session failed, Throwable failure) {
        LOG.debug("a socket failed with {}", failure.getClass().getName());
    }
}
