package io.invigil.api;

import java.time.Duration;
import java.util.Objects;

/** Range checks whose messages name the setting, the value and what is allowed. */
final class Ranges {
    private static final Duration DAY = Duration.ofDays(1);

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
        Objects.requireNonNull(value, name);
        if (value.isZero() || value.isNegative() || value.compareTo(DAY) > 0) {
            throw EngineException.outOfRange(name, value, "more than zero and at most " + DAY);
        }
    }

    static void checkAtMost(String name, Duration value, Duration most) {
        Objects.requireNonNull(value, name);
        if (value.isNegative() || value.compareTo(most) > 0) {
            throw EngineException.outOfRange(name, value, "in PT0S.." + most);
        }
    }

    static void checkWithin(String name, Duration value, Duration least, Duration most) {
        Objects.requireNonNull(value, name);
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw EngineException.outOfRange(name, value, "in " + least + ".." + most);
        }
    }
}
