package io.invigil.api;

import java.time.Duration;

/** Range checks whose messages name the setting, the value and what is allowed. */
final class Ranges {
    private Ranges() {}

    static void check(String name, long value, long least, long most) {
        if (value < least || value > most) {
            throw EngineException.outOfRange(name, value, "in " + least + ".." + most);
        }
    }

    static void check(String name, double value, double least, double most) {
        if (!(value >= least && value <= most)) {
            throw EngineException.outOfRange(name, value, "in " + least + ".." + most);
        }
    }

    static void checkPositive(String name, Duration value) {
        if (value.isZero() || value.isNegative()) {
            throw EngineException.outOfRange(name, value, "more than zero");
        }
    }

    static void checkAtMost(String name, Duration value, Duration most) {
        if (value.isNegative() || value.compareTo(most) > 0) {
            throw EngineException.outOfRange(name, value, "in PT0S.." + most);
        }
    }
}
