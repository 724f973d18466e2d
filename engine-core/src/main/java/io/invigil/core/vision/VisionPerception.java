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
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.global.opencv_imgproc;

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
        try {
            FutureTask<Void> pictures = startOpenCv();
            ModelCatalog catalog = ModelCatalog.bundled();
            Map<String, String> hashes = new TreeMap<>();
            for (ModelId id : Models.IDS) {
                hashes.put(id.key(), catalog.descriptor(id).sha256());
            }
            Models models = Models.load(catalog);
            await(pictures, models);
            return new VisionPerception(models, Collections.unmodifiableMap(hashes), maxPixels);
        } catch (ModelIntegrityException e) {
            throw new EngineException(ErrorCode.MODEL_LOAD, e.getMessage(), e);
        } catch (UnsatisfiedLinkError | NoClassDefFoundError | ExceptionInInitializerError e) {
            throw new EngineException(ErrorCode.NATIVE_LOAD, "the native libraries of OpenCV or ONNX Runtime", e);
        }
    }

    /** Loads OpenCV beside the models: each takes about as long as the other, and a process should start fast. */
    private static FutureTask<Void> startOpenCv() {
        FutureTask<Void> loading = new FutureTask<>(
                () -> {
                    // A frame is worked on by one thread: lanes run side by side instead.
                    opencv_core.setNumThreads(1);
                    Loader.load(opencv_imgproc.class);
                    Loader.load(opencv_imgcodecs.class);
                },
                null);
        Thread thread = new Thread(loading, "invigil-natives");
        thread.setDaemon(true);
        thread.start();
        return loading;
    }

    private static void await(FutureTask<Void> loading, Models models) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    loading.get();
                    return;
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } catch (ExecutionException e) {
            models.close();
            throw new EngineException(ErrorCode.NATIVE_LOAD, "the native libraries of OpenCV", e.getCause());
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
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

        static Models load(ModelCatalog catalog) {
            OnnxModel detection = null;
            OnnxModel mesh = null;
            OnnxModel objects = null;
            OnnxModel phones = null;
            try {
                OrtEnvironment environment = OrtEnvironment.getEnvironment();
                detection = open(environment, catalog, ModelId.FACE_DETECTION_FULL_RANGE);
                mesh = open(environment, catalog, ModelId.FACE_MESH_ATTENTION);
                objects = open(environment, catalog, ModelId.NANODET);
                phones = open(environment, catalog, ModelId.CENTERNET);
                LazyModel recognition = new LazyModel(environment, catalog, ModelId.FACE_RECOGNITION);
                return new Models(detection, mesh, objects, phones, recognition, MetricFace.bundled());
            } catch (RuntimeException | Error e) {
                closeAll(detection, mesh, objects, phones);
                throw e;
            }
        }

        private static OnnxModel open(OrtEnvironment environment, ModelCatalog catalog, ModelId id) {
            return new OnnxModel(environment, id.key(), catalog.load(id));
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
