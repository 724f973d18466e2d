package io.invigil.testdata;

import java.util.Random;

/**
 * The seed of generated tests: the same in every build, so that a build fails for a change and not by chance, and another one
 * on demand: {@code mvn verify -Dinvigil.seed=random}, or a number to repeat a run. Tests print what they use. Stateless.
 */
public final class TestSeed {
    /** System property: {@code random} or a number. */
    public static final String PROPERTY = "invigil.seed";

    private static final long USUAL = 20261123;

    private TestSeed() {}

    /**
     * The seed to use now.
     *
     * @return the usual one, a new random one at each call, or the number given
     * @throws IllegalArgumentException if the property is neither {@code random} nor a number
     */
    public static long value() {
        String wanted = System.getProperty(PROPERTY, "").trim();
        if (wanted.isEmpty()) {
            return USUAL;
        }
        if (wanted.equals("random")) {
            return new Random().nextLong();
        }
        try {
            return Long.parseLong(wanted);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(PROPERTY + " is \"" + wanted + "\", must be random or a number", e);
        }
    }
}
