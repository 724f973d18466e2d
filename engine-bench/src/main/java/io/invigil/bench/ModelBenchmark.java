package io.invigil.bench;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.invigil.models.ModelCatalog;
import io.invigil.models.ModelDescriptor;
import io.invigil.models.ModelId;
import io.invigil.models.TensorShape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** One run of each bundled model in ONNX Runtime, one thread, tensors allocated once, as the engine does it. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(3)
@Warmup(iterations = 4, time = 2)
@Measurement(iterations = 5, time = 2)
public class ModelBenchmark {
    /** The model. */
    @Param
    public ModelId model;

    private OrtSession session;
    private final Map<String, OnnxTensor> inputs = new LinkedHashMap<>();
    private final Map<String, OnnxTensor> outputs = new LinkedHashMap<>();
    private final Map<String, FloatBuffer> answers = new LinkedHashMap<>();
    private final List<OnnxTensor> tensors = new ArrayList<>();

    /** Loads the model and fills its input with the portrait. */
    @Setup
    public void open() throws OrtException {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        ModelCatalog catalog = ModelCatalog.bundled();
        ModelDescriptor descriptor = catalog.descriptor(model);
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
            options.setCPUArenaAllocator(false);
            session = environment.createSession(catalog.load(model), options);
        }
        TensorShape input = descriptor.input();
        int height = input.dimensions().get(1);
        int width = input.dimensions().get(2);
        ByteBuffer pixels = ByteBuffer.allocateDirect(3 * width * height);
        pixels.put(0, picture(width, height));
        inputs.put(input.name(), keep(OnnxTensor.createTensor(environment, pixels, shape(input), OnnxJavaType.UINT8)));
        for (TensorShape output : descriptor.outputs()) {
            int count = output.dimensions().stream().reduce(1, Math::multiplyExact);
            FloatBuffer buffer = ByteBuffer.allocateDirect(count * Float.BYTES)
                    .order(ByteOrder.nativeOrder())
                    .asFloatBuffer();
            outputs.put(output.name(), keep(OnnxTensor.createTensor(environment, buffer, shape(output))));
            answers.put(output.name(), buffer);
        }
    }

    private byte[] picture(int width, int height) {
        return switch (model) {
            case FACE_MESH_ATTENTION, FACE_DETECTION_SHORT_RANGE, FACE_RECOGNITION -> TestFrames.faceBgr(width, height);
            default -> TestFrames.portraitBgr(width, height);
        };
    }

    private OnnxTensor keep(OnnxTensor tensor) {
        tensors.add(tensor);
        return tensor;
    }

    private static long[] shape(TensorShape shape) {
        return shape.dimensions().stream().mapToLong(Integer::longValue).toArray();
    }

    /** Runs the model into its pinned outputs. */
    @Benchmark
    public void run() throws OrtException {
        session.run(inputs, Set.of(), outputs).close();
    }

    /** Fails when the model did not see the person, and forgets the answer, so that the next run must give it anew. */
    @TearDown(Level.Iteration)
    public void check() {
        double score = switch (model) {
            case FACE_DETECTION_FULL_RANGE, FACE_DETECTION_SHORT_RANGE -> sigmoid(highest("scores", 1));
            case FACE_MESH_ATTENTION -> sigmoid(highest("face_flag", 1));
            case NANODET ->
                Math.max(highest("scores_32", 80), Math.max(highest("scores_16", 80), highest("scores_8", 80)));
            case CENTERNET -> highest("scores", 1);
            case FACE_RECOGNITION -> length("embedding");
        };
        if (!(score > 0.4)) {
            throw new IllegalStateException(model + " gives the portrait a score of " + score + ", must exceed 0.4");
        }
        for (FloatBuffer answer : answers.values()) {
            for (int i = 0; i < answer.capacity(); i++) {
                answer.put(i, 0);
            }
        }
    }

    /** The highest value of the first class of each cell. */
    private float highest(String output, int classes) {
        FloatBuffer values = answers.get(output);
        float highest = Float.NEGATIVE_INFINITY;
        for (int i = 0; i < values.capacity(); i += classes) {
            highest = Math.max(highest, values.get(i));
        }
        return highest;
    }

    /** The length of an output taken as one vector; a descriptor's is about 1 to 1.5. */
    private double length(String output) {
        FloatBuffer values = answers.get(output);
        double squares = 0;
        for (int i = 0; i < values.capacity(); i++) {
            squares += values.get(i) * (double) values.get(i);
        }
        return Math.sqrt(squares);
    }

    private static double sigmoid(double logit) {
        return 1 / (1 + Math.exp(-logit));
    }

    /** Frees natives. */
    @TearDown
    public void close() throws OrtException {
        tensors.forEach(OnnxTensor::close);
        session.close();
    }
}
