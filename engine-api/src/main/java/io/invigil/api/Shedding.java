package io.invigil.api;

/**
 * What an overloaded engine looks for less often, in the declared order; each level includes those before. While frames wait, what
 * is looked for less often is also put off for calmer moments. Only when these do not help are frames superseded.
 */
public enum Shedding {
    /** Nothing: the policy's cadences hold. */
    NONE,
    /** Bodies and objects are looked for a third as often: in time, and on every third frame at most. */
    OBJECTS,
    /** Further faces are searched for a third as often too, bodies and objects a ninth as often. */
    PERSONS;

    /**
     * How many frames it is at least from look to look for bodies and objects, since where frames come seldom each would be
     * looked at otherwise, up to four times as many while other frames wait; and how many times longer than the policy says they wait
     * in time, up to seven times.
     */
    public int presenceStretch() {
        return switch (this) {
            case NONE -> 1;
            case OBJECTS -> 3;
            case PERSONS -> 9;
        };
    }

    /**
     * How many frames it is at least, and how many times longer than the policy says, to the next search for further faces; where
     * that is more than one, twice as many while other frames wait.
     */
    public int faceStretch() {
        return this == PERSONS ? 3 : 1;
    }
}
