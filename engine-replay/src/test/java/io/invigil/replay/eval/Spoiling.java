package io.invigil.replay.eval;

import io.invigil.api.BoundingBox;
import java.util.Random;

/**
 * How a camera's picture gets worse step by step while somebody sits before it. Pictures are rows of blue, green and red bytes;
 * {@code much} runs from 0 to 1.
 */
enum Spoiling {
    DARK {
        @Override
        void spoil(Picture p, BoundingBox face, double much) {
            p.scale(1 - 0.97 * much, 0);
        }
    },
    GLARE {
        @Override
        void spoil(Picture p, BoundingBox face, double much) {
            p.scale(1 + 12 * much * much, 0);
        }
    },
    FOG {
        @Override
        void spoil(Picture p, BoundingBox face, double much) {
            p.scale(1 - 0.95 * much, 190 * much);
        }
    },
    BLURRED {
        @Override
        void spoil(Picture p, BoundingBox face, double much) {
            for (int pass = 0; pass < 2; pass++) {
                p.blur((int) (0.02 * p.width * much));
            }
        }
    },
    BACKLIT {
        @Override
        void spoil(Picture p, BoundingBox face, double much) {
            p.scale(1 - 0.85 * much, 0);
            p.glow(0, p.width / 3, 255 * much);
            p.glow(p.width - p.width / 6, p.width, 255 * much);
        }
    },
    NEARER {
        @Override
        void spoil(Picture p, BoundingBox face, double much) {
            p.zoom(1 + 9 * much, face.centerXPx(), face.centerYPx() - 0.05 * face.heightPx());
        }
    },
    BOARD_FROM_THE_LEFT {
        @Override
        void spoil(Picture p, BoundingBox face, double much) {
            p.fill(0, 0, 0.65 * p.width * much, p.height, 150, 152, 149);
        }
    },
    BOARD_FROM_BELOW {
        @Override
        void spoil(Picture p, BoundingBox face, double much) {
            p.fill(0, p.height * (1 - 0.75 * much), p.width, p.height, 150, 152, 149);
        }
    },
    BOARD_FROM_ABOVE {
        @Override
        void spoil(Picture p, BoundingBox face, double much) {
            p.fill(0, 0, p.width, 0.75 * p.height * much, 150, 152, 149);
        }
    },
    HAND {
        @Override
        void spoil(Picture p, BoundingBox face, double much) {
            double y = face.topPx() + face.heightPx() * (2.2 - 1.7 * much);
            p.ellipse(face.centerXPx(), y, 0.6 * face.widthPx(), 0.65 * face.heightPx(), 120, 150, 205);
        }
    },
    PAPER {
        @Override
        void spoil(Picture p, BoundingBox face, double much) {
            double top = face.topPx() + face.heightPx() * (1.3 - 1.6 * much);
            double left = face.leftPx() - 0.3 * face.widthPx();
            double right = face.rightPx() + 0.3 * face.widthPx();
            p.fill(left, top, right, top + 1.6 * face.heightPx(), 235, 238, 240);
            for (double line = 8; line < 1.5 * face.heightPx(); line += 9) {
                p.fill(left + 8, top + line, right - 8, top + line + 2, 120, 110, 110);
            }
        }
    };

    /** Makes a picture worse; the face's box is where it was while all was well. */
    abstract void spoil(Picture p, BoundingBox face, double much);

    /** A picture that can be painted on. */
    static final class Picture {
        private static final double[] NOISE =
                new Random(7).doubles(65_521).map(Picture::normal).toArray();

        final int width;
        final int height;
        final byte[] bgr;

        Picture(int width, int height, byte[] bgr) {
            this.width = width;
            this.height = height;
            this.bgr = bgr;
        }

        /** The noise of a sensor, the same for the same number. */
        void noise(double deviation, long number) {
            Random random = new Random(number);
            for (int row = 0; row < height; row++) {
                int from = random.nextInt(NOISE.length);
                for (int i = 3 * row * width; i < 3 * (row + 1) * width; i++) {
                    bgr[i] = level((bgr[i] & 0xFF) + deviation * NOISE[(from + i) % NOISE.length]);
                }
            }
        }

