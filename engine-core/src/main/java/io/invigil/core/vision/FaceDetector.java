package io.invigil.core.vision;

import java.nio.FloatBuffer;

/**
 * Finds faces in squares of a picture with MediaPipe's full-range model: a 48 x 48 grid of cells of 4 input pixels, each with
 * a score (logit), a box and six keypoints relative to the cell's centre. For one thread at a time.
 */
final class FaceDetector implements AutoCloseable {
    static final int INPUT_SIZE = 192;

    private static final int GRID = 48;
    private static final int CELL = INPUT_SIZE / GRID;
    private static final double MERGE_IOU = 0.3;

    private final ModelRunner runner;
    private final CropSampler sampler;
    private final FloatBuffer boxes;
    private final FloatBuffer scores;
    private final float[] regressor = new float[16];
    private final Detections raw = new Detections();
    private final NonMaxSuppression suppression = new NonMaxSuppression(MERGE_IOU);
    private final Letterbox square = new Letterbox();

    FaceDetector(OnnxModel fullRange) {
        runner = fullRange.newRunner();
        sampler = new CropSampler(runner.inputBytes(), INPUT_SIZE, 2);
        boxes = runner.output("boxes");
        scores = runner.output("scores");
    }

    /**
     * Searches an upright square of the picture, which may reach beyond its border.
     *
     * @param minScore the least score taken, 0 to 1
     * @param found receives the merged detections in picture pixels, best first, after what it holds
     */
    void detect(
            DecodedImage image, double centerXPx, double centerYPx, double sidePx, double minScore, Detections found) {
        square.set(centerXPx, centerYPx, sidePx, 0, INPUT_SIZE);
        sampler.sample(image, square);
        runner.run();
        raw.clear();
        float minLogit = (float) -Math.log(1 / minScore - 1);
        for (int i = 0; i < GRID * GRID; i++) {
            float logit = scores.get(i);
            if (logit >= minLogit) {
                decode(i, logit);
            }
        }
        suppression.merge(raw, found);
    }

    private void decode(int cell, float logit) {
        boxes.get(cell * 16, regressor);
        double anchorX = (cell % GRID + 0.5) * CELL;
        double anchorY = (cell / GRID + 0.5) * CELL;
        double scale = square.scale();
        if (regressor[2] <= 0 || regressor[3] <= 0) {
            return;
        }
        int row = raw.add();
        raw.set(row, Detections.SCORE, 1 / (1 + Math.exp(-logit)));
        double x = anchorX + regressor[0];
        double y = anchorY + regressor[1];
        raw.set(row, Detections.CENTER_X, square.toPictureX(x, y));
        raw.set(row, Detections.CENTER_Y, square.toPictureY(x, y));
        raw.set(row, Detections.WIDTH, regressor[2] * scale);
        raw.set(row, Detections.HEIGHT, regressor[3] * scale);
        for (int k = 0; k < 2 * Detections.KEYPOINTS; k += 2) {
            x = anchorX + regressor[4 + k];
            y = anchorY + regressor[5 + k];
            raw.set(row, Detections.KEYPOINT_0 + k, square.toPictureX(x, y));
            raw.set(row, Detections.KEYPOINT_0 + k + 1, square.toPictureY(x, y));
        }
    }

    @Override
    public void close() {
        sampler.close();
        runner.close();
    }
}
