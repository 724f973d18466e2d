package io.invigil.api;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * What looks at pictures on behalf of the rules. A detector no enabled kind asks for does not run, and nothing of it is
 * stored. The picture's quality is measured always: it says nothing about the candidate, but what may be concluded.
 */
public enum Detector {
    /** Finds and follows the candidate's face. */
    FACE("face"),
    /** Finds further faces. */
    FURTHER_FACES("further_faces"),
    /** Fits head poses and reads eyes. */
    GAZE("gaze"),
    /** Finds the body that belongs to the candidate's seat. */
    BODY("body"),
    /** Finds further bodies. */
    FURTHER_BODIES("further_bodies"),
    /** Finds forbidden things. */
    OBJECTS("objects"),
    /** Compares the candidate with who sat there at the start. */
    IDENTITY("identity"),
    /** Looks for prints and screens held to the camera. */
    SPOOF("spoof");

    private final String wireName;

    Detector(String wireName) {
        this.wireName = wireName;
    }

    /** The detector's name in files, lower case with underscores. */
    public String wireName() {
        return wireName;
    }

    /** The detector with this name, or empty when none has it. */
    public static Optional<Detector> ofWireName(String wireName) {
        return Arrays.stream(values())
                .filter(detector -> detector.wireName.equals(wireName))
                .findFirst();
    }

    /** What a kind is judged by; empty for what the picture's quality, the stream or the host tells. */
    public static Set<Detector> neededFor(AlertType type) {
        EnumSet<Detector> needed = switch (type) {
            case NO_FACE -> EnumSet.of(FACE, BODY);
            case MULTIPLE_PERSONS -> EnumSet.of(FACE, FURTHER_FACES, BODY, FURTHER_BODIES);
            case EYES_LOOKING_AWAY, REPEATED_GLANCES -> EnumSet.of(FACE, GAZE);
            case PROHIBITED_OBJECT -> EnumSet.of(OBJECTS);
            case PARTIAL_FACE -> EnumSet.of(FACE, BODY);
            case IDENTITY_CHANGED -> EnumSet.of(FACE, IDENTITY);
            case SPOOF -> EnumSet.of(FACE, SPOOF);
            case BLACK_SCREEN,
                    FROZEN_VIDEO,
                    STREAM_GAP,
                    TAB_SWITCH,
                    AUDIO_ANOMALY,
                    WINDOW_BLUR,
                    PASTE,
                    SECOND_DISPLAY,
                    HOST_DEFINED -> EnumSet.noneOf(Detector.class);
        };
        return Collections.unmodifiableSet(needed);
    }
}
