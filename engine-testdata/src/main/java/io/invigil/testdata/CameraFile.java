package io.invigil.testdata;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Writes a scenario as a Y4M file that Chromium plays as a camera. The upper left corner carries each frame's number, so that a
 * test in the browser can tell which moment of the recording is on the screen: {@value #CODE_BITS} cells of
 * {@value #CELL} x {@value #CELL} pixels, white for 1, the highest bit first.
 */
public final class CameraFile {
    /** Edge of a cell in pixels. */
    public static final int CELL = 8;

    /** Cells of a frame's number. */
    public static final int CODE_BITS = 16;

    private static final int WHITE = 235;
    private static final int BLACK = 16;

    private CameraFile() {}

    /**
     * Writes the recording of the browser tests, and beside it, with {@code .txt} added to its name, its episodes in seconds, one a
     * line: kind, start, end.
     *
     * @param arguments the file to write
     * @throws IOException when it cannot be written
     */
    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 1) {
            throw new IllegalArgumentException("arguments are " + arguments.length + ", must be 1: the file to write");
        }
        ScenarioScript script = ScenarioScript.builder(20261125)
                .size(640, 480)
                .framesPerSecond(6)
                .durationSeconds(75)
                .candidate(Portrait.P2, 48)
                .secondPerson(20, 28, Portrait.P3, true)
                .capped(38, 44)
                .leaves(54, 62, false)
                .build();
        write(script, 6, Path.of(arguments[0]));
        Files.writeString(
                Path.of(arguments[0] + ".txt"), "multiple_persons 20 28\nblack_screen 38 44\nno_face 54 62\n");
    }

    /**
     * Writes a script without gaps.
     *
     * @param script what to play
     * @param framesPerSecond the script's rate, a whole number
     * @param file where to; overwritten
     * @throws IOException when it cannot be written
     */
    public static void write(ScenarioScript script, int framesPerSecond, Path file) throws IOException {
        boolean first = true;
        int index = 0;
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 20)) {
            for (FrameImage frame : new ScenarioRenderer(script)) {
                if (first) {
                    out.write(("YUV4MPEG2 W" + frame.width() + " H" + frame.height() + " F" + framesPerSecond
                                    + ":1 Ip A1:1 C420jpeg\n")
                            .getBytes(StandardCharsets.US_ASCII));
                    first = false;
                }
                out.write("FRAME\n".getBytes(StandardCharsets.US_ASCII));
                byte[] planes = planes(frame);
                mark(planes, frame.width(), index++);
                out.write(planes);
            }
        }
    }

    /** I420 in the limited range of BT.601, chroma averaged over two by two pixels. */
    private static byte[] planes(FrameImage frame) {
        int width = frame.width();
        int height = frame.height();
        byte[] bgr = frame.bgr();
        byte[] planes = new byte[width * height * 3 / 2];
        int chroma = width * height;
        int quarter = width / 2 * (height / 2);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int at = (y * width + x) * 3;
                int b = bgr[at] & 0xff;
                int g = bgr[at + 1] & 0xff;
                int r = bgr[at + 2] & 0xff;
                planes[y * width + x] = (byte) (16 + (66 * r + 129 * g + 25 * b + 128 >> 8));
                if ((x & 1) == 0 && (y & 1) == 0) {
                    int right = at + 3;
                    int below = at + width * 3;
                    int across = below + 3;
                    int meanB = (b + (bgr[right] & 0xff) + (bgr[below] & 0xff) + (bgr[across] & 0xff)) / 4;
                    int meanG = (g + (bgr[right + 1] & 0xff) + (bgr[below + 1] & 0xff) + (bgr[across + 1] & 0xff)) / 4;
                    int meanR = (r + (bgr[right + 2] & 0xff) + (bgr[below + 2] & 0xff) + (bgr[across + 2] & 0xff)) / 4;
                    int cell = y / 2 * (width / 2) + x / 2;
                    planes[chroma + cell] = (byte) (128 + (-38 * meanR - 74 * meanG + 112 * meanB + 128 >> 8));
                    planes[chroma + quarter + cell] = (byte) (128 + (112 * meanR - 94 * meanG - 18 * meanB + 128 >> 8));
                }
            }
        }
        return planes;
    }

    private static void mark(byte[] planes, int width, int number) {
        for (int bit = 0; bit < CODE_BITS; bit++) {
            byte luma = (byte) ((number >> CODE_BITS - 1 - bit & 1) == 1 ? WHITE : BLACK);
            for (int y = 0; y < CELL; y++) {
                for (int x = 0; x < CELL; x++) {
                    planes[y * width + bit * CELL + x] = luma;
                }
            }
        }
    }
}
