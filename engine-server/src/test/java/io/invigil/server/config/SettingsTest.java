package io.invigil.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {
    @TempDir
    Path folder;

    private static Settings flags(String... pairs) {
        Map<String, String> flags = new java.util.LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            flags.put(pairs[i], pairs[i + 1]);
        }
        return Settings.read(flags, Map.of(), Optional.empty());
    }

    @Test
    void shouldTakeFlagsBeforeTheEnvironmentBeforeTheFileBeforeTheDefault() throws IOException {
        Path file = folder.resolve("invigil.properties");
        Files.writeString(file, "# ours\nport = 1\nhost = localhost\nlanes = 3\n");
        Settings settings = Settings.read(
                Map.of("--port", "3"),
                Map.of("INVIGIL_PORT", "2", "INVIGIL_HOST", "::1", "INVIGIL_CONFIG", file.toString(), "PATH", "x"),
                Optional.empty());

        assertThat(settings.number(Setting.PORT)).isEqualTo(3);
        assertThat(settings.text(Setting.HOST)).isEqualTo("::1");
        assertThat(settings.whole(Setting.LANES)).isEqualTo(3);
        assertThat(settings.list(Setting.CORS_ORIGINS)).hasSize(3).contains("http://127.0.0.1:3000");
    }

    @Test
    void shouldNameKeyValueAndRangeOfWhatCannotBeUsed() {
        assertThatThrownBy(() -> flags("--port", "70000"))
                .isInstanceOf(ConfigException.class)
                .hasMessage("port is \"70000\" (flag --port), must be 0..65535");
        assertThatThrownBy(() -> flags("--max-unkept", "99"))
                .hasMessage("max-unkept is \"99\" (flag --max-unkept), must be 100..1000000");
        assertThatThrownBy(() -> flags("--max-fps", "NaN")).hasMessageContaining("0.0..120.0");
        assertThatThrownBy(() -> flags("--open", "yes")).hasMessageContaining("true or false");
        assertThatThrownBy(() -> flags("--cors-origins", "exam.example.org")).hasMessageContaining("cors-origins");
    }

    @Test
    void shouldRefuseAHostNameWithAPort() {
        assertThat(flags("--host-names", "Exam.example.org, [::1]").list(Setting.HOST_NAMES))
                .containsExactly("Exam.example.org", "[::1]");
        for (String name : List.of("exam.example.org:8443", "[::1]:8443", "::1", "[::1")) {
            assertThatThrownBy(() -> flags("--host-names", "localhost," + name))
                    .as(name)
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContaining("host-names is \"localhost," + name + "\"")
                    .hasMessageContaining("without ports");
        }
    }

    @Test
    void shouldNotShowASecretThatCannotBeUsed() {
        assertThatThrownBy(() -> flags("--host-tokens", "app:short"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("host-tokens")
                .hasMessageNotContaining("short");
        assertThat(flags("--webhook-secret", "0123456789abcdef").toString()).doesNotContain("0123");
    }

    @Test
    void shouldRefuseWhatIsNoSetting() throws IOException {
        assertThatThrownBy(() -> flags("--prot", "1"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("--prot");
        Path file = folder.resolve("a.properties");
        Files.writeString(file, "prot = 1\n");
        assertThatThrownBy(() -> Settings.read(Map.of(), Map.of(), Optional.of(file)))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("prot");
        Files.writeString(file, "port = 1\nport = 2\n");
        assertThatThrownBy(() -> Settings.read(Map.of(), Map.of(), Optional.of(file)))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("twice");
    }

    /** Cluster software sets variables such as INVIGIL_SERVICE_HOST by itself: they must not keep the server down. */
    @Test
    void shouldNameVariablesThatAreNoSettingAndGoOn() {
        Settings settings = Settings.read(
                Map.of(), Map.of("INVIGIL_PROT", "1", "INVIGIL_PORT", "2", "OTHER", "3"), Optional.empty());
        assertThat(settings.unknownVariables()).containsExactly("INVIGIL_PROT");
        assertThat(settings.number(Setting.PORT)).isEqualTo(2);
    }

    /** The page is held equal to the table; write it anew with {@code -Dinvigil.write-docs=true}. */
    @Test
    void shouldHaveTheTableInTheDocuments() throws IOException {
        Path page = Path.of("..", "docs", "configuration.md");
        String text = Files.readString(page);
        int begin = text.indexOf("| key and flag");
        int end = text.lastIndexOf("|\n") + 2;
        if (Boolean.getBoolean("invigil.write-docs")) {
            Files.writeString(page, text.substring(0, begin) + SettingsTable.markdown() + text.substring(end));
            return;
        }
        assertThat(text.substring(begin, end)).isEqualTo(SettingsTable.markdown());
    }
}
