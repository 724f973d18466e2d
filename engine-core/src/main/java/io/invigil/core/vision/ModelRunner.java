package io.invigil.core.vision;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import io.invigil.api.EngineException;
import io.invigil.api.ErrorCode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs a model on tensors that are allocated once: fill {@link #inputBytes()}, {@link #run()}, read {@link #output(String)}. Pinned
 * outputs keep a run at about half a kilobyte of garbage. For one thread at a time.
 */
final class ModelRunner implements AutoCloseable {
    private final OrtSession session;
    private final Inference inference;
    private final String name;
    private final ByteBuffer inputBytes;
    private final Map<String, OnnxTensor> inputs = new LinkedHashMap<>();
    private final Map<String, OnnxTensor> outputs = new LinkedHashMap<>();
    private final Map<String, FloatBuffer> outputBuffers = new LinkedHashMap<>();
    private final List<OnnxTensor> tensors = new ArrayList<>();

    /** For a model whose shapes are all fixed. */
    ModelRunner(OrtEnvironment environment, OrtSession session, Inference inference, String name) {
        this(environment, session, inference, name, null, Map.of());
    }

    /**
     * For a model with open dimensions.
     *
     * @param openInput the input's shape where the model leaves it open, else null
     * @param openOutputs by name, the shapes of the outputs that the model leaves open
     */
    ModelRunner(
            OrtEnvironment environment,
            OrtSession session,
            Inference inference,
            String name,
            long[] openInput,
            Map<String, long[]> openOutputs) {
        this.session = session;
        this.inference = inference;
        this.name = name;
        try {
            NodeInfo inputInfo = session.getInputInfo().values().iterator().next();
            long[] inputShape = openInput == null ? ((TensorInfo) inputInfo.getInfo()).getShape() : openInput;
            inputBytes = allocate(inputShape, Byte.BYTES);
            inputs.put(
                    inputInfo.getName(),
                    keep(OnnxTensor.createTensor(environment, inputBytes, inputShape, OnnxJavaType.UINT8)));
            for (NodeInfo outputInfo : session.getOutputInfo().values()) {
                long[] shape = openOutputs.containsKey(outputInfo.getName())
                        ? openOutputs.get(outputInfo.getName())
                        : ((TensorInfo) outputInfo.getInfo()).getShape();
                FloatBuffer buffer = allocate(shape, Float.BYTES).asFloatBuffer();
                outputs.put(outputInfo.getName(), keep(OnnxTensor.createTensor(environment, buffer, shape)));
                outputBuffers.put(outputInfo.getName(), buffer);
            }
        } catch (OrtException e) {
            close();
            throw new EngineException(ErrorCode.MODEL_LOAD, "tensors for the model " + name + " could not be made", e);
        }
    }

    private static ByteBuffer allocate(long[] shape, int bytesEach) {
        long count = 1;
        for (long side : shape) {
            if (side < 1) {
                throw new EngineException(
                        ErrorCode.MODEL_LOAD, "a model's tensor has an open dimension; shapes must be fixed");
            }
            count *= side;
        }
        return ByteBuffer.allocateDirect(Math.toIntExact(count * bytesEach)).order(ByteOrder.nativeOrder());
    }

    private OnnxTensor keep(OnnxTensor tensor) {
        tensors.add(tensor);
        return tensor;
    }

    /** The input tensor's memory: packed BGR bytes, row after row; wrap it in a matrix to fill it without a copy. */
    ByteBuffer inputBytes() {
        return inputBytes;
    }

    /** The memory of the output with this name, valid after {@link #run()} until the next; use absolute access only. */
    FloatBuffer output(String outputName) {
        FloatBuffer buffer = outputBuffers.get(outputName);
        if (buffer == null) {
            throw new EngineException(
                    ErrorCode.MODEL_LOAD,
                    "the model " + name + " has no output " + outputName + ", only " + outputBuffers.keySet());
        }
        return buffer;
    }

    void run() {
        try {
            inference.run(session, inputs, outputs);
        } catch (OrtException e) {
            throw new EngineException(ErrorCode.INFERENCE, "the model " + name + " failed on a frame", e);
        }
    }

    @Override
    public void close() {
        tensors.forEach(OnnxTensor::close);
        tensors.clear();
    }
}
