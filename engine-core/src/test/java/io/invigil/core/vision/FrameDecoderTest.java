package io.invigil.core.vision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.invigil.api.EngineException;
import io.invigil.api.ErrorCode;
import io.invigil.api.Frame;
import io.invigil.api.PixelFormat;
import io.invigil.api.Rotation;
import io.invigil.core.perception.FrameBuffer;
import io.invigil.testdata.FrameImage;
import io.invigil.testdata.ImageCoding;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.bytedeco.opencv.opencv_core.Mat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class FrameDecoderTest {
    private final FrameDecoder decoder = new FrameDecoder(1_000_000);
    private final FrameBuffer buffer = new FrameBuffer();
    private final Mat decoded = new Mat();

    @AfterEach
    void close() {
        decoder.close();
        decoded.close();
    }

    /** Smooth in both directions, all channels different, so that a shift, a swap or a wrong stride shows. */
    private static byte[] gradient(int width, int height) {
        byte[] bgr = new byte[3 * width * height];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int i = 3 * (y * width + x);
                bgr[i] = (byte) (40 + 150 * x / width);
                bgr[i + 1] = (byte) (60 + 130 * y / height);
                bgr[i + 2] = (byte) (200 - 120 * x / width);
            }
        }
        return bgr;
    }

    private static Frame.Plane plane(int width, int height, int padding, int pixelBytes, PlaneValue value) {
        int stride = width * pixelBytes + padding;
        ByteBuffer data = ByteBuffer.allocate(5 + stride * height);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                for (int channel = 0; channel < pixelBytes; channel++) {
                    data.put(5 + y * stride + x * pixelBytes + channel, (byte) value.at(x, y, channel));
                }
            }
        }
        return new Frame.Plane(data.position(5), stride);
    }

    private interface PlaneValue {
        int at(int x, int y, int channel);
    }

    private static int luma(byte[] bgr, int i) {
        return (int) Math.round(16
                + 0.0979 * (bgr[3 * i] & 0xFF)
                + 0.5041 * (bgr[3 * i + 1] & 0xFF)
                + 0.2568 * (bgr[3 * i + 2] & 0xFF));
    }

    /** Mean over a 2x2 block (cut at the border) of a chroma value. */
    private static int chroma(byte[] bgr, int width, int height, int x, int y, double b, double g, double r) {
        double sum = 0;
        int count = 0;
        for (int yy = 2 * y; yy < Math.min(height, 2 * y + 2); yy++) {
            for (int xx = 2 * x; xx < Math.min(width, 2 * x + 2); xx++) {
                int i = 3 * (yy * width + xx);
                sum += 128 + b * (bgr[i] & 0xFF) + g * (bgr[i + 1] & 0xFF) + r * (bgr[i + 2] & 0xFF);
                count++;
            }
        }
        return (int) Math.round(sum / count);
    }

    private static Frame frame(PixelFormat format, byte[] bgr, int w, int h, int padding) {
        PlaneValue u = (x, y, c) -> chroma(bgr, w, h, x, y, 0.4392, -0.2910, -0.1482);
        PlaneValue v = (x, y, c) -> chroma(bgr, w, h, x, y, -0.0714, -0.3678, 0.4392);
        Frame.Plane lumaPlane = plane(w, h, padding, 1, (x, y, c) -> luma(bgr, y * w + x));
        int cw = (w + 1) / 2;
        int ch = (h + 1) / 2;
        return switch (format) {
            case I420 -> Frame.i420(w, h, lumaPlane, plane(cw, ch, padding, 1, u), plane(cw, ch, padding + 1, 1, v), 1);
            case NV12 ->
                Frame.nv12(
                        w,
                        h,
                        lumaPlane,
                        plane(cw, ch, padding, 2, (x, y, c) -> c == 0 ? u.at(x, y, 0) : v.at(x, y, 0)),
                        1);
            default -> {
                int bytes = format.bytesPerPixel();
                Frame.Plane packed = plane(w, h, padding, bytes, (x, y, c) -> {
                    int i = 3 * (y * w + x);
                    return switch (format) {
                        case BGR -> bgr[i + c];
                        case RGB -> bgr[i + 2 - c];
                        case BGRA -> c == 3 ? 99 : bgr[i + c];
                        case RGBA -> c == 3 ? 99 : bgr[i + 2 - c];
                        default -> bgr[i];
                    };
                });
                yield Frame.packed(format, w, h, packed.data(), packed.strideBytes(), 1);
            }
        };
    }

    @ParameterizedTest
    @CsvSource({
        "BGR,64,48,0",
        "BGR,63,47,7",
        "RGB,63,47,1",
        "RGBA,33,21,4",
        "BGRA,33,21,4",
        "I420,64,48,0",
        "I420,64,48,16",
        "I420,63,47,3",
        "I420,64,47,0",
        "I420,1,1,0",
        "NV12,64,48,0",
        "NV12,63,48,5",
        "NV12,63,47,2",
        "NV12,3,3,0"
    })
    void shouldEqualOriginalWhenRaw(PixelFormat format, int width, int height, int padding) {
        byte[] original = gradient(width, height);
        Frame frame = frame(format, original, width, height, padding);
        FrameBuffer.check(frame, 1_000_000);
        buffer.copyFrom(frame);

        decoder.decode(buffer, decoded);

        assertThat(decoded.cols()).isEqualTo(width);
        assertThat(decoded.rows()).isEqualTo(height);
        // Subsampled chroma is off by up to half the gradient's step over two pixels.
        int tolerance =
                format == PixelFormat.I420 || format == PixelFormat.NV12 ? Math.min(width, height) < 8 ? 60 : 12 : 0;
        assertClose(Pictures.bytes(decoded), original, tolerance);
    }

    @Test
    void shouldRepeatLumaInAllChannelsWhenGray() {
        byte[] original = gradient(31, 17);
        buffer.copyFrom(frame(PixelFormat.GRAY, original, 31, 17, 2));
        decoder.decode(buffer, decoded);
        byte[] bgr = Pictures.bytes(decoded);
        for (int i = 0; i < 31 * 17; i++) {
            assertThat(bgr[3 * i])
                    .isEqualTo(original[3 * i])
                    .isEqualTo(bgr[3 * i + 1])
                    .isEqualTo(bgr[3 * i + 2]);
        }
    }

    @ParameterizedTest
    @EnumSource(Rotation.class)
    void shouldTurnUprightWhenRotated(Rotation rotation) {
        int width = 31;
        int height = 17;
        byte[] stored = gradient(width, height);
        buffer.copyFrom(frame(PixelFormat.BGR, stored, width, height, 0).withRotation(rotation));

        decoder.decode(buffer, decoded);

        assertThat(decoded.cols()).isEqualTo(rotation.swapsSides() ? height : width);
        byte[] upright = Pictures.bytes(decoded);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int ux = switch (rotation) {
                    case NONE -> x;
                    case CLOCKWISE_90 -> height - 1 - y;
                    case CLOCKWISE_180 -> width - 1 - x;
                    case CLOCKWISE_270 -> y;
                };
                int uy = switch (rotation) {
                    case NONE -> y;
                    case CLOCKWISE_90 -> x;
                    case CLOCKWISE_180 -> height - 1 - y;
                    case CLOCKWISE_270 -> width - 1 - x;
                };
                assertThat(upright[3 * (uy * decoded.cols() + ux)]).isEqualTo(stored[3 * (y * width + x)]);
            }
        }
    }

    @Test
    void shouldDecodeFilesOfChangingSizeOneAfterAnother() {
        for (int size : new int[] {40, 200, 33}) {
            byte[] original = gradient(size, size);
            buffer.copyFrom(Frame.encoded(ImageCoding.png(new FrameImage(size, size, original, 0)), 1));
            decoder.decode(buffer, decoded);
            assertClose(Pictures.bytes(decoded), original, 0);
            buffer.copyFrom(Frame.encoded(ImageCoding.jpeg(new FrameImage(size, size, original, 0), 0.95), 2));
            decoder.decode(buffer, decoded);
            assertClose(Pictures.bytes(decoded), original, 12);
        }
    }

    @Test
    void shouldDecodeAProgressiveFileAsTheSamePictureAsABaselineOne() throws IOException {
        byte[] original = gradient(200, 120);
        byte[] progressive = progressive(original, 200, 120);
        assertThat(scans(progressive)).isGreaterThan(5);
        buffer.copyFrom(Frame.encoded(progressive, 1));
        decoder.decode(buffer, decoded);
        assertClose(Pictures.bytes(decoded), original, 12);
    }

    private static byte[] progressive(byte[] bgr, int width, int height) throws IOException {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
        image.getRaster().setDataElements(0, 0, width, height, rgb(bgr));
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            ImageWriteParam param = writer.getDefaultWriteParam();
            param.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
            param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            param.setCompressionQuality(0.95f);
            writer.setOutput(out);
            writer.write(null, new IIOImage(image, null, null), param);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    private static byte[] rgb(byte[] bgr) {
        byte[] rgb = bgr.clone();
        for (int i = 0; i < rgb.length; i += 3) {
            rgb[i] = bgr[i + 2];
            rgb[i + 2] = bgr[i];
        }
        return rgb;
    }

    private static int scans(byte[] jpeg) {
        int scans = 0;
        for (int i = 0; i + 1 < jpeg.length; i++) {
            scans += jpeg[i] == (byte) 0xFF && jpeg[i + 1] == (byte) 0xDA ? 1 : 0;
        }
        return scans;
    }

    @Test
    void shouldObeyOrientationTagOnlyWhenFrameStatesNoRotation() {
        byte[] jpeg = withOrientation(ImageCoding.jpeg(new FrameImage(48, 32, gradient(48, 32), 0), 0.9), 6);
        buffer.copyFrom(Frame.encoded(jpeg, 1));
        decoder.decode(buffer, decoded);
        assertThat(decoded.cols()).isEqualTo(32);
        buffer.copyFrom(Frame.encoded(jpeg, 2).withRotation(Rotation.CLOCKWISE_180));
        decoder.decode(buffer, decoded);
        assertThat(decoded.cols()).isEqualTo(48);
    }

    private static byte[] withOrientation(byte[] jpeg, int orientation) {
        byte[] exif = {
            (byte) 0xFF,
            (byte) 0xE1,
            0,
            34,
            'E',
            'x',
            'i',
            'f',
            0,
            0,
            'M',
            'M',
            0,
            42,
            0,
            0,
            0,
            8,
            0,
            1,
            1,
            0x12,
            0,
            3,
            0,
            0,
            0,
            1,
            0,
            (byte) orientation,
            0,
            0,
            0,
            0,
            0,
            0
        };
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(jpeg, 0, 2);
        out.write(exif, 0, exif.length);
        out.write(jpeg, 2, jpeg.length - 2);
        return out.toByteArray();
    }

    @Test
    void shouldFailClearlyAndGoOnWhenFileIsDamaged() {
        byte[] whole = ImageCoding.jpeg(new FrameImage(64, 64, gradient(64, 64), 0), 0.9);
        buffer.copyFrom(Frame.encoded(Arrays.copyOf(whole, whole.length - 20), 1));
        assertThatThrownBy(() -> decoder.decode(buffer, decoded))
                .hasMessageContaining("ends early")
                .extracting(e -> ((EngineException) e).code())
                .isEqualTo(ErrorCode.FRAME_DECODE);
        byte[] png = ImageCoding.png(new FrameImage(64, 64, gradient(64, 64), 0));
        Arrays.fill(png, 40, png.length - 20, (byte) 0);
        buffer.copyFrom(Frame.encoded(png, 2));
        assertThatThrownBy(() -> decoder.decode(buffer, decoded)).isInstanceOf(EngineException.class);
        buffer.copyFrom(Frame.encoded(whole, 3));
        decoder.decode(buffer, decoded);
        assertThat(decoded.cols()).isEqualTo(64);
    }

    @Test
    void shouldRefuseWhenPictureIsTooLarge() {
        buffer.copyFrom(Frame.encoded(ImageCoding.png(new FrameImage(1001, 1000, gradient(1001, 1000), 0)), 1));
        assertThatThrownBy(() -> decoder.decode(buffer, decoded))
                .extracting(e -> ((EngineException) e).code())
                .isEqualTo(ErrorCode.FRAME_TOO_LARGE);
    }

    private static void assertClose(byte[] actual, byte[] expected, int tolerance) {
        assertThat(actual).hasSameSizeAs(expected);
        int worst = 0;
        for (int i = 0; i < actual.length; i++) {
            worst = Math.max(worst, Math.abs((actual[i] & 0xFF) - (expected[i] & 0xFF)));
        }
        assertThat(worst).isLessThanOrEqualTo(tolerance);
    }
}
