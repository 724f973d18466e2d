package io.invigil.server.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * A real PostgreSQL server in a folder and on a port of its own, from the binaries of the machine. Its binaries refuse to run
 * as root: then they run as the user {@code postgres}, whom the Debian package makes.
 */
public final class PostgresServer implements AutoCloseable {
    private final Path binaries;
    private final Path folder;
    private final int port;
    private final boolean asPostgres;
    private final AtomicInteger databases = new AtomicInteger();

    private PostgresServer(Path binaries, Path folder, int port, boolean asPostgres) {
        this.binaries = binaries;
        this.folder = folder;
        this.port = port;
        this.asPostgres = asPostgres;
    }

    /** Where the server's binaries lie; empty when it is not installed. */
    public static Optional<Path> binaries() {
        Path debian = Path.of("/usr/lib/postgresql");
        List<Path> candidates = new ArrayList<>();
        if (Files.isDirectory(debian)) {
            try (Stream<Path> versions = Files.list(debian)) {
                versions.map(version -> version.resolve("bin"))
                        .sorted(Comparator.reverseOrder())
                        .forEach(candidates::add);
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }
        for (String place : System.getenv().getOrDefault("PATH", "").split(":")) {
            candidates.add(Path.of(place));
        }
        return candidates.stream()
                .filter(place ->
                        Files.isExecutable(place.resolve("initdb")) && Files.isExecutable(place.resolve("pg_ctl")))
                .findFirst();
    }

    /** Starts a server with an empty cluster. */
    public static PostgresServer start() {
        Path binaries = binaries().orElseThrow();
        try {
            Path folder = Files.createTempDirectory("invigil-postgres");
            boolean asPostgres = "root".equals(System.getProperty("user.name"));
            if (asPostgres) {
                run(List.of("chown", "postgres", folder.toString()));
            }
            PostgresServer server = new PostgresServer(binaries, folder, freePort(), asPostgres);
            server.initialise();
            server.startAgain();
            return server;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private void initialise() throws IOException {
        runServer(
                "initdb",
                "-D",
                data(),
                "-U",
                "invigil",
                "--auth=trust",
                "--encoding=UTF8",
                "--no-locale",
                "--no-instructions");
    }

    /** Starts the server; it must be down. */
    public void startAgain() throws IOException {
        runServer(
                "pg_ctl",
                "-D",
                data(),
                "-l",
                folder.resolve("log").toString(),
                "-w",
                "-t",
                "60",
                "-o",
                "-p " + port + " -k " + folder + " -c listen_addresses=127.0.0.1",
                "start");
    }

    /** Stops the server at once, as a crash would. */
    public void crash() throws IOException {
        runServer("pg_ctl", "-D", data(), "-m", "immediate", "-w", "-t", "60", "stop");
    }

    /** The address of a new, empty database. */
    public String newDatabase() {
        String name = "records" + databases.incrementAndGet();
        try (Connection connection = DriverManager.getConnection(url("postgres"));
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
            return url(name);
        } catch (SQLException failure) {
            throw new IllegalStateException("no database could be made", failure);
        }
    }

    private String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database + "?user=invigil";
    }

    private String data() {
        return folder.resolve("data").toString();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void runServer(String program, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        if (asPostgres) {
            command.addAll(List.of("runuser", "-u", "postgres", "--"));
        }
        command.add(binaries.resolve(program).toString());
        command.addAll(List.of(arguments));
        run(command);
    }

    private static void run(List<String> command) throws IOException {
        Path log = Files.createTempFile("invigil-postgres", ".log");
        Process process = new ProcessBuilder(command)
                .directory(Path.of("/").toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            if (!process.waitFor(120, TimeUnit.SECONDS) || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new IOException(command + " failed: " + Files.readString(log, StandardCharsets.UTF_8));
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", stop);
        } finally {
            Files.deleteIfExists(log);
        }
    }

    @Override
    public void close() {
        try {
            runServer("pg_ctl", "-D", data(), "-m", "fast", "-w", "-t", "60", "stop");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } finally {
            try (Stream<Path> files = Files.walk(folder)) {
                files.sorted(Comparator.reverseOrder())
                        .forEach(file -> file.toFile().delete());
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }
    }
}
