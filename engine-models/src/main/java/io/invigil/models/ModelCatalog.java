package io.invigil.models;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;

/**
 * The models on the class path, described by the committed manifest.
 *
 * <p>Immutable and safe for use by many threads. Bytes are read anew by each {@link #load}; nothing is cached.
 */
public final class ModelCatalog {
    private static final String MANIFEST = "manifest.properties";

    private final ResourceReader resources;
    private final Map<ModelId, ModelDescriptor> descriptors;

    /** Where bytes come from; tests give altered ones. */
    @FunctionalInterface
    interface ResourceReader {
        /** Returns the bytes of a file, or null if there is none. */
        byte[] read(String fileName) throws IOException;
    }

    ModelCatalog(ResourceReader resources) {
        this.resources = resources;
        this.descriptors = parse(text(MANIFEST));
    }

    /**
     * Reads the manifest of the models that ship with this module.
     *
     * @return a catalogue of every {@link ModelId}
     * @throws ModelIntegrityException if the manifest is missing or incomplete
     */
    public static ModelCatalog bundled() {
        return new ModelCatalog(ModelCatalog::fromClassPath);
    }

    static byte[] fromClassPath(String fileName) throws IOException {
        try (InputStream in = ModelCatalog.class.getResourceAsStream(fileName)) {
            if (in == null) {
                return null;
            }
            // A stream of a jar knows what is left; reading it in eight kilobytes each, as readAllBytes does, takes a
            // young
            // process much longer.
            byte[] announced = new byte[in.available()];
            int length = in.readNBytes(announced, 0, announced.length);
            byte[] rest = in.readAllBytes();
            if (length == announced.length && rest.length == 0) {
                return announced;
            }
            byte[] all = Arrays.copyOf(announced, length + rest.length);
            System.arraycopy(rest, 0, all, length, rest.length);
            return all;
        }
    }

    /**
     * Describes a model.
     *
     * @param id the model
     * @return its description
     */
    public ModelDescriptor descriptor(ModelId id) {
        return descriptors.get(id);
    }

    /**
     * Describes all models.
     *
     * @return descriptions in the order of {@link ModelId}
     */
    public List<ModelDescriptor> descriptors() {
        return List.copyOf(descriptors.values());
    }

    /**
     * Reads a model file and checks it against the manifest.
     *
     * @param id the model
     * @return the file's bytes, owned by the caller
     * @throws ModelIntegrityException if the file is missing or is not the one described
     */
    public byte[] load(ModelId id) {
        ModelDescriptor descriptor = descriptors.get(id);
        byte[] bytes = bytes(descriptor.fileName());
        String actual = sha256(bytes);
        if (!actual.equals(descriptor.sha256())) {
            throw new ModelIntegrityException(
                    descriptor.fileName(),
                    "SHA-256 " + descriptor.sha256() + " of " + descriptor.byteSize() + " bytes",
                    "SHA-256 " + actual + " of " + bytes.length + " bytes");
        }
        return bytes;
    }

    private byte[] bytes(String fileName) {
        try {
            byte[] bytes = resources.read(fileName);
            if (bytes == null) {
                throw new ModelIntegrityException(fileName, "a file on the class path", "none");
            }
            return bytes;
        } catch (IOException e) {
            throw new ModelIntegrityException(fileName, e);
        }
    }

    private String text(String fileName) {
        return new String(bytes(fileName), StandardCharsets.US_ASCII);
    }

    private static Map<ModelId, ModelDescriptor> parse(String manifest) {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(manifest));
        } catch (IOException e) {
            throw new ModelIntegrityException(MANIFEST, e);
        }
        Map<ModelId, ModelDescriptor> found = new EnumMap<>(ModelId.class);
        for (ModelId id : ModelId.values()) {
            found.put(id, describe(id, properties));
        }
        return found;
    }

    private static ModelDescriptor describe(ModelId id, Properties manifest) {
        String prefix = id.key() + ".";
        List<TensorShape> outputs = Arrays.stream(
                        value(manifest, prefix + "outputs").split(","))
                .map(name -> shape(manifest, name, prefix + "output." + name))
                .collect(Collectors.toList());
        return new ModelDescriptor(
                id,
                value(manifest, prefix + "file"),
                value(manifest, prefix + "sha256"),
                number(manifest, prefix + "bytes"),
                value(manifest, prefix + "licence"),
                value(manifest, prefix + "source"),
                value(manifest, prefix + "source.sha256"),
                value(manifest, prefix + "source.path"),
                shape(manifest, value(manifest, prefix + "input"), prefix + "input.shape"),
                value(manifest, prefix + "input.normalisation"),
                outputs);
    }

    private static TensorShape shape(Properties manifest, String name, String key) {
        String text = value(manifest, key);
        try {
            return new TensorShape(
                    name, Arrays.stream(text.split("x")).map(Integer::valueOf).toList());
        } catch (IllegalArgumentException e) {
            throw new ModelIntegrityException(MANIFEST, "a shape at " + key, text);
        }
    }

    private static long number(Properties manifest, String key) {
        String text = value(manifest, key);
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new ModelIntegrityException(MANIFEST, "a number at " + key, text);
        }
    }

    private static String value(Properties manifest, String key) {
        String value = manifest.getProperty(key);
        if (value == null || value.isBlank()) {
            throw new ModelIntegrityException(MANIFEST, "a value at " + key, "none");
        }
        return value.trim();
    }

    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
