package io.invigil.testdata;

/** The people who can act in a scenario; provenance and licences lie beside the pictures. */
public enum Portrait {
    /** A man, photographed from the front. */
    P1,
    /** A second man, older, head tilted. */
    P2,
    /** A woman, photographed from the front; small in the source, so best at a distance. */
    P3;

    String resource(String suffix) {
        return "actors/" + name().toLowerCase(java.util.Locale.ROOT) + suffix;
    }
}
