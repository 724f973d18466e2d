package io.invigil.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.api.EngineException;
import io.invigil.api.ProctoringEngine;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a host hears that lets nothing be written where native libraries are unpacked; each in a process of its own. */
@Timeout(120)
final class NativeLoadTest {
    /** The process under test. */
    static final class Probe {
        private Probe() {}

        public static void main(String[] arguments) {
            try (ProctoringEngine engine = ProctoringEngine.create()) {
                System.out.println("started with " + engine.modelHashes().size());
            } catch (EngineException e) {
                System.out.println(e.code() + ": " + e.getMessage());
            }
        }
    }

    @TempDir
    private Path folder;

    private String answer(String... options) throws Exception {
        Path output = folder.resolve("output");
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Probe.class.getName()));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(process.waitFor(100, TimeUnit.SECONDS)).isTrue();
        return Files.readString(output, StandardCharsets.UTF_8);
    }

    @Test
    void shouldNameLibraryReasonAndOptionWhenThereIsNoTemporaryFolder() throws Exception {
        Path missing = folder.resolve("missing");

        assertThat(answer("-Djava.io.tmpdir=" + missing))
                .contains("NATIVE_LOAD: the native libraries of ONNX Runtime could not be loaded (")
                .contains("NoSuchFileException: " + missing)
                .contains("below " + missing + " unless -Djava.io.tmpdir=FOLDER says where");
    }

    @Test
    void shouldNameLibraryReasonAndOptionWhenOpenCvHasNoFolderToUnpackInto() throws Exception {
        Path nowhere = Files.createFile(folder.resolve("file")).resolve("below");

        assertThat(answer(
                        "-Dorg.bytedeco.javacpp.cachedir=" + nowhere,
                        "-Duser.home=" + nowhere,
                        "-Djava.io.tmpdir=" + nowhere))
                .contains("NATIVE_LOAD: the native libraries of OpenCV could not be loaded (")
                .contains("unless -Dorg.bytedeco.javacpp.cachedir=FOLDER says where");
    }
}
