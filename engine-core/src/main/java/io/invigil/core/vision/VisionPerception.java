package io.invigil.core.vision;

import ai.onnxruntime.OrtEnvironment;
import io.invigil.api.EngineConfig;
import io.invigil.api.EngineException;
import io.invigil.api.ErrorCode;
import io.invigil.api.Policy;
import io.invigil.core.perception.Perception;
import io.invigil.core.perception.PerceptionLane;
import io.invigil.core.perception.PerceptionMemory;
import io.invigil.models.ModelCatalog;
import io.invigil.models.ModelId;
import io.invigil.models.ModelIntegrityException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Supplier;

/** Perception with the bundled models: one model instance for the whole engine, shared by all lanes. Thread-safe. */
public final class VisionPerception implements Perception {
    private final Models models;
    private final Map<String, String> hashes;
    private final long maxPixels;
    private final AtomicBoolean closed = new AtomicBoolean();

    private VisionPerception(Models models, Map<String, String> hashes, long maxPixels) {
        this.models = models;
        this.hashes = hashes;
        this.maxPixels = maxPixels;
    }

    /** Loads the bundled models; pictures may have up to {@link EngineConfig#DEFAULT_MAX_PIXELS} pixels. */
    public static VisionPerception load() {
        return load(EngineConfig.DEFAULT_MAX_PIXELS);
    }

    /**
     * Loads the bundled models.
     *
     * @param maxPixels the largest picture taken, in pixels
     * @throws EngineException with {@link ErrorCode#MODEL_LOAD} or {@link ErrorCode#NATIVE_LOAD}
     */
    public static VisionPerception load(long maxPixels) {
        return load(maxPixels, Inference.PLAIN);
    }

    /** As above, with models that run in another way. */
    static VisionPerception load(long maxPixels, Inference inference) {
        try {
            ModelCatalog catalog = ModelCatalog.bundled();
            Map<String, String> hashes = new TreeMap<>();
            for (ModelId id : Models.IDS) {
                hashes.put(id.key(), catalog.descriptor(id).sha256());
            }
            return new VisionPerception(
                    Models.load(catalog, inference), Collections.unmodifiableMap(hashes), maxPixels);
        } catch (ModelIntegrityException e) {
            throw new EngineException(ErrorCode.MODEL_LOAD, e.getMessage(), e);
        }
    }

    @Override
    public Map<String, String> modelHashes() {
        return hashes;
    }

    /** Whether any session asked who sits in front of the camera. */
    boolean loadedFaceRecognition() {
        return models.faceRecognition().isLoaded();
    }

    @Override
    public PerceptionLane openLane() {
        return new VisionLane(models, maxPixels);
    }

    @Override
    public PerceptionMemory openMemory(Policy policy) {
        VisionMemory memory = new VisionMemory(policy);
        if (memory.identity() != null) {
            // Now, not on the session's first frame.
            models.faceRecognition().get();
        }
        return memory;
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            models.close();
        }
    }

    /**
     * The loaded models.
     *
     * @param faceDetection the full-range face detector
     * @param faceMesh the attention mesh
     * @param objects the object detector
     * @param phones the second opinion on phones
     * @param faceRecognition tells faces apart; loaded when a session first asks for it
     * @param metricFace the metric face that meshes are fitted to
     */
    record Models(
            OnnxModel faceDetection,
            OnnxModel faceMesh,
            OnnxModel objects,
            OnnxModel phones,
            LazyModel faceRecognition,
            MetricFace metricFace)
            implements AutoCloseable {
        private static final List<ModelId> IDS = List.of(
                ModelId.FACE_DETECTION_FULL_RANGE,
                ModelId.FACE_MESH_ATTENTION,
                ModelId.NANODET,
                ModelId.CENTERNET,
                ModelId.FACE_RECOGNITION);

        /** Loads them beside each other and beside OpenCV, on as many threads as there are processors. */
        static Models load(ModelCatalog catalog, Inference inference) {
            try (Loading loading = new Loading(Runtime.getRuntime().availableProcessors())) {
                // What takes longest comes first.
                loading.begin(NativeLibraries::loadOpenCv);
                Supplier<OrtEnvironment> runtime = loading.begin(NativeLibraries::loadOnnxRuntime);
                Function<ModelId, Supplier<OnnxModel>> begin = id -> loading.begin(() -> {
                    byte[] file = catalog.load(id);
                    return new OnnxModel(runtime.get(), id.key(), file, inference);
                });
                Supplier<OnnxModel> mesh = begin.apply(ModelId.FACE_MESH_ATTENTION);
                Supplier<OnnxModel> phones = begin.apply(ModelId.CENTERNET);
                Supplier<OnnxModel> objects = begin.apply(ModelId.NANODET);
                Supplier<OnnxModel> detection = begin.apply(ModelId.FACE_DETECTION_FULL_RANGE);
                MetricFace metricFace = MetricFace.bundled();
                loading.all();
                return new Models(
                        detection.get(),
                        mesh.get(),
                        objects.get(),
                        phones.get(),
                        new LazyModel(runtime.get(), catalog, ModelId.FACE_RECOGNITION, inference),
                        metricFace);
            }
        }

        private static void closeAll(OnnxModel... models) {
            for (OnnxModel model : models) {
                if (model != null) {
                    model.close();
                }
            }
        }

        @Override
        public void close() {
            faceRecognition.close();
            closeAll(faceDetection, faceMesh, objects, phones);
        }
    }
}
