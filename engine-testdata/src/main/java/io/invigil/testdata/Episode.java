package io.invigil.testdata;

/**
 * Something that happens in a scenario between two moments. Movements are half done at both moments.
 *
 * @param start media seconds
 * @param end media seconds
 */
record Episode(Kind kind, double start, double end, double yawDeg, double pitchDeg, Portrait other, int side) {
    enum Kind {
        HEAD,
        EYES,
        LEAVE,
        SECOND,
        PHONE,
        CAP,
        FINGER,
        DARK,
        FREEZE,
        GAP
    }

    /** 0 before and after, 1 while it lasts, a smooth change of the given length about both moments. */
    double amount(double t, double change) {
        double up = HeadMesh.smooth((t - start) / change + 0.5);
        double down = HeadMesh.smooth((t - end) / change + 0.5);
        return up - down;
    }

    boolean contains(double t) {
        return t >= start && t < end;
    }
}
