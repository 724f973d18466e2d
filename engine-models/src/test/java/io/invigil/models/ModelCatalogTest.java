package io.invigil.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ModelCatalogTest {
    private static final long MAX_TOTAL_BYTES = 30L << 20;

    private final ModelCatalog catalog = ModelCatalog.bundled();

    @ParameterizedTest
    @EnumSource
    void shouldGiveTheBytesTheManifestDescribesWhenLoaded(ModelId id) {
        byte[] bytes = catalog.load(id);

        assertThat(bytes).hasSize(Math.toIntExact(catalog.descriptor(id).byteSize()));
        assertThat(ModelCatalog.sha256(bytes)).isEqualTo(catalog.descriptor(id).sha256());
    }

    @ParameterizedTest
    @EnumSource
    void shouldDescribeEverythingWhenAsked(ModelId id) {
        ModelDescriptor descriptor = catalog.descriptor(id);

        assertThat(descriptor.id()).isEqualTo(id);
        assertThat(descriptor.fileName()).isEqualTo(id.key() + ".onnx");
        assertThat(descriptor.sha256()).matches("[0-9a-f]{64}");
        assertThat(descriptor.licence()).isIn("Apache-2.0", "MIT", "CC0-1.0");
        assertThat(descriptor.sourcePackage()).matches("(npm|pypi):.+@[0-9.]+");
        assertThat(descriptor.sourceSha256()).matches("[0-9a-f]{64}");
        assertThat(descriptor.sourcePath()).isNotBlank();
        assertThat(descriptor.inputNormalisation()).isNotBlank();
        assertThat(descriptor.input().name()).isEqualTo("image");
        assertThat(descriptor.input().dimensions()).hasSize(4).startsWith(1).endsWith(3);
        assertThat(descriptor.outputs())
                .isNotEmpty()
                .allSatisfy(o -> assertThat(o.elements()).isPositive());
    }

    @Test
    void shouldNameTheTensorsTheEngineReadsWhenDescribed() {
        assertThat(catalog.descriptor(ModelId.FACE_DETECTION_FULL_RANGE)
                        .output("boxes")
                        .dimensions())
                .containsExactly(1, 2304, 16);
        assertThat(catalog.descriptor(ModelId.FACE_MESH_ATTENTION)
                        .output("mesh")
                        .elements())
                .isEqualTo(CanonicalFace.VERTEX_COUNT * 3);
        assertThat(catalog.descriptor(ModelId.NANODET).output("scores_8").dimensions())
                .containsExactly(1, 52 * 52, 80);
        assertThatThrownBy(() -> catalog.descriptor(ModelId.NANODET).output("mesh"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("mesh");
    }

    @Test
    void shouldStaySmallWhenAllModelsAreCounted() {
        long total = catalog.descriptors().stream()
                .mapToLong(ModelDescriptor::byteSize)
                .sum();

        assertThat(catalog.descriptors()).hasSize(ModelId.values().length);
        assertThat(total).isBetween(1L, MAX_TOTAL_BYTES);
    }

    @Test
    void shouldNameFileAndBothChecksumsWhenAFileWasAltered() {
        ModelCatalog altered = new ModelCatalog(name -> {
            byte[] bytes = ModelCatalog.fromClassPath(name);
            if (name.endsWith(".onnx")) {
                bytes[bytes.length / 2] ^= 1;
            }
            return bytes;
        });
        String expected = catalog.descriptor(ModelId.NANODET).sha256();
        byte[] bytes = catalog.load(ModelId.NANODET);
        bytes[bytes.length / 2] ^= 1;

        assertThatThrownBy(() -> altered.load(ModelId.NANODET))
                .isInstanceOf(ModelIntegrityException.class)
                .hasMessageContainingAll("nanodet.onnx", expected, ModelCatalog.sha256(bytes));
    }

    @Test
    void shouldFailWhenAFileIsMissingOrCutShortOrUnreadable() {
        ModelCatalog missing = new ModelCatalog(n -> n.endsWith(".onnx") ? null : ModelCatalog.fromClassPath(n));
        ModelCatalog cut = new ModelCatalog(n -> n.endsWith(".onnx")
                ? Arrays.copyOf(ModelCatalog.fromClassPath(n), 100)
                : ModelCatalog.fromClassPath(n));
        ModelCatalog unreadable = new ModelCatalog(n -> {
            if (n.endsWith(".onnx")) {
                throw new IOException("no");
            }
            return ModelCatalog.fromClassPath(n);
        });

        for (ModelCatalog broken : new ModelCatalog[] {missing, cut, unreadable}) {
            assertThatThrownBy(() -> broken.load(ModelId.FACE_MESH_ATTENTION))
                    .isInstanceOf(ModelIntegrityException.class)
                    .hasMessageContaining("face_mesh_attention.onnx");
        }
    }

    @Test
    void shouldNameTheKeyWhenTheManifestIsIncomplete() {
        String manifest = "face_detection_full_range.outputs=boxes\nface_detection_full_range.output.boxes=1x0";

        assertThatThrownBy(() -> new ModelCatalog(n -> new byte[0]))
                .isInstanceOf(ModelIntegrityException.class)
                .hasMessageContainingAll("manifest.properties", "face_detection_full_range.outputs");
        assertThatThrownBy(() -> new ModelCatalog(n -> manifest.getBytes(StandardCharsets.US_ASCII)))
                .isInstanceOf(ModelIntegrityException.class)
                .hasMessageContainingAll("face_detection_full_range.output.boxes", "1x0");
    }
}
