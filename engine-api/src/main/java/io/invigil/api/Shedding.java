package io.invigil.api;

/**
 * What an overloaded engine looks for less often, in the declared order; each level includes those before. Only when these do
 * not help are frames superseded.
 */
public enum Shedding {
    /** Nothing: the policy's cadences hold. */
    NONE,
    /** Bodies and objects are looked for a third as often. */
    OBJECTS,
    /** Further faces are searched for a third as often too. */
    PERSONS;

    /** How many times longer than the policy says bodies and objects wait for their next look. */
    public int presenceStretch() {
        return this == NONE ? 1 : 3;
    }

    /** How many times longer than the policy says the search for further faces waits. */
    public int faceStretch() {
        return this == PERSONS ? 3 : 1;
    }
}
