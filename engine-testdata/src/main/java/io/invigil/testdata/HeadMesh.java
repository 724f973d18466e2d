package io.invigil.testdata;

/**
 * The picture of a person lifted into space. The 468 face vertices turn as one rigid body. Rings of further vertices
 * around the face carry hair, ears, neck and shoulders: next to the face they turn with it, at the head's outline they
 * follow the outline of an ellipsoid skull, and under the chin the motion dies out towards the shoulders, so that the
 * picture bends smoothly. Immutable after construction.
 */
final class HeadMesh {
    /** The face's border in order, clockwise from the forehead (facts of the canonical face). */
    private static final int[] OVAL = {
        10, 338, 297, 332, 284, 251, 389, 356, 454, 323, 361, 288, 397, 365, 379, 378, 400, 377, 152, 148, 176, 149,
        150, 136, 172, 58, 132, 93, 234, 127, 162, 21, 54, 103, 67, 109
    };

    private static final double[] RING = {1.05, 1.1, 1.16, 1.23, 1.31, 1.4, 1.5, 1.65, 1.85, 2.2, 2.7, 3.4, 4.4, 6, 9};
    /** Top of the spine, where a head turns and nods, in the frame of the canonical face. */
    private static final Vec3 PIVOT = new Vec3(0, -4.5, -5);

    private static final Vec3 SKULL = new Vec3(0, 1.5, -4);
    private static final double SKULL_HALF_WIDTH_CM = 7.7;
    private static final double SKULL_HALF_HEIGHT_CM = 11.5;
    private static final double SKULL_HALF_DEPTH_CM = 10.2;
    /** The outline a near camera sees lies in front of the skull's middle. */
    private static final double OUTLINE_FORWARD_CM = 2.8;
    /** Length of neck over which a turn of the head dies out. */
    private static final double NECK_CM = 9;

    private final int count;
    private final int[] triangles;
    /** Face-frame position (the head unturned), cm. */
    private final Vec3[] rest;
    /** Position in the portrait's own pose, cm: where the vertex stays when the head turns and it does not. */
    private final Vec3[] still;

    private final double[] u;
    private final double[] v;
    /** 1 moves with the head, 0 stays. */
    private final double[] headShare;
    /** 0 rigid with the face, 1 on the outline of the skull. */
    private final double[] outlineShare;

    private final Rotation pose;

    HeadMesh(PortraitData data, int[] faceTriangles) {
        int mesh = PortraitData.MESH_POINTS;
        count = mesh + OVAL.length * RING.length;
        pose = data.pose();
        rest = new Vec3[count];
        still = new Vec3[count];
        u = new double[count];
        v = new double[count];
        headShare = new double[count];
        outlineShare = new double[count];
        for (int i = 0; i < mesh; i++) {
            double[] p = data.landmarks()[i];
            place(data, i, p[0], p[1], data.depthPx()[i] / data.pxPerCm());
            headShare[i] = 1;
        }
        double[] outline = outline(data);
        double chinRow = data.landmarks()[152][1];
        Vec3 skull = pose.apply(SKULL).plus(new Vec3(0, 0, OUTLINE_FORWARD_CM));
        double[] c = centre(data);
        for (int r = 0; r < RING.length; r++) {
            for (int k = 0; k < OVAL.length; k++) {
                int i = mesh + r * OVAL.length + k;
                double[] o = data.landmarks()[OVAL[k]];
                double x = c[0] + (o[0] - c[0]) * RING[r];
                double y = c[1] + (o[1] - c[1]) * RING[r];
                double s = smooth((RING[r] - 1) / (outline[k] - 1));
                double depth = still[OVAL[k]].z() + (skull.z() - still[OVAL[k]].z()) * s;
                place(data, i, x, y, depth);
                outlineShare[i] = s;
                // Beside the jaw the neck begins higher than under the chin.
                double neckRow = chinRow - 3 * s * data.pxPerCm();
                headShare[i] = 1 - smooth((y - neckRow) / (NECK_CM * data.pxPerCm()));
            }
        }
        triangles = join(faceTriangles);
    }

    private void place(PortraitData data, int i, double x, double y, double depthCm) {
        u[i] = x;
        v[i] = y;
        still[i] = new Vec3((x - data.originX()) / data.pxPerCm(), (data.originY() - y) / data.pxPerCm(), depthCm);
        rest[i] = pose.inverse().apply(still[i]);
    }

    private static double[] centre(PortraitData data) {
        double x = 0;
        double y = 0;
        for (int i : OVAL) {
            x += data.landmarks()[i][0] / OVAL.length;
            y += data.landmarks()[i][1] / OVAL.length;
        }
        return new double[] {x, y};
    }

    /** How far along each ray from the face's centre the head ends, in lengths of the ray to the face's border. */
    private static double[] outline(PortraitData data) {
        double[] c = centre(data);
        int n = OVAL.length;
        double[] found = new double[n];
        double chinRow = data.landmarks()[152][1];
        for (int k = 0; k < n; k++) {
            double[] o = data.landmarks()[OVAL[k]];
            double t = 1.12;
            for (; t < 1.75; t += 0.01) {
                int x = (int) (c[0] + (o[0] - c[0]) * t);
                int y = (int) (c[1] + (o[1] - c[1]) * t);
                boolean inside = x >= 0
                        && y >= 0
                        && x < data.texture().width()
                        && y < data.texture().height();
                if (y > chinRow || !inside || data.texture().get(x, y) >>> 24 < 128) {
                    break;
                }
            }
            found[k] = Math.max(1.25, Math.min(1.6, t));
        }
        double[] even = new double[n];
        for (int k = 0; k < n; k++) {
            for (int d = -2; d <= 2; d++) {
                even[k] += found[(k + d + n) % n] / 5;
            }
        }
        return even;
    }

