package io.invigil.testdata;

/**
 * One eye of a portrait, repainted inside the portrait's own picture: the white filled under the iris, the iris moved
 * as a disc on an eyeball and cut off by the lids, the upper lid drawn down to blink or to follow a lowered look.
 * Works in the eye's own {@link CornerFrame}.
 */
final class EyePatch {
    /** Eyeball of 12 mm radius whose visible iris disc (radius 5.9 mm) therefore lies this far from its centre. */
    static final double IRIS_PLANE_CM = 1.05;

    private static final int BINS = 48;
    private final Texture source;
    private final CornerFrame frame;
    private final double width;
    private final double[][] upper;
    private final double[][] lower;
    private final double irisA;
    private final double irisB;
    private final double irisRadius;
    private final double pxPerCm;
    private final int[] profile = new int[BINS];
    private final double[][] white = new double[2][3];
    private final int left;
    private final int top;
    private final int right;
    private final int bottom;

    /**
     * @param upperLid landmark numbers from the left corner to the right corner in the picture
     * @param lowerLid the same below; both contain the corners
     * @param iris number of the iris centre, followed by four points of its rim
     */
    EyePatch(PortraitData data, int[] upperLid, int[] lowerLid, int iris) {
        source = data.texture();
        pxPerCm = data.pxPerCm();
        frame = new CornerFrame(data, upperLid[0], upperLid[upperLid.length - 1]);
        width = frame.width;
        upper = frame.curve(data, upperLid);
        lower = frame.curve(data, lowerLid);
        double[] c = data.landmarks()[iris];
        irisA = frame.a(c[0], c[1]);
        irisB = frame.b(c[0], c[1]);
        double radius = 0;
        for (int i = 1; i <= 4; i++) {
            double[] p = data.landmarks()[iris + i];
            radius += Math.hypot(p[0] - c[0], p[1] - c[1]) / 4;
        }
        irisRadius = radius;
        left = (int) Math.max(0, frame.midX - 0.75 * width);
        right = (int) Math.min(source.width() - 1, frame.midX + 0.75 * width);
        top = (int) Math.max(0, frame.midY - 0.75 * width);
        bottom = (int) Math.min(source.height() - 1, frame.midY + 0.5 * width);
        measureIris();
        measureWhite();
    }

    /** Share of a point that lies between the lids, soft over one px. */
    private double open(double a, double b, double lid) {
        double edge = Math.min(b - lid, CornerFrame.at(lower, a) - b);
        double side = Math.min(a, width - a);
        return Math.max(0, Math.min(1, Math.min(edge, side) + 0.3));
    }

    /** Mean colour at each distance from the iris centre, of what the lids leave visible. */
    private void measureIris() {
        for (int i = 0; i < BINS; i++) {
            double r = irisRadius * 1.2 * i / (BINS - 1);
            double[] sum = new double[4];
            for (int k = 0; k < 64; k++) {
                double angle = 2 * StrictMath.PI * k / 64;
                double a = irisA + r * StrictMath.cos(angle);
                double b = irisB + r * StrictMath.sin(angle);
                double lid = CornerFrame.at(upper, a);
                // The lid's shadow and lashes darken its rim: look a little below it.
                if (b > lid + 0.12 * irisRadius && b < CornerFrame.at(lower, a) - 0.1 * irisRadius) {
                    add(sum, frame.sample(a, b));
                }
            }
            profile[i] = sum[3] > 0 ? colour(sum) : i == 0 ? 0xff201815 : profile[i - 1];
        }
    }

    /** The brightest third of the white on either side of the iris. */
    private void measureWhite() {
        for (int side = 0; side < 2; side++) {
            double[] best = new double[4];
            double bestLight = -1;
            for (int i = 1; i < 12; i++) {
                double from = side == 0 ? 0.1 * width : irisA + 1.15 * irisRadius;
                double to = side == 0 ? irisA - 1.15 * irisRadius : 0.9 * width;
                double a = from + (to - from) * i / 12;
                double[] sum = new double[4];
                double up = CornerFrame.at(upper, a);
                double down = CornerFrame.at(lower, a);
                for (int k = 4; k <= 8; k++) {
                    add(sum, frame.sample(a, up + (down - up) * k / 12));
                }
                double light = sum[0] + sum[1] + sum[2];
                if (to > from && light > bestLight) {
                    bestLight = light;
                    best = sum;
                }
            }
            for (int k = 0; k < 3; k++) {
                white[side][k] = best[3] > 0 ? best[k] / best[3] : 180;
            }
        }
    }

    private static void add(double[] sum, int colour) {
        sum[0] += colour >> 16 & 255;
        sum[1] += colour >> 8 & 255;
        sum[2] += colour & 255;
        sum[3]++;
    }

