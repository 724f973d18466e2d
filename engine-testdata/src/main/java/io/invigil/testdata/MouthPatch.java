package io.invigil.testdata;

/**
 * The mouth of a portrait, opened inside the portrait's own picture: what lies below the lower lip's inner edge goes down and is
 * pressed together towards the chin, whose outline stays, and the gap shows a dark inside.
 */
final class MouthPatch {
    private static final int[] LOWER_LIP = {78, 95, 88, 178, 87, 14, 317, 402, 318, 324, 308};
    private static final int CHIN = 152;
    /** Of the mouth's width; talking rarely opens it further. */
    private static final double WIDEST = 0.4;

    private static final int INSIDE = 0xff2a1416;
    private final Texture source;
    private final CornerFrame frame;
    private final double[][] lip;
    private final double chin;
    private final int left;
    private final int top;
    private final int right;
    private final int bottom;
    private boolean opened;

    MouthPatch(PortraitData data) {
        source = data.texture();
        frame = new CornerFrame(data, LOWER_LIP[0], LOWER_LIP[LOWER_LIP.length - 1]);
        lip = frame.curve(data, LOWER_LIP);
        double[] below = data.landmarks()[CHIN];
        chin = frame.b(below[0], below[1]);
        double reach = 0.5 * frame.width + chin * Math.abs(frame.axisY);
        left = (int) Math.max(0, frame.midX - reach);
        right = (int) Math.min(source.width() - 1, frame.midX + reach);
        top = (int) Math.max(0, frame.midY - 0.5 * frame.width);
        bottom = (int) Math.min(source.height() - 1, frame.midY + chin);
    }

    /**
     * Repaints the mouth into a working copy of the portrait.
     *
     * @param open 0 as photographed, 1 wide
     */
    void paint(Texture target, double open) {
        if (open == 0 && !opened) {
            return;
        }
        opened = open > 0;
        for (int y = top; y <= bottom; y++) {
            for (int x = left; x <= right; x++) {
                target.set(x, y, pixel(x, y, open));
            }
        }
        target.refresh(left, top, right, bottom);
    }

    private int pixel(int x, int y, double open) {
        double a = frame.a(x, y);
        double b = frame.b(x, y);
        double along = a / frame.width;
        double gap = open * WIDEST * frame.width * Math.max(0, 4 * along * (1 - along));
        double edge = CornerFrame.at(lip, a);
        if (gap <= 0 || b <= edge || b >= chin) {
            return source.get(x, y);
        }
        double from = edge + Math.max(0, b - edge - gap) / (chin - edge - gap) * (chin - edge);
        double inside = Math.max(0, Math.min(1, Math.min(b - edge, edge + gap - b) + 0.5));
        return Texture.mix(frame.sample(a, from), INSIDE, (int) (inside * 256));
    }
}
