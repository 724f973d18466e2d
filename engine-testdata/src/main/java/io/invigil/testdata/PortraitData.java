package io.invigil.testdata;

import java.awt.image.BufferedImage;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javax.imageio.ImageIO;

/**
 * A cut-out portrait with its landmarks and its own head pose, as tools/landmarks.py wrote them.
 *
 * @param texture the cut-out
 * @param pxPerCm portrait px to one centimetre of the canonical face
 * @param originX column of the canonical face's origin, px
 * @param originY row of it
 * @param pose rotation of the face in the portrait
 * @param landmarks 478 points in px, x right and y down; z unused
 * @param depthPx towards the viewer, px, of the first 468 points (the canonical face in the portrait's pose)
 */
record PortraitData(
        Texture texture,
        double pxPerCm,
        double originX,
        double originY,
        Rotation pose,
        double[][] landmarks,
        double[] depthPx) {
    static final int MESH_POINTS = 468;
    static final int ALL_POINTS = 478;

    static PortraitData load(Portrait portrait) {
        double[][] landmarks = new double[ALL_POINTS][];
        double[] depth = new double[MESH_POINTS];
        double scale = 0;
        double[] origin = new double[2];
        Rotation pose = null;
        for (String line : lines(portrait.resource(".csv"))) {
            String[] f = line.split(",");
            switch (f[0]) {
                case "px_per_cm" -> scale = Double.parseDouble(f[1]);
                case "origin_px" -> origin = numbers(f, 1);
                case "rotation" -> pose = new Rotation(numbers(f, 1));
                case "landmark" -> landmarks[Integer.parseInt(f[1])] = numbers(f, 2);
                case "depth_px" -> depth[Integer.parseInt(f[1])] = Double.parseDouble(f[2]);
                default -> {
                    // size is for readers of the file; the picture itself says it
                }
            }
        }
        return new PortraitData(
                Texture.of(picture(portrait.resource(".png"))),
                scale,
                origin[0],
                origin[1],
                Objects.requireNonNull(pose, "no rotation in the landmark file"),
                landmarks,
                depth);
    }

    /** Triangles of the canonical face: three vertex numbers each. */
    static int[] triangles() {
        List<String> lines = lines("actors/triangles.csv");
        int[] triangles = new int[lines.size() * 3];
        for (int i = 0; i < lines.size(); i++) {
            String[] f = lines.get(i).split(",");
            for (int k = 0; k < 3; k++) {
                triangles[3 * i + k] = Integer.parseInt(f[k]);
            }
        }
        return triangles;
    }

    private static double[] numbers(String[] fields, int from) {
        double[] numbers = new double[fields.length - from];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = Double.parseDouble(fields[from + i]);
        }
        return numbers;
    }

    private static BufferedImage picture(String name) {
        try (InputStream in = open(name)) {
            return ImageIO.read(in);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + name, e);
        }
    }

    private static List<String> lines(String name) {
        List<String> lines = new ArrayList<>();
        try (BufferedReader in = new BufferedReader(new InputStreamReader(open(name), StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                lines.add(line);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + name, e);
        }
        return lines;
    }

    private static InputStream open(String name) {
        return Objects.requireNonNull(PortraitData.class.getResourceAsStream(name), () -> "resource missing: " + name);
    }
}
