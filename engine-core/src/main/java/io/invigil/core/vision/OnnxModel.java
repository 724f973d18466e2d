package io.invigil.core.vision;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.invigil.api.EngineException;
import io.invigil.api.ErrorCode;
import java.util.Map;

/**
 * A loaded model, shared by all lanes: running it is thread-safe as long as every caller brings its own tensors. One thread
 * an inference: lanes run side by side instead, which costs less and keeps results the same on any machine size.
 */
final class OnnxModel implements AutoCloseable {
    private final OrtEnvironment environment;
    private final OrtSession session;
    private final String name;
    private final Inference inference;

    OnnxModel(OrtEnvironment environment, String name, byte[] file) {
        this(environment, name, file, Inference.PLAIN);
    }

    /** As above, run in another way. */
    OnnxModel(OrtEnvironment environment, String name, byte[] file, Inference inference) {
        this.environment = environment;
        this.name = name;
        this.inference = inference;
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
            options.setCPUArenaAllocator(false);
            if (EightBitSums.mayOverflow()) {
                options.addConfigEntry("session.x64quantprecision", "1");
            }
            session = environment.createSession(file, options);
        } catch (OrtException e) {
            throw new EngineException(ErrorCode.MODEL_LOAD, "the model " + name + " could not be loaded", e);
        }
    }

    /** Tensors for one thread at a time. */
    ModelRunner newRunner() {
        return new ModelRunner(environment, session, inference, name);
    }

    /** The same, of a model with open dimensions; see {@link ModelRunner}. */
    ModelRunner newRunner(long[] openInput, Map<String, long[]> openOutputs) {
        return new ModelRunner(environment, session, inference, name, openInput, openOutputs);
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException e) {
            throw new EngineException(ErrorCode.INFERENCE, "the model " + name + " could not be closed", e);
        }
    }
}
