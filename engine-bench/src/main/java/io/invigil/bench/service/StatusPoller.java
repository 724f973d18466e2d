package io.invigil.bench.service;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Recorder;

/**
 * Asks for every candidate's status in turn over one connection, on one thread, with as little client as can be. A poll's time
 * counts from when it was due, so that a late answer shows in those behind it too.
 */
final class StatusPoller extends Thread {
    private final int port;
    private final List<String> ids;
    private final long periodNs;
    private final Recorder polls;
    private volatile boolean ended;
    private volatile Exception failure;

    StatusPoller(int port, List<String> ids, long periodNs, Recorder polls) {
        super("bench-poller");
        setDaemon(true);
        this.port = port;
        this.ids = ids;
        this.periodNs = periodNs;
        this.polls = polls;
    }

    void end() {
        ended = true;
    }

    /**
     * Says what went wrong.
     *
     * @throws IOException when a poll failed, after which no other was made
     */
    void check() throws IOException {
        if (failure != null) {
            throw new IOException("the status could not be asked for", failure);
        }
    }

    @Override
    public void run() {
        try (Socket socket = new Socket()) {
            socket.setTcpNoDelay(true);
            socket.connect(new InetSocketAddress("127.0.0.1", port));
            OutputStream out = socket.getOutputStream();
            InputStream in = new BufferedInputStream(socket.getInputStream());
            long dueNs = System.nanoTime();
            for (int turn = 0; !ended; turn++) {
                dueNs += periodNs / ids.size();
                for (long waitNs = dueNs - System.nanoTime(); waitNs > 0; waitNs = dueNs - System.nanoTime()) {
                    LockSupport.parkNanos(waitNs);
                }
                out.write(("GET /api/v1/proctoring/status/" + ids.get(turn % ids.size())
                                + " HTTP/1.1\r\nHost: localhost:" + port + "\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
                readAnswer(in);
                polls.recordValue(System.nanoTime() - dueNs);
            }
        } catch (IOException | RuntimeException over) {
            failure = over;
        }
    }

    private static void readAnswer(InputStream in) throws IOException {
        String status = line(in);
        if (!status.startsWith("HTTP/1.1 200")) {
            throw new IOException("a poll was answered with " + status);
        }
        int length = 0;
        for (String header = line(in); !header.isEmpty(); header = line(in)) {
            if (header.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
                length = Integer.parseInt(header.substring(15).trim());
            }
        }
        in.skipNBytes(length);
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("the connection was closed");
            }
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
    }
}
