package io.invigil.core.vision;

import ai.onnxruntime.OrtEnvironment;
import io.invigil.api.EngineException;
import io.invigil.api.ErrorCode;
import io.invigil.models.ModelCatalog;
import io.invigil.models.ModelId;
import io.invigil.models.ModelIntegrityException;

/** A model that is loaded when it is first needed: most engines never have a session that asks for it. Thread-safe. */
final class LazyModel implements AutoCloseable {
    private final OrtEnvironment environment;
    private final ModelCatalog catalog;
    private final ModelId id;
    private final Inference inference;
    private OnnxModel model;
    private boolean closed;

    LazyModel(OrtEnvironment environment, ModelCatalog catalog, ModelId id, Inference inference) {
        this.inference = inference;
        this.environment = environment;
        this.catalog = catalog;
        this.id = id;
    }

    /**
     * The model, loaded if it was not yet.
     *
     * @throws EngineException with {@link ErrorCode#MODEL_LOAD}
     */
    synchronized OnnxModel get() {
        if (closed) {
            throw new IllegalStateException("the model " + id.key() + " is closed");
        }
        if (model == null) {
            try {
                model = new OnnxModel(environment, id.key(), catalog.load(id), inference);
            } catch (ModelIntegrityException e) {
                throw new EngineException(ErrorCode.MODEL_LOAD, e.getMessage(), e);
            }
        }
        return model;
    }

    /** Whether it was ever needed. */
    synchronized boolean isLoaded() {
        return model != null;
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (model != null) {
            model.close();
        }
    }
}
