package io.invigil.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.testdata.ImageCoding;
import io.invigil.testdata.SampleRecording;
import io.invigil.testdata.ScenarioRenderer;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The README's embedding example is real: it compiles without a warning and runs. */
class ReadmeExampleTest {
    @Test
    @Timeout(120)
    void shouldCompileAndRunAsPrinted(@TempDir Path classes) throws Exception {
        String example = example();
        assertThat(example.lines().count()).isEqualTo(10);
        String source = "import io.invigil.api.*;\npublic class Example {\n"
                + "public static void run(Iterable<byte[]> camera) {\n" + example + "}\n}\n";
        StringWriter said = new StringWriter();
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        boolean compiled = compiler.getTask(
                        said,
                        null,
                        null,
                        List.of("-Xlint:all", "-Werror", "-proc:none", "-d", classes.toString()),
                        null,
                        List.of(inMemory(source)))
                .call();
        assertThat(compiled).as(said.toString()).isTrue();

        try (URLClassLoader loader = new URLClassLoader(
                new URL[] {classes.toUri().toURL()}, getClass().getClassLoader())) {
            loader.loadClass("Example").getMethod("run", Iterable.class).invoke(null, List.of(jpeg()));
        }
    }

    private static String example() throws IOException {
        String readme = Files.readString(Path.of("..", "README.md"));
        Matcher block = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL).matcher(readme);
        assertThat(block.find()).isTrue();
        return block.group(1);
    }

    private static byte[] jpeg() {
        return ImageCoding.jpeg(new ScenarioRenderer(SampleRecording.script()).render(0), 0.9);
    }

    private static JavaFileObject inMemory(String source) {
        return new SimpleJavaFileObject(URI.create("string:///Example.java"), JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return source;
            }
        };
    }
}
