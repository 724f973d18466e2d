package io.invigil.replay;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Numbers among the arguments. One that is none, or out of its range, is wrong usage and named with the range. */
final class NumberArgument {
    private NumberArgument() {}

    /** A number in the range, its ends included. */
    static double real(CommandSpec spec, String option, String text, int least, int most) {
        double value;
        try {
            value = Double.parseDouble(text);
        } catch (NumberFormatException none) {
            value = Double.NaN;
        }
        if (!(value >= least && value <= most)) {
            throw new ParameterException(
                    spec.commandLine(), option + " is " + text + ", must be a number in " + least + ".." + most);
        }
        return value;
    }

    /** A whole number in the range, its ends included. */
    static int whole(CommandSpec spec, String option, String text, int least, int most) {
        try {
            int value = Integer.parseInt(text);
            if (value >= least && value <= most) {
                return value;
            }
        } catch (NumberFormatException none) {
            // Told below, like one out of range.
        }
        throw new ParameterException(
                spec.commandLine(), option + " is " + text + ", must be a whole number in " + least + ".." + most);
    }
}