        /** A number of the normal distribution with a deviation of 1, about, from an even one. */
        private static double normal(double even) {
            double odds = Math.max(1e-6, Math.min(1 - 1e-6, even));
            return Math.log(odds / (1 - odds)) / 1.702;
        }

        private void scale(double gain, double offset) {
            for (int i = 0; i < bgr.length; i++) {
                bgr[i] = level((bgr[i] & 0xFF) * gain + offset);
            }
        }

        private void glow(int from, int to, double light) {
            for (int y = 0; y < height; y++) {
                for (int i = 3 * (y * width + from); i < 3 * (y * width + to); i++) {
                    bgr[i] = level((bgr[i] & 0xFF) + light);
                }
            }
        }

        private void fill(double left, double top, double right, double bottom, int blue, int green, int red) {
            for (int y = (int) Math.max(0, top); y < Math.min(height, bottom); y++) {
                for (int x = (int) Math.max(0, left); x < Math.min(width, right); x++) {
                    set(x, y, blue, green, red);
                }
            }
        }

        private void ellipse(double centerX, double centerY, double halfX, double halfY, int blue, int green, int red) {
            for (int y = 0; y < height; y++) {
                for (int x = 0; x < width; x++) {
                    if (Math.hypot((x - centerX) / halfX, (y - centerY) / halfY) < 1) {
                        set(x, y, blue, green, red);
                    }
                }
            }
        }

        private void set(int x, int y, int blue, int green, int red) {
            int i = 3 * (y * width + x);
            bgr[i] = (byte) blue;
            bgr[i + 1] = (byte) green;
            bgr[i + 2] = (byte) red;
        }

        /** Magnifies about a point, smoothly. */
        private void zoom(double by, double centerX, double centerY) {
            byte[] from = bgr.clone();
            double left = Math.max(0, Math.min(width - width / by, centerX - width / by / 2));
            double top = Math.max(0, Math.min(height - height / by, centerY - height / by / 2));
            for (int y = 0; y < height; y++) {
                double fromY = Math.min(height - 1.001, top + y / by);
                for (int x = 0; x < width; x++) {
                    double fromX = Math.min(width - 1.001, left + x / by);
                    int i = 3 * ((int) fromY * width + (int) fromX);
                    double right = fromX - (int) fromX;
                    double below = fromY - (int) fromY;
                    for (int c = 0; c < 3; c++) {
                        bgr[3 * (y * width + x) + c] = level((1 - below)
                                        * ((1 - right) * (from[i + c] & 0xFF) + right * (from[i + 3 + c] & 0xFF))
                                + below
                                        * ((1 - right) * (from[i + 3 * width + c] & 0xFF)
                                                + right * (from[i + 3 * width + 3 + c] & 0xFF)));
                    }
                }
            }
        }

        /** A box blur with edges held. */
        private void blur(int radius) {
            if (radius > 0) {
                blur(width, height, 3, 3 * width, radius);
                blur(height, width, 3 * width, 3, radius);
            }
        }

        private void blur(int length, int lines, int step, int lineStep, int radius) {
            int[] sums = new int[length + 1];
            for (int line = 0; line < lines; line++) {
                for (int c = 0; c < 3; c++) {
                    int start = line * lineStep + c;
                    for (int k = 0; k < length; k++) {
                        sums[k + 1] = sums[k] + (bgr[start + k * step] & 0xFF);
                    }
                    for (int k = 0; k < length; k++) {
                        int low = Math.max(0, k - radius);
                        int high = Math.min(length, k + radius + 1);
                        bgr[start + k * step] = (byte) ((sums[high] - sums[low]) / (high - low));
                    }
                }
            }
        }

        private static byte level(double value) {
            return (byte) Math.max(0, Math.min(255, Math.round(value)));
        }
    }
}
