package io.invigil.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The launcher with a Maven that only puts its jars there and a Java that only says how it was called. */
@Timeout(120)
class LauncherTest {
    private static final String JAVA = """
            #!/bin/sh
            case "$*" in
            *-XshowSettings*) echo "    java.specification.version = 17" >&2 ;;
            -version) echo 'openjdk version "17.0.1"' >&2 ;;
            *) echo "$@" ;;
            esac
            """;
    private static final String MAVEN = """
            #!/bin/sh
            echo built >>builds.log
            [ ! -f broken ] || exit 1
            for module in engine-replay engine-server engine-bench; do
                mkdir -p $module/target/lib $module/target/classes
                : >$module/target/$module-$(cat pom.xml).jar
            done
            """;

    @TempDir
    Path root;

    @BeforeEach
    void setUp() throws Exception {
        Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.copy(Path.of("../invigil"), root.resolve("invigil"), StandardCopyOption.COPY_ATTRIBUTES);
        executable("bin/java", JAVA);
        executable("bin/mvn", MAVEN);
        Files.writeString(root.resolve("pom.xml"), "1.0");
        Files.createDirectories(root.resolve("engine-server/src/main/java"));
        Files.writeString(root.resolve("engine-server/src/main/java/S.java"), "class S {}");
        write("A", "class A {}");
        write("B", "class B {}");
    }

    @Test
    void shouldBuildAgainWhenASourceComesWithAnOlderTimeOrGoes() throws Exception {
        launch();
        launch();
        assertThat(builds()).isEqualTo(1);

        Path old = root.resolve("engine-replay/target/classes/A.class");
        Files.createFile(old);
        Path ofAnotherModule = Files.createFile(root.resolve("engine-server/target/classes/S.class"));
        write("A", "class A { int other; }");
        launch();
        assertThat(builds()).isEqualTo(2);
        assertThat(old).as("Maven would keep it").doesNotExist();
        assertThat(ofAnotherModule).exists();

        Files.delete(source("B"));
        launch();
        assertThat(builds()).isEqualTo(3);
        launch();
        assertThat(builds()).isEqualTo(3);
    }

    @Test
    void shouldRunWhatWasBuiltWhenAnEarlierVersionLiesBesideIt() throws Exception {
        Files.writeString(root.resolve("pom.xml"), "1.10");
        launch();
        Files.writeString(root.resolve("pom.xml"), "1.9");
        assertThat(launch()).contains("/engine-replay-1.9.jar:");
    }

    @Test
    void shouldBuildWhenAChangeThatCouldNotBeBuiltIsUndone() throws Exception {
        launch();
        write("A", "class A { int }");
        Path broken = Files.createFile(root.resolve("broken"));
        assertThat(launchInVain()).contains("the build failed");
        write("A", "class A {}");
        Files.delete(broken);
        launch();
        assertThat(builds()).isEqualTo(3);
        assertThat(root.resolve("engine-replay/target/engine-replay-1.0.jar")).exists();
    }

    @Test
    void shouldNotBuildWhenTheTreeWasCopiedWithOtherTimes() throws Exception {
        launch();
        for (String file : List.of("pom.xml", "engine-server/src/main/java/S.java")) {
            Files.setLastModifiedTime(root.resolve(file), FileTime.fromMillis(1_000));
        }
        launch();
        assertThat(builds()).isEqualTo(1);
    }

    @Test
    void shouldLeaveWhatAnotherStartMakesAloneWhenNoLockCanBeHad() throws Exception {
        executable("bin/flock", "#!/bin/sh\nexit 1\n");
        launch();
        Path made = Files.createFile(root.resolve("engine-replay/target/classes/A.class"));
        Path jar = Files.createFile(root.resolve("engine-replay/target/engine-replay-0.9.jar"));
        Path stamp = root.resolve("engine-replay/target/.launcher-built");
        byte[] sources = Files.readAllBytes(stamp);
        Files.delete(stamp);
        launch();
        assertThat(builds()).isEqualTo(2);
        assertThat(List.of(made, jar)).allSatisfy(file -> assertThat(file).exists());

        assertThat(stamp).hasBinaryContent(sources);
        write("A", "class A { int other; }");
        launch();
        assertThat(List.of(made, jar)).allSatisfy(file -> assertThat(file).doesNotExist());
    }

