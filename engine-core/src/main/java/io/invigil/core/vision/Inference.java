package io.invigil.core.vision;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.util.Collections;
import java.util.Map;

/**
 * How a model is run on tensors that are there already: all that a frame asks of ONNX Runtime. Apart from its callers, so that
 * what the library leaves on the heap can be told from what they leave. Thread-safe.
 */
interface Inference {
    /**
     * One call of the session. The outputs are pinned: the result only refers to them, and closing it leaves them alone. The
     * empty set of {@link Collections}, unlike {@link java.util.Set#of()}, has but one iterator.
     */
    Inference PLAIN = (session, inputs, outputs) ->
            session.run(inputs, Collections.emptySet(), outputs).close();

    /** Fills the outputs from the inputs. */
    void run(OrtSession session, Map<String, OnnxTensor> inputs, Map<String, OnnxTensor> outputs) throws OrtException;
}
