package io.invigil.core.vision;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtEnvironment;
import io.invigil.models.ModelCatalog;
import io.invigil.models.ModelId;
import io.invigil.testdata.FrameImage;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.bytedeco.opencv.opencv_core.Mat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The converted models, our sampling and decoding against the original runtimes' answers on the committed pictures.
 */
@Timeout(120)
final class VisionParityTest {
    /** What another shrinking filter may cost, as the golden files' README measures it. */
    private static final double BOX_SHARE = 0.06;

    private static final double SCORE = 0.06;
    /** Mean and worst mesh error over the distance of the outer eye corners. */
    private static final double MESH_MEAN = 0.002;

    /** Eye contours: the graph the golden mesh comes from samples them half a cell off, which the conversion corrects. */
    private static final double MESH_WORST = 0.06;
    /** Against MediaPipe itself, which puts refined lips into its mesh where ours has the plain ones. */
    private static final double MEDIAPIPE_MEDIAN = 0.006;

    private static final double MEDIAPIPE_LID = 0.03;
    /** Middle of the upper and lower lids. */
    private static final int[] LIDS = {159, 145, 386, 374};

    private static final double MEDIAPIPE_IRIS = 0.012;

    private static List<String[]> rows(String file) {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(
                FrameImage.class.getResourceAsStream("parity/" + file), StandardCharsets.UTF_8))) {
            return reader.lines().skip(1).map(line -> line.split(",")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static DecodedImage decoded(String name) {
        DecodedImage image = new DecodedImage();
        try (Mat picture = Pictures.face(name)) {
            picture.copyTo(image.upright());
        }
        image.refresh();
        return image;
    }

    private static OnnxModel model(ModelId id) {
        return new OnnxModel(
                OrtEnvironment.getEnvironment(),
                id.key(),
                ModelCatalog.bundled().load(id));
    }

    @Test
    void shouldFindTheFacesTheOriginalDetectorFinds() {
        List<String[]> golden = rows("faces.csv");
        assertThat(golden).isNotEmpty();
        try (OnnxModel model = model(ModelId.FACE_DETECTION_FULL_RANGE);
                FaceDetector detector = new FaceDetector(model)) {
            for (String[] row : golden) {
                try (DecodedImage image = decoded(row[0])) {
                    Detections found = new Detections();
                    double side = Math.max(image.widthPx(), image.heightPx());
                    detector.detect(image, image.widthPx() / 2.0, image.heightPx() / 2.0, side, 0.5, found);
                    assertThat(found.count()).as(row[0]).isEqualTo(1);
                    compareFace(row, found);
                }
            }
        }
    }

    private static void compareFace(String[] row, Detections found) {
        double[] expected = numbers(row, 2);
        double size = expected[3];
        assertThat(Math.abs(found.get(0, Detections.SCORE) - expected[0]))
                .as(row[0])
                .isLessThan(SCORE);
        assertThat(Math.abs(found.left(0) - expected[1])).as(row[0]).isLessThan(BOX_SHARE * size);
        assertThat(Math.abs(found.top(0) - expected[2])).as(row[0]).isLessThan(BOX_SHARE * size);
        assertThat(Math.abs(found.get(0, Detections.WIDTH) - size)).as(row[0]).isLessThan(BOX_SHARE * size);
        for (int k = 0; k < 2 * Detections.KEYPOINTS; k++) {
            assertThat(Math.abs(found.get(0, Detections.KEYPOINT_0 + k) - expected[5 + k]))
                    .as("%s keypoint value %d", row[0], k)
                    .isLessThan(BOX_SHARE * size);
        }
    }

    @Test
    void shouldFitTheMeshTheOriginalFits() {
        Map<String, List<String[]>> byImage = rows("mesh.csv").stream().collect(Collectors.groupingBy(row -> row[0]));
        assertThat(byImage).isNotEmpty();
        try (OnnxModel model = model(ModelId.FACE_MESH_ATTENTION);
                FaceMesh mesh = new FaceMesh(model)) {
            byImage.forEach((name, rows) -> {
                try (DecodedImage image = decoded(name)) {
                    double[] region = numbers(row(rows, "region"), 4);
                    double angle = numbers(row(rows, "rotation_rad"), 4)[0];
                    FaceShape shape = new FaceShape();
                    mesh.fit(image, region[0], region[1], region[2], angle, shape);
                    assertThat(shape.faceFlag).as(name).isGreaterThan(0.99);
                    compareMesh(name, rows, shape);
                }
            });
        }
    }

    private static void compareMesh(String name, List<String[]> rows, FaceShape shape) {
        double eyes = Math.hypot(shape.x(263) - shape.x(33), shape.y(263) - shape.y(33));
        double sum = 0;
        double worst = 0;
        int count = 0;
        for (String[] row : rows) {
            if (!row[2].equals("mesh")) {
                continue;
            }
            int point = Integer.parseInt(row[3]);
            double[] expected = numbers(row, 4);
            double error = Math.hypot(shape.x(point) - expected[0], shape.y(point) - expected[1]) / eyes;
            sum += error;
            worst = Math.max(worst, error);
            count++;
        }
        assertThat(count).as(name).isEqualTo(FaceMesh.POINTS);
        assertThat(sum / count).as("mean error of %s", name).isLessThan(MESH_MEAN);
        assertThat(worst).as("worst error of %s", name).isLessThan(MESH_WORST);
    }

    @Test
    void shouldFitMeshAndIrisesAsMediaPipeDoes() {
        Map<String, List<String[]>> byImage =
                rows("mediapipe_mesh.csv").stream().collect(Collectors.groupingBy(row -> row[0]));
        assertThat(byImage).hasSize(4);
        try (OnnxModel model = model(ModelId.FACE_MESH_ATTENTION);
                FaceMesh mesh = new FaceMesh(model)) {
            byImage.forEach((name, rows) -> {
                try (DecodedImage image = decoded(name)) {
                    double[] region = numbers(named(rows, 1, "region"), 2);
                    double angle = numbers(named(rows, 1, "rotation_rad"), 2)[0];
                    FaceShape shape = new FaceShape();
                    mesh.fit(image, region[0], region[1], region[2], angle, shape);
                    compareWithMediaPipe(name, rows, shape);
                }
            });
        }
    }

    private static void compareWithMediaPipe(String name, List<String[]> rows, FaceShape shape) {
        double eyes = Math.hypot(shape.x(263) - shape.x(33), shape.y(263) - shape.y(33));
        double[] errors = new double[FaceMesh.POINTS];
        double irisSum = 0;
        int irisPoints = 2 * FaceMesh.IRIS_POINTS;
        for (int point = 0; point < FaceMesh.POINTS + irisPoints; point++) {
            double[] expected = numbers(named(rows, 1, Integer.toString(point)), 2);
            int iris = point - FaceMesh.POINTS;
            if (iris < 0) {
                errors[point] = Math.hypot(shape.x(point) - expected[0], shape.y(point) - expected[1]);
            } else {
                float[] found = iris < FaceMesh.IRIS_POINTS ? shape.leftIris : shape.rightIris;
                int at = 2 * (iris % FaceMesh.IRIS_POINTS);
                irisSum += Math.hypot(found[at] - expected[0], found[at + 1] - expected[1]);
            }
        }
        for (int point : LIDS) {
            assertThat(errors[point] / eyes)
                    .as("lid point %d of %s", point, name)
                    .isLessThan(MEDIAPIPE_LID);
        }
        Arrays.sort(errors);
        assertThat(errors[FaceMesh.POINTS / 2] / eyes).as("mesh of %s", name).isLessThan(MEDIAPIPE_MEDIAN);
        assertThat(irisSum / irisPoints / eyes).as("irises of %s", name).isLessThan(MEDIAPIPE_IRIS);
    }

    private static String[] named(List<String[]> rows, int column, String value) {
        return rows.stream()
                .filter(row -> row[column].equals(value))
                .findFirst()
                .orElseThrow();
    }

    private static String[] row(List<String[]> rows, String tensor) {
        return named(rows, 2, tensor);
    }

    private static double[] numbers(String[] row, int from) {
        double[] values = new double[row.length - from];
        for (int i = 0; i < values.length; i++) {
            values[i] = Double.parseDouble(row[from + i]);
        }
        return values;
    }
}
