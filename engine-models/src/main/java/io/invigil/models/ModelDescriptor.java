package io.invigil.models;

import java.util.List;

/**
 * What a model file is, where it came from, and what goes in and comes out.
 *
 * @param id the model
 * @param fileName name of the resource next to this class
 * @param sha256 checksum of the file, 64 lower case hexadecimal digits
 * @param byteSize size of the file
 * @param licence SPDX identifier of the weights' licence
 * @param sourcePackage registry, name and version of the published package the model was converted from
 * @param sourceSha256 checksum of that package's archive
 * @param sourcePath the file inside the package
 * @param input the picture: uint8, NHWC, channels blue, green, red as a packed picture lies in memory
 * @param inputNormalisation what the graph does with the bytes; nothing is left for the caller to do
 * @param outputs float32 tensors in the model's order; the model's card says what they mean
 */
public record ModelDescriptor(
        ModelId id,
        String fileName,
        String sha256,
        long byteSize,
        String licence,
        String sourcePackage,
        String sourceSha256,
        String sourcePath,
        TensorShape input,
        String inputNormalisation,
        List<TensorShape> outputs) {
    /** Makes an immutable descriptor. */
    public ModelDescriptor {
        outputs = List.copyOf(outputs);
    }

    /**
     * Finds an output by name.
     *
     * @param name the tensor's name
     * @return its shape
     * @throws IllegalArgumentException if the model has no such output
     */
    public TensorShape output(String name) {
        return outputs.stream()
                .filter(o -> o.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(id + " has no output " + name));
    }
}
