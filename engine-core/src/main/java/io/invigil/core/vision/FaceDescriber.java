package io.invigil.core.vision;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;

/**
 * Cuts a face out upright and turns it into {@value #SIZE} numbers with dlib's network: pictures of one person lie near each
 * other. Also measures whether the cut-out is fit for that. For one thread at a time.
 */
final class FaceDescriber implements AutoCloseable {
    /** Numbers in a descriptor. */
    static final int SIZE = 128;

    /** The middle of the cut-out, from brow to chin, as a share of its side on each side. */
    private static final double INNER = 1 / 6.0;

    private static final int LOW = (int) (INNER * FaceChip.SIZE);
    private static final int HIGH = FaceChip.SIZE - LOW;

    private final ModelRunner runner;
    private final CropSampler sampler;
    private final FloatBuffer embedding;
    private final ByteBuffer pixels;
    private final FaceChip chip = new FaceChip();
    private final Letterbox square = new Letterbox();
    private final EdgeWidth edgeWidth = new EdgeWidth();
    private final byte[] grey = new byte[FaceChip.SIZE * FaceChip.SIZE];

    FaceDescriber(OnnxModel model) {
        runner = model.newRunner();
        sampler = new CropSampler(runner.inputBytes(), FaceChip.SIZE, 2);
        embedding = runner.output("embedding");
        pixels = runner.inputBytes();
    }

    /** Cuts a face out; {@link #describe} and the measurements speak of it. */
    void cut(DecodedImage image, FaceShape shape) {
        chip.place(shape, square);
        sampler.sample(image, square);
        for (int i = 0; i < grey.length; i++) {
            int blue = pixels.get(3 * i) & 0xFF;
            int green = pixels.get(3 * i + 1) & 0xFF;
            int red = pixels.get(3 * i + 2) & 0xFF;
            grey[i] = (byte) ((29 * blue + 150 * green + 77 * red) >> 8);
        }
    }

    /** Distance of the outer eye corners, in pixels of the picture. */
    double eyeDistancePx() {
        return chip.eyeDistancePx();
    }

    /** Whether the face from brow to chin lies inside the picture. */
    boolean isInside(DecodedImage image) {
        double low = INNER * FaceChip.SIZE;
        double high = FaceChip.SIZE - low;
        return isInside(image, low, low)
                && isInside(image, high, low)
                && isInside(image, low, high)
                && isInside(image, high, high);
    }

    private boolean isInside(DecodedImage image, double inputX, double inputY) {
        double x = square.toPictureX(inputX, inputY);
        double y = square.toPictureY(inputX, inputY);
        return x >= 0 && y >= 0 && x < image.widthPx() && y < image.heightPx();
    }

    /** Mean luma of the face, 0 to 255. */
    double brightness() {
        long sum = 0;
        for (int y = LOW; y < HIGH; y++) {
            for (int x = LOW; x < HIGH; x++) {
                sum += grey[y * FaceChip.SIZE + x] & 0xFF;
            }
        }
        return (double) sum / ((HIGH - LOW) * (HIGH - LOW));
    }

    /** Standard deviation of the face's luma, in levels of 0 to 255. */
    double contrast() {
        double mean = brightness();
        double squares = 0;
        for (int y = LOW; y < HIGH; y++) {
            for (int x = LOW; x < HIGH; x++) {
                double from = (grey[y * FaceChip.SIZE + x] & 0xFF) - mean;
                squares += from * from;
            }
        }
        return Math.sqrt(squares / ((HIGH - LOW) * (HIGH - LOW)));
    }

    /** How steep the cut-out's strongest edges are; see {@link EdgeWidth}. Falls with blur and with the face's size. */
    double steepness() {
        return edgeWidth.steepness(grey, FaceChip.SIZE, FaceChip.SIZE);
    }

    /** Writes the descriptor of the face cut out last, and leaves no copy behind. */
    void describe(float[] descriptor) {
        runner.run();
        for (int i = 0; i < SIZE; i++) {
            descriptor[i] = embedding.get(i);
            embedding.put(i, 0);
        }
    }

    @Override
    public void close() {
        sampler.close();
        runner.close();
    }
}
