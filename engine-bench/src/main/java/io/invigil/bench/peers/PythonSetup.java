package io.invigil.bench.peers;

import io.invigil.models.ModelCatalog;
import io.invigil.models.ModelDescriptor;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What the Python peers need: an environment with pinned packages, made once and kept, and the frames and models as files.
 *
 * @param python the interpreter
 * @param script the peers' program
 * @param frames folder of JPEG files
 * @param models folder of ONNX files
 */
record PythonSetup(Path python, Path script, Path frames, Path models) {
    private static final long INSTALL_MINUTES = 10;

    /**
     * Makes it all in a folder.
     *
     * @throws IllegalStateException when there is no python3 or a package cannot be installed
     */
    static PythonSetup in(Path folder, List<byte[]> files, PrintStream out) throws IOException, InterruptedException {
        Path frames = Files.createDirectories(folder.resolve("frames"));
        for (int i = 0; i < files.size(); i++) {
            Files.write(frames.resolve(i + ".jpg"), files.get(i));
        }
        Path models = Files.createDirectories(folder.resolve("models"));
        ModelCatalog catalog = ModelCatalog.bundled();
        for (ModelDescriptor model : catalog.descriptors()) {
            Files.write(models.resolve(model.id().key() + ".onnx"), catalog.load(model.id()));
        }
        Path script = copy("peer.py", folder);
        Path requirements = copy("requirements.txt", folder);
        Path python = folder.resolve("venv/bin/python");
        Path done = folder.resolve("venv/installed.txt");
        if (!Files.exists(done) || Files.mismatch(done, requirements) >= 0) {
            out.println("installing the Python peers (once) ...");
            run(List.of("python3", "-m", "venv", folder.resolve("venv").toString()));
            run(List.of(python.toString(), "-m", "pip", "install", "--quiet", "-r", requirements.toString()));
            Files.copy(requirements, done, StandardCopyOption.REPLACE_EXISTING);
        }
        return new PythonSetup(python, script, frames, models);
    }

    private static Path copy(String name, Path folder) throws IOException {
        try (InputStream in = PythonSetup.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is not on the class path");
            }
            Path file = folder.resolve(name);
            Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
            return file;
        }
    }

    private static void run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).inheritIO().start();
        if (!process.waitFor(INSTALL_MINUTES, TimeUnit.MINUTES) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IllegalStateException("failed: " + String.join(" ", command));
        }
    }

    /** The command line of one peer. */
    List<String> command(String kind, String... options) {
        List<String> command =
                new java.util.ArrayList<>(List.of(python.toString(), script.toString(), kind, frames.toString()));
        command.add(models.toString());
        command.addAll(List.of(options));
        return command;
    }
}
