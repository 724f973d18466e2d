package io.invigil.models;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * An average face in centimetres, with the same 468 points in the same order as the face mesh model.
 *
 * <p>Coordinates are right-handed: x towards the subject's left (the right edge of an unmirrored picture), y up, z out
 * of the face towards the viewer. The origin lies inside the head. Source: MediaPipe's canonical face model
 * (Apache-2.0), see the card {@code canonical_face}.
 *
 * <p>Immutable; arrays handed out are copies.
 */
public final class CanonicalFace {
    /** Number of points. */
    public static final int VERTEX_COUNT = 468;
    /** Number of triangles. */
    public static final int TRIANGLE_COUNT = 898;

    private static final String RESOURCE = "canonical_face.csv";
    private static final int COORDINATES = 3;

    private final float[] xyzCm;
    private final float[] weights;
    private final int[] triangles;
    private final int[] fittingLandmarks;

    private CanonicalFace(float[] xyzCm, float[] weights, int[] triangles) {
        this.xyzCm = xyzCm;
        this.weights = weights;
        this.triangles = triangles;
        this.fittingLandmarks =
                IntStream.range(0, weights.length).filter(i -> weights[i] > 0).toArray();
    }

    /**
     * Reads the face from the class path.
     *
     * @return a new instance; keep it, reading takes milliseconds
     * @throws ModelIntegrityException if the file is missing or malformed
     */
    public static CanonicalFace bundled() {
        try {
            byte[] bytes = ModelCatalog.fromClassPath(RESOURCE);
            if (bytes == null) {
                throw new ModelIntegrityException(RESOURCE, "a file on the class path", "none");
            }
            return parse(new String(bytes, StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new ModelIntegrityException(RESOURCE, e);
        }
    }

    static CanonicalFace parse(String csv) {
        float[] xyz = new float[VERTEX_COUNT * COORDINATES];
        float[] weights = new float[VERTEX_COUNT];
        int[] triangles = new int[TRIANGLE_COUNT * COORDINATES];
        int vertexCount = 0;
        int triangleCount = 0;
        try {
            for (String line : csv.lines().toList()) {
                String[] cells = line.split(",");
                if (cells[0].equals("v")) {
                    int vertex = Integer.parseInt(cells[1]);
                    for (int axis = 0; axis < COORDINATES; axis++) {
                        xyz[vertex * COORDINATES + axis] = Float.parseFloat(cells[2 + axis]);
                    }
                    weights[vertex] = Float.parseFloat(cells[2 + COORDINATES]);
                    vertexCount++;
                } else if (cells[0].equals("t")) {
                    for (int corner = 0; corner < COORDINATES; corner++) {
                        triangles[triangleCount * COORDINATES + corner] = Integer.parseInt(cells[1 + corner]);
                    }
                    triangleCount++;
                }
            }
        } catch (NumberFormatException | IndexOutOfBoundsException e) {
            throw new ModelIntegrityException(RESOURCE, e);
        }
        if (vertexCount != VERTEX_COUNT || triangleCount != TRIANGLE_COUNT) {
            throw new ModelIntegrityException(
                    RESOURCE,
                    VERTEX_COUNT + " vertices and " + TRIANGLE_COUNT + " triangles",
                    vertexCount + " and " + triangleCount);
        }
        return new CanonicalFace(xyz, weights, triangles);
    }

    /**
     * Returns x of a point.
     *
     * @param vertex 0 to 467
     * @return centimetres towards the subject's left
     */
    public float xCm(int vertex) {
        return xyzCm[vertex * COORDINATES];
    }

    /**
     * Returns y of a point.
     *
     * @param vertex 0 to 467
     * @return centimetres upwards
     */
    public float yCm(int vertex) {
        return xyzCm[vertex * COORDINATES + 1];
    }

    /**
     * Returns z of a point.
     *
     * @param vertex 0 to 467
     * @return centimetres towards the viewer
     */
    public float zCm(int vertex) {
        return xyzCm[vertex * COORDINATES + 2];
    }

    /**
     * Returns the weight of a point when the face is fitted to landmarks.
     *
     * @param vertex 0 to 467
     * @return 0 for points that are not fitted
     */
    public float fittingWeight(int vertex) {
        return weights[vertex];
    }

    /**
     * Returns the points with a positive fitting weight: rigid parts of the face.
     *
     * @return 33 indices in rising order, a copy
     */
    public int[] fittingLandmarks() {
        return fittingLandmarks.clone();
    }

    /**
     * Returns all points.
     *
     * @return x, y, z of each point in turn, a copy
     */
    public float[] vertices() {
        return xyzCm.clone();
    }

    /**
     * Returns the corners of all triangles.
     *
     * @return three point indices for each triangle in turn, counter-clockwise seen from outside, a copy
     */
    public int[] triangles() {
        return triangles.clone();
    }

    /**
     * Returns the corners of one triangle.
     *
     * @param triangle 0 to 897
     * @return three point indices, a copy
     */
    public int[] triangle(int triangle) {
        return Arrays.copyOfRange(triangles, triangle * COORDINATES, (triangle + 1) * COORDINATES);
    }
}