    @Test
    void shouldSayWhyWhenTheSourcesCannotBeRead() throws Exception {
        launch();
        executable("bin/cksum", "#!/bin/sh\necho no sums >&2\nexit 1\n");
        assertThat(launchInVain()).contains("no sums", "invigil: the sources cannot be read");
        assertThat(builds()).isEqualTo(1);
    }

    @Test
    void shouldRunWhenAFolderBesideTheSourcesMayNotBeRead() throws Exception {
        Path data = Files.createDirectory(root.resolve("invigil-data"));
        launch();
        Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("---------"));
        try {
            assertThat(launch(asOneWhoIsNotRoot())).contains("-cp ");
        } finally {
            Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        assertThat(builds()).isEqualTo(1);
    }

    @Test
    void shouldRunWithoutLeavingAnArchiveBehindWhenTheFolderMayNotBeWritten() throws Exception {
        assertThat(launch()).contains("-XX:ArchiveClassesAtExit=");
        List<String> asAnother = asOneWhoIsNotRoot();
        List<Path> folders;
        try (Stream<Path> all = Files.walk(root)) {
            folders = all.filter(Files::isDirectory).toList();
        }
        for (Path folder : folders) {
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("r-xr-xr-x"));
        }
        try {
            assertThat(launch(asAnother)).contains("-cp ", "replay").doesNotContain("ArchiveClassesAtExit");
        } finally {
            for (Path folder : folders) {
                Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
            }
        }
    }

    @Test
    void shouldBuildNoPagesWhenASettingIsWrong() throws Exception {
        Path pages = root.resolve("pages-built");
        executable("client/build-pages", "#!/bin/sh\n[ \"$1\" = --is-due ] || : >" + pages + "\n");
        executable("bin/java", JAVA.replace("\n*) ", "\n*check-settings*abc*) echo port is abc >&2; exit 2 ;;\n*) "));

        assertThat(launch(List.of(), 2, "serve", "--port", "abc")).contains("port is abc");
        assertThat(pages).doesNotExist();
        assertThat(launch(List.of(), 0, "serve", "--port", "1")).contains("ServeMain --port 1");
        assertThat(pages).exists();
    }

    /** Root may read and write everywhere. */
    private List<String> asOneWhoIsNotRoot() throws IOException {
        if (!Files.getOwner(root).getName().equals("root")) {
            return List.of();
        }
        assumeTrue(Files.exists(Path.of("/usr/bin/setpriv")), "no setpriv here");
        return List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups");
    }

    private String launch() throws Exception {
        return launch(List.of());
    }

    private String launch(List<String> asAnother) throws Exception {
        return launch(asAnother, 0, "replay");
    }

    private String launchInVain() throws Exception {
        return launch(List.of(), 2, "replay");
    }

    private String launch(List<String> asAnother, int exitCode, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(asAnother);
        command.addAll(List.of("bash", root.resolve("invigil").toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().merge("PATH", root.resolve("bin").toString(), (path, bin) -> bin + ':' + path);
        Process process = builder.directory(Path.of("/").toFile()).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isEqualTo(exitCode);
        return said;
    }

    private long builds() throws IOException {
        return Files.readAllLines(root.resolve("builds.log")).size();
    }

    private Path source(String name) {
        return root.resolve("engine-replay/src/main/java/" + name + ".java");
    }

    /** As unpacked from an archive: with the time it had there. */
    private void write(String name, String text) throws IOException {
        Files.createDirectories(source(name).getParent());
        Files.writeString(source(name), text);
        Files.setLastModifiedTime(source(name), FileTime.fromMillis(0));
    }

    private void executable(String name, String text) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
