package io.invigil.core.vision;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;

/**
 * Fits 468 points and two irises to the face in a turned square with MediaPipe's attention mesh, and says whether it is a
 * face. For one thread at a time.
 */
final class FaceMesh implements AutoCloseable {
    static final int INPUT_SIZE = 192;
    static final int POINTS = 468;
    static final int IRIS_POINTS = 5;
    /** Height of what lies open between the lids and of the lashes, in widths of an eye. */
    private static final double EYE_HEIGHT = 0.5;

    private final ModelRunner runner;
    private final CropSampler sampler;
    private final ByteBuffer pixels;
    private final FloatBuffer mesh;
    private final FloatBuffer irises;
    private final FloatBuffer eyes;
    private final FloatBuffer faceFlag;
    private final float[] leftEyePx = new float[2 * EyeContours.POINTS];
    private final float[] rightEyePx = new float[2 * EyeContours.POINTS];
    private final Letterbox square = new Letterbox();

    FaceMesh(OnnxModel model) {
        runner = model.newRunner();
        pixels = runner.inputBytes();
        sampler = new CropSampler(pixels, INPUT_SIZE, 4);
        mesh = runner.output("mesh");
        irises = runner.output("irises");
        eyes = runner.output("eyes");
        faceFlag = runner.output("face_flag");
    }

    /** Fits the face in a square; writes points in picture pixels into the shape and sets its face flag, 0 to 1. */
    void fit(DecodedImage image, double centerXPx, double centerYPx, double sidePx, double angleRad, FaceShape shape) {
        square.set(centerXPx, centerYPx, sidePx, angleRad, INPUT_SIZE);
        sampler.sample(image, square);
        runner.run();
        double scale = square.scale();
        for (int i = 0; i < POINTS; i++) {
            double x = mesh.get(3 * i);
            double y = mesh.get(3 * i + 1);
            shape.mesh[3 * i] = (float) square.toPictureX(x, y);
            shape.mesh[3 * i + 1] = (float) square.toPictureY(x, y);
            shape.mesh[3 * i + 2] = (float) (mesh.get(3 * i + 2) * scale);
        }
        // The subject's right eye comes first: it is the one on the left of the picture.
        toPicture(irises, 0, shape.leftIris);
        toPicture(irises, 1, shape.rightIris);
        toPicture(eyes, 0, leftEyePx);
        toPicture(eyes, 1, rightEyePx);
        EyeContours.refine(shape.mesh, leftEyePx, rightEyePx);
        shape.eyeContrast = Math.max(eyeContrast(33, 133), eyeContrast(362, 263));
        shape.faceFlag = 1 / (1 + Math.exp(-faceFlag.get(0)));
        shape.measure();
    }

    /**
     * Standard deviation of the luma around an eye, in levels of 0 to 255: white, iris, lashes and skin differ by far where they
     * are to be seen at all.
     */
    private double eyeContrast(int corner, int otherCorner) {
        double fromX = mesh.get(3 * corner);
        double toX = mesh.get(3 * otherCorner);
        double fromY = mesh.get(3 * corner + 1);
        double toY = mesh.get(3 * otherCorner + 1);
        double halfHeight = EYE_HEIGHT * Math.hypot(toX - fromX, toY - fromY) / 2;
        int left = within(Math.min(fromX, toX));
        int right = within(Math.max(fromX, toX));
        int top = within((fromY + toY) / 2 - halfHeight);
        int bottom = within((fromY + toY) / 2 + halfHeight);
        long sum = 0;
        long squares = 0;
        int count = 0;
        for (int y = top; y <= bottom; y++) {
            for (int x = left; x <= right; x++) {
                int i = 3 * (y * INPUT_SIZE + x);
                int luma = (29 * (pixels.get(i) & 0xFF)
                                + 150 * (pixels.get(i + 1) & 0xFF)
                                + 77 * (pixels.get(i + 2) & 0xFF))
                        >> 8;
                sum += luma;
                squares += luma * luma;
                count++;
            }
        }
        double mean = (double) sum / count;
        return Math.sqrt(Math.max(0, (double) squares / count - mean * mean));
    }

    private static int within(double position) {
        return (int) Math.max(0, Math.min(INPUT_SIZE - 1, position));
    }

    private void toPicture(FloatBuffer from, int eye, float[] to) {
        for (int i = 0; i < to.length / 2; i++) {
            double x = from.get(eye * to.length + 2 * i);
            double y = from.get(eye * to.length + 2 * i + 1);
            to[2 * i] = (float) square.toPictureX(x, y);
            to[2 * i + 1] = (float) square.toPictureY(x, y);
        }
    }

    @Override
    public void close() {
        sampler.close();
        runner.close();
    }
}
