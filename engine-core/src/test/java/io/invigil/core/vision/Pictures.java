package io.invigil.core.vision;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_COLOR;
import static org.bytedeco.opencv.global.opencv_imgcodecs.imdecode;

import io.invigil.api.Frame;
import io.invigil.api.ImageQuality;
import io.invigil.api.PixelFormat;
import io.invigil.api.PresenceObservation;
import io.invigil.core.perception.FrameBuffer;
import io.invigil.core.sight.PictureSight;
import io.invigil.core.sight.PresenceSight;
import io.invigil.testdata.FrameImage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Random;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Rect;
import org.bytedeco.opencv.opencv_core.Scalar;

/** Pictures for tests: the committed faces, plain and textured scenes, and frames made of them. */
final class Pictures {
    private Pictures() {}

    /** A picture of this quality as the steps after the decode step get it. */
    static PictureSight sight(ImageQuality quality) {
        PictureSight sight = new PictureSight();
        sight.set(quality);
        return sight;
    }

    /** What was seen of bodies and objects as the steps after the presence step get it. */
    static PresenceSight presence(PresenceObservation seen) {
        PresenceSight sight = new PresenceSight();
        sight.set(seen);
        return sight;
    }

    static byte[] file(String name) {
        try (InputStream in = FrameImage.class.getResourceAsStream("faces/" + name)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A committed face picture, BGR. */
    static Mat face(String name) {
        byte[] bytes = file(name);
        try (BytePointer pointer = new BytePointer(bytes);
                Mat row = new Mat(pointer)) {
            return imdecode(row, IMREAD_COLOR);
        }
    }

    /** A textured scene without a person. */
    static Mat room(int width, int height) {
        Mat room = new Mat(height, width, CV_8UC3, new Scalar(120, 125, 130, 0));
        for (int i = 0; i < 6; i++) {
            int x = width * i / 7;
            Mat shelf = new Mat(room, new Rect(x, height * (i % 3) / 5, width / 10, height / 3));
            shelf.put(new Scalar(40 + 30 * i, 200 - 25 * i, 60 + 20 * i, 0));
            shelf.close();
        }
        return room;
    }

    /** Pastes a picture into another at a place. */
    static void paste(Mat onto, Mat what, int left, int top) {
        try (Rect place = new Rect(left, top, what.cols(), what.rows());
                Mat part = new Mat(onto, place)) {
            what.copyTo(part);
        }
    }

    static byte[] bytes(Mat picture) {
        try (Mat packed = picture.clone()) {
            byte[] bytes = new byte[(int) (packed.total() * packed.elemSize())];
            packed.data().capacity(bytes.length).get(bytes);
            return bytes;
        }
    }

    /** A raw BGR frame. */
    static FrameBuffer frame(Mat picture, long timestampNs) {
        return frame(bytes(picture), picture.cols(), picture.rows(), timestampNs);
    }

    /** A raw BGR frame with sensor noise of this standard deviation. */
    static FrameBuffer noisyFrame(Mat picture, double sigma, Random random, long timestampNs) {
        return frame(noisy(picture, sigma, random), picture.cols(), picture.rows(), timestampNs);
    }

    /** A picture's BGR bytes with sensor noise of this standard deviation. */
    static byte[] noisy(Mat picture, double sigma, Random random) {
        byte[] bytes = bytes(picture);
        for (int i = 0; i < bytes.length; i++) {
            double value = (bytes[i] & 0xFF) + sigma * random.nextGaussian();
            bytes[i] = (byte) Math.max(0, Math.min(255, Math.round(value)));
        }
        return bytes;
    }

    private static FrameBuffer frame(byte[] bgr, int width, int height, long timestampNs) {
        FrameBuffer buffer = new FrameBuffer();
        buffer.copyFrom(Frame.packed(PixelFormat.BGR, width, height, ByteBuffer.wrap(bgr), 3 * width, timestampNs));
        return buffer;
    }
}
