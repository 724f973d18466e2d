package io.invigil.core.vision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FaceOutlineTest {
    private final FaceOutline outline = new FaceOutline();

    /** A rectangle around the middle, turned, each side in so many pieces with as many gaps of a tenth of them. */
    private void rectangle(double halfWidth, double top, double bottom, double turnDeg, int pieces) {
        side(-halfWidth, top, -halfWidth, bottom, turnDeg, pieces);
        side(halfWidth, top, halfWidth, bottom, turnDeg, pieces);
        side(-halfWidth, top, halfWidth, top, turnDeg, pieces);
    }

    private void side(double x0, double y0, double x1, double y1, double turnDeg, int pieces) {
        double cos = Math.cos(Math.toRadians(turnDeg));
        double sin = Math.sin(Math.toRadians(turnDeg));
        for (int i = 0; i < pieces; i++) {
            double a = (double) i / pieces;
            double b = (i + 0.9) / pieces;
            double ax = x0 + a * (x1 - x0);
            double ay = y0 + a * (y1 - y0);
            double bx = x0 + b * (x1 - x0);
            double by = y0 + b * (y1 - y0);
            outline.add(cos * ax - sin * ay, sin * ax + cos * ay, cos * bx - sin * by, sin * bx + cos * by);
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {-15, -5, 0, 8, 18})
    void shouldSeeAnOutlineWhenARectangleEnclosesTheFace(double turnDeg) {
        rectangle(0.9, -1.3, 1.4, turnDeg, 3);
        assertThat(outline.score()).isGreaterThan(0.8);
    }

    @Test
    void shouldSeeNoneWhenShouldersHideTheSidesBelowTheChin() {
        rectangle(0.9, -1.3, 0.5, 0, 2);
        assertThat(outline.score()).isLessThan(0.4);
    }

    @Test
    void shouldSeeNoneWhenASideOrBothEndsAreMissing() {
        side(-0.9, -1.3, -0.9, 1.4, 0, 1);
        side(-0.9, -1.3, 0.9, -1.3, 0, 1);
        assertThat(outline.score()).isZero();
        outline.clear();
        side(-0.9, -1.3, -0.9, 1.4, 0, 1);
        side(0.9, -1.3, 0.9, 1.4, 0, 1);
        assertThat(outline.score()).isZero();
    }

    @Test
    void shouldSeeNoneWhenTheRectangleIsFarOutOrInsideTheFace() {
        rectangle(1.8, -1.3, 1.4, 0, 1);
        assertThat(outline.score()).isZero();
        outline.clear();
        rectangle(0.4, -0.5, 0.6, 0, 1);
        assertThat(outline.score()).isZero();
    }

    @Test
    void shouldCountOverlappingPiecesOnce() {
        side(-0.9, -1.3, -0.9, 1.4, 0, 1);
        side(0.9, -1.3, 0.9, 1.4, 0, 1);
        outline.add(-0.6, -1.3, 0, -1.3);
        outline.add(-0.5, -1.31, 0.06, -1.31);
        assertThat(outline.score()).isCloseTo(0.55, within(0.01));
    }
}
