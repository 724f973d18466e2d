package io.invigil.core.vision;

import static org.bytedeco.opencv.global.opencv_core.BORDER_CONSTANT;
import static org.bytedeco.opencv.global.opencv_core.CV_64FC1;
import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_LINEAR;
import static org.bytedeco.opencv.global.opencv_imgproc.WARP_INVERSE_MAP;
import static org.bytedeco.opencv.global.opencv_imgproc.warpAffine;

import java.nio.ByteBuffer;
import java.nio.DoubleBuffer;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.bytedeco.opencv.opencv_core.Size;

/** Cuts squares out of a picture straight into a network's input tensor, black beyond the border. For one thread at a time. */
final class CropSampler implements AutoCloseable {
    private final double maxSkip;
    private final BytePointer pointer;
    private final Mat input;
    private final Mat affine = new Mat(2, 3, CV_64FC1);
    private final DoubleBuffer affineValues = affine.createBuffer();
    private final double[] matrix = new double[6];
    private final Size size;
    private final Scalar black = new Scalar(0, 0, 0, 0);

    /**
     * Writes into the tensor memory of a network that takes squares of packed BGR bytes.
     *
     * @param maxSkip how many pixels of a level one step may span at most; 1 or more. More is nearer to what the original
     *     runtimes feed a network, less aliases less
     */
    CropSampler(ByteBuffer inputBytes, int inputSize, double maxSkip) {
        this.maxSkip = maxSkip;
        pointer = new BytePointer(inputBytes);
        input = new Mat(inputSize, inputSize, CV_8UC3, pointer);
        size = new Size(inputSize, inputSize);
    }

    /** Fills the input with a square of the picture, from the finest level that keeps to the largest step. */
    void sample(DecodedImage image, Letterbox square) {
        int level = image.levelFor(square.scale() * 2 / maxSkip);
        square.inverseAffine(level, matrix);
        affineValues.put(0, matrix);
        warpAffine(image.level(level), input, affine, size, INTER_LINEAR | WARP_INVERSE_MAP, BORDER_CONSTANT, black);
    }

    @Override
    public void close() {
        input.close();
        pointer.close();
        affine.close();
        size.close();
        black.close();
    }
}
