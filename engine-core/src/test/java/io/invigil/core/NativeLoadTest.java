package io.invigil.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.api.EngineException;
import io.invigil.api.Frame;
import io.invigil.api.PixelFormat;
import io.invigil.api.Policy;
import io.invigil.api.ProctoringEngine;
import io.invigil.api.ProctoringSession;
import io.invigil.api.SessionConfig;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How native libraries are loaded, and what a host hears that lets nothing be written where they go; each in its own process. */
@Timeout(120)
final class NativeLoadTest {
    /** The process under test. */
    static final class Probe {
        private Probe() {}

        public static void main(String[] arguments) {
            try (ProctoringEngine engine = ProctoringEngine.create()) {
                ProctoringSession session = engine.openSession(SessionConfig.live(Policy.interview()));
                session.offer(Frame.packed(PixelFormat.GRAY, 64, 64, ByteBuffer.allocate(64 * 64), 64, 0));
                session.close();
                System.out.println("analysed " + session.frames().analysed() + ", limit " + Pointer.maxPhysicalBytes());
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

    @Test
    void shouldTakeOffTheLimitOfASmallHeapUnlessTheHostSetsOne() throws Exception {
        assertThat(answer("-Xmx40m")).contains("analysed 1, limit 0");
        assertThat(answer("-Dorg.bytedeco.javacpp.maxphysicalbytes=9000000000"))
                .contains("analysed 1, limit 9000000000");
    }
}
