package io.invigil.testdata;

/** Draws one person of a portrait in any head state. Owns a working copy of the picture; not thread-safe. */
final class ActorPainter {
    private static final int RIGHT_IRIS = 468;
    private static final int LEFT_IRIS = 473;
    private final PortraitData data;
    private final HeadMesh mesh;
    private final Texture working;
    private final EyePatch[] eyes;
    private final MouthPatch mouth;
    private final float[] projected;

    ActorPainter(Portrait portrait) {
        data = PortraitData.load(portrait);
        mesh = new HeadMesh(data, PortraitData.triangles());
        working = data.texture().copy();
        projected = new float[5 * mesh.count()];
        mouth = new MouthPatch(data);
        eyes = new EyePatch[] {
            new EyePatch(
                    data,
                    new int[] {33, 246, 161, 160, 159, 158, 157, 173, 133},
                    new int[] {33, 7, 163, 144, 145, 153, 154, 155, 133},
                    RIGHT_IRIS),
            new EyePatch(
                    data,
                    new int[] {362, 398, 384, 385, 386, 387, 388, 466, 263},
                    new int[] {362, 382, 381, 380, 374, 373, 390, 249, 263},
                    LEFT_IRIS)
        };
    }

    void paint(Canvas canvas, HeadState head, CameraModel camera) {
        // The portrait looks into its lens: in its own frame that is straight out of the picture.
        Rotation fromPortrait = Rotation.of(head.head()).times(data.pose().inverse());
        Vec3 sight = fromPortrait.inverse().apply(head.sight());
        for (EyePatch eye : eyes) {
            eye.paint(working, sight, head.lidsOpen());
        }
        mouth.paint(working, head.mouthOpen());
        mesh.project(head, camera, projected);
        int level = Texture.level(data.pxPerCm() * head.distanceCm() / camera.focalPx());
        canvas.clearDepth();
        int[] t = mesh.triangles();
        for (int i = 0; i < t.length; i += 3) {
            canvas.triangle(projected, t[i], t[i + 1], t[i + 2], working, level);
        }
    }

    /** Picture positions (x, y in px) of the 468 mesh points and the two iris centres, image-left eye first. */
    double[][] landmarks(HeadState head, CameraModel camera) {
        Rotation turn = Rotation.of(head.head());
        Vec3 sight = turn.times(data.pose().inverse()).inverse().apply(head.sight());
        double[][] points = new double[PortraitData.MESH_POINTS + 2][];
        for (int i = 0; i < PortraitData.MESH_POINTS; i++) {
            Vec3 p = mesh.position(i, head, turn);
            points[i] = new double[] {camera.columnPx(p), camera.rowPx(p)};
        }
        int[] iris = {RIGHT_IRIS, LEFT_IRIS};
        int[] near = {159, 386};
        double reach = EyePatch.IRIS_PLANE_CM * data.pxPerCm();
        for (int e = 0; e < 2; e++) {
            double[] c = data.landmarks()[iris[e]];
            Vec3 p = HeadMesh.rigid(
                    mesh.faceFrame(data, c[0] + sight.x() * reach, c[1] - sight.y() * reach, near[e]), head, turn);
            points[PortraitData.MESH_POINTS + e] = new double[] {camera.columnPx(p), camera.rowPx(p)};
        }
        return points;
    }
}