    /** Outer rings first, so that half-clear hair lies over what is behind it and the face comes last. */
    private static int[] join(int[] face) {
        int n = OVAL.length;
        int[] all = new int[RING.length * n * 6 + face.length];
        int at = 0;
        for (int r = RING.length - 1; r >= 0; r--) {
            for (int k = 0; k < n; k++) {
                int next = (k + 1) % n;
                int innerA = r == 0 ? OVAL[k] : PortraitData.MESH_POINTS + (r - 1) * n + k;
                int innerB = r == 0 ? OVAL[next] : PortraitData.MESH_POINTS + (r - 1) * n + next;
                int outerA = PortraitData.MESH_POINTS + r * n + k;
                int outerB = PortraitData.MESH_POINTS + r * n + next;
                int[] two = {innerA, outerA, outerB, innerA, outerB, innerB};
                System.arraycopy(two, 0, all, at, 6);
                at += 6;
            }
        }
        System.arraycopy(face, 0, all, at, face.length);
        return all;
    }

    static double smooth(double x) {
        double t = Math.max(0, Math.min(1, x));
        return t * t * (3 - 2 * t);
    }

    int count() {
        return count;
    }

    /** Vertex numbers, three to a triangle, in drawing order. Not to be written to. */
    int[] triangles() {
        return triangles;
    }

    /** Where a point fixed to the face lies in the camera's frame. */
    static Vec3 rigid(Vec3 faceFrame, HeadState head, Rotation turn) {
        Vec3 p = turn.apply(faceFrame.minus(PIVOT)).plus(PIVOT);
        return new Vec3(p.x() + head.xCm(), p.y() + head.yCm(), p.z() - head.distanceCm());
    }

    /** Face-frame position of a portrait point at the depth of a mesh vertex. */
    Vec3 faceFrame(PortraitData data, double x, double y, int depthOfVertex) {
        Vec3 p = new Vec3(
                (x - data.originX()) / data.pxPerCm(), (data.originY() - y) / data.pxPerCm(), still[depthOfVertex].z());
        return pose.inverse().apply(p);
    }

    /** Camera-frame position of a vertex, cm. */
    Vec3 position(int i, HeadState head, Rotation turn) {
        Vec3 rigid = rigid(rest[i], head, turn);
        if (i < PortraitData.MESH_POINTS) {
            return rigid;
        }
        Vec3 moved = rigid.mix(outlined(i, head, turn), outlineShare[i]);
        Vec3 pivot = pose.apply(PIVOT);
        Vec3 stay = still[i].minus(pivot).plus(PIVOT);
        stay = new Vec3(stay.x() + head.xCm(), stay.y() + head.yCm(), stay.z() - head.distanceCm());
        return stay.mix(moved, headShare[i]);
    }

    private Vec3 outlined(int i, HeadState head, Rotation turn) {
        Vec3 skull = rigid(SKULL, head, turn);
        double wide = stretched(SKULL_HALF_WIDTH_CM, head.head().yawDeg());
        double high = stretched(SKULL_HALF_HEIGHT_CM, head.head().pitchDeg());
        double dx = rest[i].x() - SKULL.x();
        double dy = rest[i].y() - SKULL.y();
        // At the height of the ears nothing lies behind the outline: the far ear hides, the near one just turns.
        double yaw = StrictMath.toRadians(head.head().yawDeg());
        double level = smooth(1.4 * (1 - Math.abs(dy) / Math.max(1e-9, Math.hypot(dx, dy))));
        double ear = dx * yaw > 0 ? StrictMath.cos(yaw) - 0.25 * Math.abs(StrictMath.sin(yaw)) : 1;
        dx *= wide + (ear - wide) * level;
        dy *= high;
        double roll = StrictMath.toRadians(head.head().rollDeg());
        double c = StrictMath.cos(roll);
        double s = StrictMath.sin(roll);
        return new Vec3(skull.x() + dx * c + dy * s, skull.y() - dx * s + dy * c, skull.z() + OUTLINE_FORWARD_CM);
    }

    /** Growth of an ellipse's outline when the ellipsoid turns and its depth comes into view. */
    private static double stretched(double half, double degrees) {
        double c = half * StrictMath.cos(StrictMath.toRadians(degrees));
        double s = SKULL_HALF_DEPTH_CM * StrictMath.sin(StrictMath.toRadians(degrees));
        return StrictMath.sqrt(c * c + s * s) / half;
    }

    /** Fills x, y in px, nearness, u, v of every vertex for {@link Canvas#triangle}. */
    void project(HeadState head, CameraModel camera, float[] out) {
        Rotation turn = Rotation.of(head.head());
        for (int i = 0; i < count; i++) {
            Vec3 p = position(i, head, turn);
            out[5 * i] = (float) camera.columnPx(p);
            out[5 * i + 1] = (float) camera.rowPx(p);
            out[5 * i + 2] = (float) (-1 / p.z());
            out[5 * i + 3] = (float) u[i];
            out[5 * i + 4] = (float) v[i];
        }
    }
}
