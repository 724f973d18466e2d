package io.invigil.core.vision;

/**
 * Estimates by how much the whole picture moved between two small grey copies, from the brightness profiles of its borders,
 * where the candidate seldom is. Good to a fraction of a pixel for small shifts; 0 when the borders show nothing.
 */
final class CameraShift {
    private static final int MAX_SHIFT = 4;
    private static final int BORDER_DIVISOR = 6;
    /** A shift is believed only when it explains the change much better than no shift. */
    private static final double MIN_GAIN = 0.5;

    private double[] now = new double[0];
    private double[] before = new double[0];
    private double shiftX;
    private double shiftY;

    /** Compares two copies of this size; read the result from {@link #x} and {@link #y}. */
    void estimate(byte[] nowGrey, byte[] beforeGrey, int width, int height) {
        if (now.length < Math.max(width, height)) {
            now = new double[Math.max(width, height)];
            before = new double[now.length];
        }
        int border = Math.max(1, width / BORDER_DIVISOR);
        for (int y = 0; y < height; y++) {
            now[y] = 0;
            before[y] = 0;
            for (int x = 0; x < border; x++) {
                now[y] += (nowGrey[y * width + x] & 0xFF) + (nowGrey[y * width + width - 1 - x] & 0xFF);
                before[y] += (beforeGrey[y * width + x] & 0xFF) + (beforeGrey[y * width + width - 1 - x] & 0xFF);
            }
        }
        shiftY = bestShift(height);
        border = Math.max(1, height / BORDER_DIVISOR);
        for (int x = 0; x < width; x++) {
            now[x] = 0;
            before[x] = 0;
            for (int y = 0; y < border; y++) {
                now[x] += nowGrey[y * width + x] & 0xFF;
                before[x] += beforeGrey[y * width + x] & 0xFF;
            }
        }
        shiftX = bestShift(width);
    }

    /** Pixels of the small copy to the right. */
    double x() {
        return shiftX;
    }

    /** Pixels of the small copy down. */
    double y() {
        return shiftY;
    }

    private double bestShift(int length) {
        if (length <= 4 * MAX_SHIFT) {
            return 0;
        }
        int best = 0;
        double bestError = error(0, length);
        double still = bestError;
        for (int shift = -MAX_SHIFT; shift <= MAX_SHIFT; shift++) {
            double e = error(shift, length);
            if (e < bestError) {
                bestError = e;
                best = shift;
            }
        }
        double left = error(best - 1, length);
        double right = error(best + 1, length);
        double bend = left - 2 * bestError + right;
        if (Math.abs(best) == MAX_SHIFT || bend <= 0) {
            return 0;
        }
        double offset = 0.5 * (left - right) / bend;
        double expected = bestError - 0.25 * (left - right) * offset;
        return expected < (1 - MIN_GAIN) * still ? best + offset : 0;
    }

    private double error(int shift, int length) {
        double sum = 0;
        for (int i = MAX_SHIFT + 1; i < length - MAX_SHIFT - 1; i++) {
            double d = now[i] - before[i - shift];
            sum += d * d;
        }
        return sum;
    }
}
