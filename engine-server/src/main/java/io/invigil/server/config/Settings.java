package io.invigil.server.config;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/**
 * The settings in force: a flag goes before the environment, the environment before the file, the file before the default.
 * Immutable.
 */
public final class Settings {
    static final String PREFIX = "INVIGIL_";
    private static final String FILE_VARIABLE = PREFIX + "CONFIG";

    private final Map<Setting, Object> values;
    private final List<String> unknownVariables;

    private Settings(Map<Setting, Object> values, List<String> unknownVariables) {
        this.values = values;
        this.unknownVariables = unknownVariables;
    }

    /**
     * Reads all places.
     *
     * @param flags values by flag, such as {@code --port}
     * @param environment the environment; of it what begins with {@code INVIGIL_} counts
     * @param file a properties file in UTF-8 with the settings' keys; empty: the one {@code INVIGIL_CONFIG} names, or none
     * @throws ConfigException for an unknown key or flag, a value out of its range, or a file that cannot be read
     */
    public static Settings read(Map<String, String> flags, Map<String, String> environment, Optional<Path> file) {
        Map<Setting, Object> values = new EnumMap<>(Setting.class);
        for (Setting setting : Setting.values()) {
            values.put(setting, setting.read(setting.defaultValue(), "the default"));
        }
        file.or(() -> Optional.ofNullable(environment.get(FILE_VARIABLE)).map(Path::of))
                .ifPresent(path -> readFile(path, values));
        List<String> unknown = new ArrayList<>();
        environment.forEach((name, value) -> {
            if (name.startsWith(PREFIX) && !name.equals(FILE_VARIABLE)) {
                Arrays.stream(Setting.values())
                        .filter(known -> known.variable().equals(name))
                        .findFirst()
                        .ifPresentOrElse(
                                setting -> values.put(setting, setting.read(value, "environment variable " + name)),
                                () -> unknown.add(name));
            }
        });
        flags.forEach((flag, value) -> {
            Setting setting = Setting.ofKey(flag.substring(2))
                    .orElseThrow(() -> new ConfigException(flag + " is no setting; see --help"));
            values.put(setting, setting.read(value, "flag " + flag));
        });
        return new Settings(values, unknown.stream().sorted().toList());
    }

    private static void readFile(Path path, Map<Setting, Object> values) {
        Properties properties = new Properties() {
            private static final long serialVersionUID = 1L;

            @Override
            public synchronized Object put(Object key, Object value) {
                if (super.put(key, value) != null) {
                    throw new ConfigException(path + " sets " + key + " twice");
                }
                return null;
            }
        };
        try (Reader reader = Files.newBufferedReader(path, StandardCharsets.UTF_8)) {
            properties.load(reader);
        } catch (IOException | IllegalArgumentException failure) {
            throw new ConfigException("the configuration file " + path + " cannot be read: " + failure, failure);
        }
        for (String key : properties.stringPropertyNames()) {
            Setting setting = Setting.ofKey(key)
                    .orElseThrow(
                            () -> new ConfigException(path + " sets " + key + ", which is no setting; see --help"));
            values.put(setting, setting.read(properties.getProperty(key), path.toString()));
        }
    }

    /** Variables of the environment that look like settings and are none: misspelt ones, or another program's. */
    public List<String> unknownVariables() {
        return unknownVariables;
    }

    /** A text; empty when there is none. */
    public String text(Setting setting) {
        return (String) values.get(setting);
    }

    /** A whole number. */
    public long number(Setting setting) {
        return (Long) values.get(setting);
    }

    /** A whole number whose range fits an int. */
    public int whole(Setting setting) {
        return Math.toIntExact(number(setting));
    }

    /** A number. */
    public double real(Setting setting) {
        return (Double) values.get(setting);
    }

    /** Yes or no. */
    public boolean isOn(Setting setting) {
        return text(setting).equals("true");
    }

    /** Values that stood between commas. */
    public List<String> list(Setting setting) {
        return ((List<?>) values.get(setting)).stream().map(Object::toString).toList();
    }

    /** Without any value: there are secrets among them. */
    @Override
    public String toString() {
        return "Settings[" + values.size() + "]";
    }
}
