package io.invigil.core.vision;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC1;
import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;
import static org.bytedeco.opencv.global.opencv_imgproc.COLOR_BGR2GRAY;
import static org.bytedeco.opencv.global.opencv_imgproc.createLineSegmentDetector;
import static org.bytedeco.opencv.global.opencv_imgproc.cvtColor;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_imgproc.LineSegmentDetector;

/** Finds the straight lines around a face with OpenCV's line segment detector. For one thread at a time. */
final class OutlineFinder implements AutoCloseable {
    /** Pixels for the width of the face. */
    private static final int UNIT_PX = 40;

    private static final int SIZE = (int) (2 * FaceOutline.REACH * UNIT_PX);
    /** Segments this near the picture's border are the border. */
    private static final double BORDER_PX = 2.5;

    private final ByteBuffer pixels = ByteBuffer.allocateDirect(SIZE * SIZE * 3);
    private final CropSampler sampler = new CropSampler(pixels, SIZE, 2);
    private final BytePointer pointer = new BytePointer(pixels);
    private final Mat colour = new Mat(SIZE, SIZE, CV_8UC3, pointer);
    private final Mat grey = new Mat(SIZE, SIZE, CV_8UC1);
    private final Mat segments = new Mat();
    private final LineSegmentDetector detector = createLineSegmentDetector();
    private final Letterbox square = new Letterbox();
    private final FaceOutline outline = new FaceOutline();

    /**
     * How much of a straight-edged outline there is around a face.
     *
     * @return 0 to 1; see {@link FaceOutline#score}
     */
    double measure(DecodedImage image, FacesInFrame.Slot face) {
        square.set(
                face.leftPx + face.widthPx / 2,
                face.topPx + face.heightPx / 2,
                2 * FaceOutline.REACH * face.widthPx,
                0,
                SIZE);
        sampler.sample(image, square);
        cvtColor(colour, grey, COLOR_BGR2GRAY);
        detector.detect(grey, segments);
        outline.clear();
        if (segments.rows() > 0) {
            FloatBuffer ends = segments.createBuffer();
            for (int i = 0; i < segments.rows(); i++) {
                take(image, ends.get(4 * i), ends.get(4 * i + 1), ends.get(4 * i + 2), ends.get(4 * i + 3));
            }
        }
        return outline.score();
    }

    private void take(DecodedImage image, float x0, float y0, float x1, float y1) {
        if (!onBorder(image, x0, y0) || !onBorder(image, x1, y1)) {
            double half = SIZE / 2.0;
            outline.add((x0 - half) / UNIT_PX, (y0 - half) / UNIT_PX, (x1 - half) / UNIT_PX, (y1 - half) / UNIT_PX);
        }
    }

    /** Whether a place in the cut-out lies at the border of the picture or beyond it. */
    private boolean onBorder(DecodedImage image, double inputX, double inputY) {
        double near = BORDER_PX * square.scale();
        double x = square.toPictureX(inputX, inputY);
        double y = square.toPictureY(inputX, inputY);
        return x < near || y < near || x > image.widthPx() - near || y > image.heightPx() - near;
    }

    @Override
    public void close() {
        detector.close();
        segments.close();
        grey.close();
        colour.close();
        pointer.close();
        sampler.close();
    }
}
