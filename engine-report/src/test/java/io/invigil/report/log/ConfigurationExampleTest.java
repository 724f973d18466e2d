package io.invigil.report.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.api.Policy;
import java.io.StringWriter;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The line in docs/configuration.md that reads a policy is real: it compiles without a warning and reads one. */
class ConfigurationExampleTest {
    @Test
    void shouldReadAPolicyAsPrinted(@TempDir Path folder) throws Exception {
        Path document = Files.writeString(folder.resolve("policy.json"), PolicyDocument.write(Policy.strict()));
        String page = Files.readString(Path.of("..", "docs", "configuration.md"));
        Matcher block = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL).matcher(page);
        assertThat(block.find()).isTrue();
        String source = "import io.invigil.api.*;\nimport java.nio.file.*;\npublic class Example {\n"
                + "public static Policy run() throws Exception {\n"
                + block.group(1).replace("policy.json", document.toString()) + "return policy;\n}\n}\n";
        StringWriter said = new StringWriter();
        boolean compiled = ToolProvider.getSystemJavaCompiler()
                .getTask(
                        said,
                        null,
                        null,
                        List.of("-Xlint:all", "-Werror", "-proc:none", "-d", folder.toString()),
                        null,
                        List.of(inMemory(source)))
                .call();
        assertThat(compiled).as(said.toString()).isTrue();

        try (URLClassLoader loader = new URLClassLoader(
                new URL[] {folder.toUri().toURL()}, getClass().getClassLoader())) {
            assertThat(loader.loadClass("Example").getMethod("run").invoke(null))
                    .isEqualTo(Policy.strict());
        }
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