    private static int colour(double[] sum) {
        return 0xff000000 | (int) (sum[0] / sum[3]) << 16 | (int) (sum[1] / sum[3]) << 8 | (int) (sum[2] / sum[3]);
    }

    /**
     * Repaints the eye into a working copy of the portrait.
     *
     * @param sight direction of the eye in the portrait's frame; (0, 0, 1) is as photographed
     * @param lidsOpen 1 as photographed, 0 closed
     */
    void paint(Texture target, Vec3 sight, double lidsOpen) {
        double reach = IRIS_PLANE_CM * pxPerCm;
        double dx = sight.x() * reach;
        double dy = -sight.y() * reach;
        double da = dx * frame.axisX + dy * frame.axisY;
        double db = -dx * frame.axisY + dy * frame.axisX;
        // A lid follows about half of a vertical look.
        double follow = 0.55 * db;
        for (int y = top; y <= bottom; y++) {
            for (int x = left; x <= right; x++) {
                target.set(x, y, pixel(x, y, da, db, sight, follow, lidsOpen));
            }
        }
        target.refresh(left, top, right, bottom);
    }

    private int pixel(int x, int y, double da, double db, Vec3 sight, double follow, double lidsOpen) {
        double a = frame.a(x, y);
        double b = frame.b(x, y);
        double up = CornerFrame.at(upper, a);
        double down = CornerFrame.at(lower, a);
        double lid = Math.min(down, up + follow * bell(a / width));
        lid += (1 - lidsOpen) * (down - lid);
        // Skin between the brow and the lid stretches over the eye; one curve moves, the upper end stays.
        double browB = up - 0.42 * width;
        int skin = source.get(x, y);
        double side = bell(a / width);
        if (b <= lid && b > browB && side > 0) {
            double t = (b - browB) / (lid - browB);
            double from = browB + t * (up - browB);
            skin = frame.sample(a, from);
        }
        double share = open(a, b, lid);
        return share <= 0 ? skin : Texture.mix(skin, eyeball(a, b, da, db, sight, lid), (int) (share * 256));
    }

    /** 0 at and beyond the corners, near 1 over most of the eye. */
    private static double bell(double t) {
        double d = Math.max(0, Math.min(1, Math.min(t, 1 - t) / 0.18));
        return d * d * (3 - 2 * d);
    }

    private int eyeball(double a, double b, double da, double db, Vec3 sight, double lid) {
        double fromOld = Math.hypot(a - irisA, b - irisB) / irisRadius;
        int ball = Texture.mix(whiteAt(a), frame.sample(a, b), (int) (256 * HeadMesh.smooth((fromOld - 1.15) / 0.35)));
        double shadow = 0.72 + 0.28 * HeadMesh.smooth((b - lid) / (0.5 * irisRadius));
        ball = scaled(ball, fromOld < 1.5 ? shadow : 1);
        double ra = a - irisA - da;
        double rb = b - irisB - db;
        // The disc is seen at a slant: it narrows along the direction it moved in.
        double moved = Math.hypot(da, db);
        double along = moved < 1e-9 ? 0 : (ra * da + rb * db) / moved;
        double slant = Math.max(0.5, sight.z());
        double r = Math.sqrt(Math.max(0, ra * ra + rb * rb + along * along * (1 / (slant * slant) - 1)));
        double cover = Math.max(0, Math.min(1, (irisRadius - r) / 1.2 + 0.5));
        if (cover <= 0) {
            return ball;
        }
        double oldUp = CornerFrame.at(upper, irisA + ra);
        double oldDown = CornerFrame.at(lower, irisA + ra);
        boolean seen = irisB + rb > oldUp + 0.15 * irisRadius && irisB + rb < oldDown - 0.1 * irisRadius;
        int mean = profile[(int) Math.min(BINS - 1, r / (irisRadius * 1.2) * (BINS - 1))];
        int disc = seen ? frame.sample(irisA + ra, irisB + rb) : scaled(mean, shadow);
        return Texture.mix(ball, disc, (int) (cover * 256));
    }

    private int whiteAt(double a) {
        double t = Math.max(0, Math.min(1, a / width));
        double dim = 1 - 0.15 * Math.abs(2 * t - 1);
        int c = 0xff000000;
        for (int k = 0; k < 3; k++) {
            c |= (int) ((white[0][k] * (1 - t) + white[1][k] * t) * dim) << (16 - 8 * k);
        }
        return c;
    }

    private static int scaled(int c, double f) {
        int r = (int) ((c >> 16 & 255) * f);
        int g = (int) ((c >> 8 & 255) * f);
        int b = (int) ((c & 255) * f);
        return 0xff000000 | r << 16 | g << 8 | b;
    }
}
