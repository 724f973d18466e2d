package io.invigil.bench.service;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.Recorder;

/**
 * A candidate's socket with as little client as can be, so that what is measured is the server: pictures go out as one prepared
 * frame, and of an answer only the frame's number is read, and whether it was analysed.
 */
final class BareClient implements AutoCloseable {
    private static final byte[] NUMBER = "\"frame_index\":".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] ANALYSED = "\"frame_processed\":true".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] FAILED = "\"status\":\"error\"".getBytes(StandardCharsets.US_ASCII);
    private static final int PONG = 0x8a;
    private static final int MAX_FRAMES = 100_000;

    private final Socket socket;
    private final OutputStream out;
    private final DataInputStream in;
    private final Recorder latency;
    private final long[] intendedNs = new long[MAX_FRAMES];
    private final AtomicLong answers = new AtomicLong();
    private final AtomicLong failures = new AtomicLong();
    private final Thread reader;
    private volatile int countFrom = Integer.MAX_VALUE;
    private volatile boolean closed;
    private volatile Exception lost;
    private int sent;

    BareClient(int port, String sessionId, Recorder latency) throws IOException {
        this.latency = latency;
        socket = new Socket();
        socket.setTcpNoDelay(true);
        socket.connect(new InetSocketAddress("127.0.0.1", port));
        out = socket.getOutputStream();
        in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), 8192));
        out.write(("GET /ws/" + sessionId + " HTTP/1.1\r\nHost: localhost:" + port
                        + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                        + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        readHandshake();
        reader = new Thread(this::read, "bench-reader");
        reader.setDaemon(true);
        reader.start();
    }

    /** A picture as one client frame; the mask of zeros leaves it as it is. */
    static byte[] message(byte[] picture) {
        return ByteBuffer.allocate(14 + picture.length)
                .put((byte) 0x82)
                .put((byte) 0xff)
                .putLong(picture.length)
                .putInt(0)
                .put(picture)
                .array();
    }

    private void readHandshake() throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                throw new EOFException("no handshake");
            }
            head.append((char) next);
        }
        if (!head.toString().startsWith("HTTP/1.1 101")) {
            throw new IOException("refused: " + head.substring(0, head.indexOf("\r\n")));
        }
    }

    /** Sends a picture whose turn was at this time. */
    void send(byte[] message, long dueNs) throws IOException {
        intendedNs[sent++] = dueNs;
        synchronized (out) {
            out.write(message);
        }
    }

    /** Counts answers to pictures from the next one on. */
    void countFromNow() {
        countFrom = sent;
    }

    /** Pictures that were analysed; what was skipped or failed is no answer. */
    long answers() {
        return answers.get();
    }

    /**
     * Says what went wrong so far.
     *
     * @throws IOException when a picture failed or the socket was lost
     */
    void check() throws IOException {
        if (lost != null) {
            throw new IOException("a candidate's socket was lost", lost);
        }
        if (failures.get() > 0) {
            throw new IOException(failures + " pictures of a candidate were answered with an error");
        }
    }

    long threadId() {
        return reader.getId();
    }

    private void read() {
        try {
            while (true) {
                int opcode = in.readUnsignedByte() & 0xf;
                long length = in.readUnsignedByte() & 0x7f;
                if (length == 126) {
                    length = in.readUnsignedShort();
                } else if (length == 127) {
                    length = in.readLong();
                }
                byte[] payload = new byte[(int) length];
                in.readFully(payload);
                if (opcode == 9) {
                    synchronized (out) {
                        out.write(new byte[] {(byte) PONG, (byte) 0x80, 0, 0, 0, 0});
                    }
                } else if (opcode == 1) {
                    note(payload);
                }
            }
        } catch (IOException | RuntimeException over) {
            lost = closed ? null : over;
        }
    }

    private void note(byte[] payload) {
        if (after(FAILED, payload) >= 0) {
            failures.incrementAndGet();
            return;
        }
        int number = number(payload);
        if (number >= countFrom && after(ANALYSED, payload) >= 0) {
            answers.incrementAndGet();
            latency.recordValue(Math.max(0, System.nanoTime() - intendedNs[number]));
        }
    }

    private static int number(byte[] payload) {
        int at = after(NUMBER, payload);
        int value = at < 0 ? -1 : 0;
        for (int digit = at; digit >= 0 && payload[digit] >= '0' && payload[digit] <= '9'; digit++) {
            value = value * 10 + payload[digit] - '0';
        }
        return value;
    }

    /** Where the last such text ends; -1 when it is not there. */
    private static int after(byte[] text, byte[] payload) {
        for (int at = payload.length - text.length; at >= 0; at--) {
            if (Arrays.equals(payload, at, at + text.length, text, 0, text.length)) {
                return at + text.length;
            }
        }
        return -1;
    }

    @Override
    public void close() throws IOException {
        closed = true;
        socket.close();
    }
}
