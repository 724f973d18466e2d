package io.invigil.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code invigil serve} in a process of its own, on any free port. */
final class ServeProcess implements AutoCloseable {
    private static final Pattern LISTENS = Pattern.compile("Invigil listens on http://127\\.0\\.0\\.1:(\\d+) .*");

    private final Process child;
    private final BufferedReader said;
    private final int port;

    private ServeProcess(Process child, BufferedReader said, int port) {
        this.child = child;
        this.said = said;
        this.port = port;
    }

    /**
     * Starts it and waits until it listens.
     *
     * @param main the class that is started
     */
    static ServeProcess start(Path folder, Class<?> main, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName(),
                "--port",
                "0",
                "--data",
                folder.resolve("data").toString()));
        command.addAll(arguments);
        Process child = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        BufferedReader said = child.inputReader(StandardCharsets.UTF_8);
        StringBuilder before = new StringBuilder();
        for (String line = said.readLine(); line != null; line = said.readLine()) {
            Matcher listens = LISTENS.matcher(line);
            if (listens.matches()) {
                return new ServeProcess(child, said, Integer.parseInt(listens.group(1)));
            }
            before.append(line).append('\n');
        }
        throw new AssertionError("it did not start: " + before);
    }

    Client client() {
        return new Client(port);
    }

    /** Asks it to stop; answers what it says from here to its end. */
    String stop() throws IOException, InterruptedException {
        child.toHandle().destroy(); // Leaves its output open, as Process.destroy does not.
        StringBuilder rest = new StringBuilder();
        for (String line = said.readLine(); line != null; line = said.readLine()) {
            rest.append(line).append('\n');
        }
        if (!child.waitFor(30, TimeUnit.SECONDS)) {
            throw new AssertionError("it did not end");
        }
        return rest.toString();
    }

    /** {@code kill -9}. */
    void kill() throws InterruptedException {
        child.destroyForcibly().waitFor();
    }

    @Override
    public void close() {
        try {
            kill();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
