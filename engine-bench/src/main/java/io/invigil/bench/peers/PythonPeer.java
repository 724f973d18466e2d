package io.invigil.bench.peers;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A peer in a Python process of its own, asked for one round after another. */
final class PythonPeer implements Peer {
    private final String title;
    private final Process process;
    private final BufferedReader answers;
    private final BufferedWriter questions;

    PythonPeer(String title, List<String> command) {
        this.title = title;
        try {
            process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        questions = new BufferedWriter(new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8));
        String first = readLine();
        if (!"ready".equals(first)) {
            close();
            throw new IllegalStateException(title + " did not start");
        }
    }

    private String readLine() {
        try {
            return answers.readLine();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String title() {
        return title;
    }

    @Override
    public Cost round(int frames) {
        try {
            questions.write(frames + "\n");
            questions.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String line = readLine();
        if (line == null) {
            throw new IllegalStateException(title + " ended in the middle of a round");
        }
        String[] parts = line.split(" ");
        return new Cost(Double.parseDouble(parts[0]), Integer.parseInt(parts[2]));
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }
}
