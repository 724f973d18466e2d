package io.invigil.core.perception;

import io.invigil.api.Shedding;
import java.util.ArrayList;
import java.util.List;

/**
 * How much a lane is pressed for time when it takes up a frame. What a session sees depends on its own frames alone while nothing
 * is shed, so that a replay equals what was live; only an engine that sheds anyway puts looks off.
 *
 * @param shedding what is looked for less often
 * @param putsOff whether a look that can wait for a calmer moment does, since other frames wait for this one; false while
 *     nothing is shed
 */
public record Pressure(Shedding shedding, boolean putsOff) {
    /** Time enough. */
    public static final Pressure NONE = new Pressure(Shedding.NONE, false);

    private static final List<Pressure> ALL = all();

    /** Throws {@link IllegalArgumentException} for one that puts off while nothing is shed. */
    public Pressure {
        if (putsOff && shedding == Shedding.NONE) {
            throw new IllegalArgumentException("putsOff is true, must be false while nothing is shed");
        }
    }

    /** The pressure of a lane at this level; nothing is put off while nothing is shed. No object is made. */
    public static Pressure of(Shedding shedding, boolean putsOff) {
        return ALL.get(2 * shedding.ordinal() + (putsOff ? 1 : 0));
    }

    private static List<Pressure> all() {
        List<Pressure> all = new ArrayList<>();
        for (Shedding shedding : Shedding.values()) {
            all.add(new Pressure(shedding, false));
            all.add(new Pressure(shedding, shedding != Shedding.NONE));
        }
        return List.copyOf(all);
    }
}
