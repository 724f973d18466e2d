package io.invigil.core.vision;

/**
 * One eye of the metric face and how it is measured: an eyeball turning about a centre that is anchored to the person's own
 * eye corners, since their place on the individual face is known far better from the picture than from an average face.
 * Holds the last measurement; for one thread at a time.
 */
final class Eye {
    /**
     * Distance of the iris from the point the eye turns about. On a ball of 1.2 cm with an iris of 1.17 cm it is 1.05 cm; the
     * mesh model follows an iris only by about 0.87 of its way and lets the corners go a little with it, which the shorter
     * arm makes up for (measured on generated faces with known eye angles).
     */
    static final double IRIS_ARM_CM = 0.85;

    /**
     * How far that point lies behind the line between the corners: measured, so that the line of gaze stays put when a person
     * moves the head and keeps looking into the camera.
     */
    private static final double CENTRE_BEHIND_CORNERS_CM = 0.65;

    /** How far it lies above that line: the irises of a few people who looked into the camera did. */
    private static final double CENTRE_ABOVE_CORNERS_CM = 0.14;

    /** Sine of the widest angle between an eye and the line to the camera that is believed: 55 degrees. */
    private static final double MAX_ASIDE = 0.82;

    private final MetricFace face;
    private final int outer;
    private final int inner;
    private final int[] upperLid;
    private final int[] lowerLid;
    private final double[] cornerLineCm = new double[3];
    private final double widthCm;
    private final double[] vector = new double[3];
    private final double[] centre = new double[3];
    private final double[] direction = new double[3];

    private double openness;
    private double widthPx;
    private double facing;

    /** The eye on the left of an unmirrored picture. */
    static Eye left(MetricFace face) {
        return new Eye(
                face, MetricFace.LEFT_EYE_OUTER, MetricFace.LEFT_EYE_INNER, new int[] {159, 158, 160}, new int[] {
                    145, 153, 144
                });
    }

    /** The eye on the right of an unmirrored picture. */
    static Eye right(MetricFace face) {
        return new Eye(
                face, MetricFace.RIGHT_EYE_OUTER, MetricFace.RIGHT_EYE_INNER, new int[] {386, 385, 387}, new int[] {
                    374, 380, 373
                });
    }

    private Eye(MetricFace face, int outer, int inner, int[] upperLid, int[] lowerLid) {
        this.outer = outer;
        this.inner = inner;
        this.upperLid = upperLid;
        this.lowerLid = lowerLid;
        this.face = face;
        cornerLineCm[0] = face.xCm(outer) - face.xCm(inner);
        cornerLineCm[1] = face.yCm(outer) - face.yCm(inner);
        cornerLineCm[2] = face.zCm(outer) - face.zCm(inner);
        widthCm = face.distanceCm(outer, inner);
    }

    /**
     * Measures lids, size and direction.
     *
     * @param mesh the face mesh, 468 points x, y, z
     * @param irisXPx the iris' centre
     * @param irisYPx the iris' centre
     */
    void measure(float[] mesh, double irisXPx, double irisYPx, HeadFit fit) {
        measureLids(mesh, fit);
        // The middle of the corners: seen in the picture, their depth taken from the fit.
        centre[0] = 0;
        centre[1] = 0;
        centre[2] = 0;
        addHalfCorner(mesh, outer, fit);
        addHalfCorner(mesh, inner, fit);
        Rotations.apply(fit.rotation, 0, CENTRE_ABOVE_CORNERS_CM, -CENTRE_BEHIND_CORNERS_CM, vector);
        for (int k = 0; k < 3; k++) {
            centre[k] += vector[k];
        }
        fit.ray(irisXPx, irisYPx, direction);
        double along = direction[0] * centre[0] + direction[1] * centre[1] + direction[2] * centre[2];
        double miss2 = centre[0] * centre[0] + centre[1] * centre[1] + centre[2] * centre[2] - along * along;
        // Where the ray through the iris meets the sphere the iris moves on; never further round it than an eye can
        // turn.
        double miss = Math.sqrt(Math.max(0, miss2));
        double aside = Math.min(miss, MAX_ASIDE * IRIS_ARM_CM);
        double towards = Math.sqrt(IRIS_ARM_CM * IRIS_ARM_CM - aside * aside);
        double share = miss > 0 ? aside / miss : 0;
        double x = share * (direction[0] * along - centre[0]) - direction[0] * towards;
        double y = share * (direction[1] * along - centre[1]) - direction[1] * towards;
        double z = share * (direction[2] * along - centre[2]) - direction[2] * towards;
        Rotations.applyTransposed(fit.rotation, x / IRIS_ARM_CM, y / IRIS_ARM_CM, z / IRIS_ARM_CM, direction);
    }

    private void addHalfCorner(float[] mesh, int corner, HeadFit fit) {
        fit.place(face.xCm(corner), face.yCm(corner), face.zCm(corner), vector);
        double depth = Math.sqrt(vector[0] * vector[0] + vector[1] * vector[1] + vector[2] * vector[2]);
        fit.ray(mesh[3 * corner], mesh[3 * corner + 1], vector);
        for (int k = 0; k < 3; k++) {
            centre[k] += vector[k] * depth / 2;
        }
    }

    private void measureLids(float[] mesh, HeadFit fit) {
        double scale = fit.pxPerCm();
        // Foreshortening of the corner line under this pose, so that a turned head does not seem to open its eyes.
        Rotations.apply(fit.rotation, cornerLineCm[0], cornerLineCm[1], cornerLineCm[2], vector);
        double depth = alongSight(vector, fit) / widthCm;
        facing = Math.sqrt(Math.max(0, 1 - depth * depth));
        widthPx = Math.hypot(mesh[3 * outer] - mesh[3 * inner], mesh[3 * outer + 1] - mesh[3 * inner + 1]);
        Rotations.apply(fit.rotation, 0, 1, 0, vector);
        double tilt = alongSight(vector, fit);
        double upright = Math.sqrt(Math.max(0.25, 1 - tilt * tilt));
        double lidsPx = 0;
        for (int i = 0; i < upperLid.length; i++) {
            int upper = 3 * upperLid[i];
            int lower = 3 * lowerLid[i];
            lidsPx += Math.hypot(mesh[upper] - mesh[lower], mesh[upper + 1] - mesh[lower + 1]);
        }
        // Seen from the side the corners run together: then the average eye's width serves better.
        double trueWidthPx = Math.max(widthPx / Math.max(facing, 0.3), 0.7 * widthCm * scale);
        openness = lidsPx / upperLid.length / upright / trueWidthPx;
    }

    private static double alongSight(double[] v, HeadFit fit) {
        return (v[0] * fit.shiftCm[0] + v[1] * fit.shiftCm[1] + v[2] * fit.shiftCm[2]) / fit.distanceCm();
    }

    /** Lid opening over eye width. */
    double openness() {
        return openness;
    }

    /** Distance of the corners in the picture. */
    double widthPx() {
        return widthPx;
    }

    /** How much of the corner line is seen: 1 across the line of sight, 0 along it. */
    double facing() {
        return facing;
    }

    /** The unit direction of the eye in the head's coordinates. */
    double[] direction() {
        return direction;
    }

    /** The eyeball's centre in camera coordinates. */
    double[] centreCm() {
        return centre;
    }
}
