package io.invigil.core;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtEnvironment;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Host processes have long command lines; a version of ONNX Runtime crashed on them (docs/adr/0002). */
class LongCommandLineTest {
    /** The process under test. */
    static final class Probe {
        private Probe() {}

        public static void main(String[] arguments) {
            System.exit(OrtEnvironment.getEnvironment() == null ? 1 : 0);
        }
    }

    @Test
    @Timeout(60)
    void shouldLoadTheRuntimeWhenTheCommandLineIsLong() throws Exception {
        String classPath = Stream.of(Probe.class, OrtEnvironment.class)
                .map(type -> type.getProtectionDomain().getCodeSource())
                .map(LongCommandLineTest::path)
                .collect(Collectors.joining(System.getProperty("path.separator")));
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        classPath,
                        Probe.class.getName(),
                        "x".repeat(20_000)))
                .redirectErrorStream(true)
                .start();
        process.getInputStream().readAllBytes();
        assertThat(process.waitFor(50, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
    }

    private static String path(CodeSource source) {
        return Path.of(java.net.URI.create(source.getLocation().toString())).toString();
    }
}
