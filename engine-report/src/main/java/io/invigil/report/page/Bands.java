package io.invigil.report.page;

import io.invigil.report.log.TracePoint;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Stretches of time in which something stayed the same. */
final class Bands {
    private Bands() {}

    /** From the first frame with this value to the first without it, or to the last frame before a gap. */
    record Band(long startNs, long endNs, String value) {}

    static List<Band> of(List<TracePoint> points, long breakNs, Function<TracePoint, String> value) {
        List<Band> bands = new ArrayList<>();
        int i = 0;
        while (i < points.size()) {
            String current = value.apply(points.get(i));
            long startNs = points.get(i).timestampNs();
            long endNs = startNs;
            int next = i + 1;
            while (next < points.size()) {
                long nextNs = points.get(next).timestampNs();
                boolean gap = nextNs - points.get(next - 1).timestampNs() > breakNs;
                endNs = gap ? points.get(next - 1).timestampNs() : nextNs;
                if (gap || !value.apply(points.get(next)).equals(current)) {
                    break;
                }
                next++;
            }
            bands.add(new Band(startNs, endNs, current));
            i = next;
        }
        return bands;
    }
}
