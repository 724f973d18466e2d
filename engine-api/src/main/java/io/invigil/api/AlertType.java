package io.invigil.api;

import java.util.Arrays;
import java.util.Optional;

/**
 * The kinds of alert: what the engine sees by itself, and what the host reports to it. Wire names and codes are fixed: they are written to files and sent
 * over the wire, and never change their meaning.
 */
public enum AlertType {
    /** The candidate's seat is seen to be empty: no face is in the picture, and the picture is good enough to tell. */
    NO_FACE(1, "no_face"),
    /** Two or more people are in the picture, by faces or by bodies. */
    MULTIPLE_PERSONS(2, "multiple_persons"),
    /** The candidate looks away from the screen, by turning the head or by moving the eyes alone. */
    EYES_LOOKING_AWAY(3, "eyes_looking_away"),
    /** An object the policy forbids (a phone, say) is in the picture. */
    PROHIBITED_OBJECT(4, "prohibited_object"),
    /** The camera is covered, shows black, or the scene is too dark to see anything. */
    BLACK_SCREEN(5, "black_screen"),
    /** The picture repeats: successive frames are identical beyond sensor noise. */
    FROZEN_VIDEO(6, "frozen_video"),
    /** No frame arrived for a while between two frames; told when frames arrive again. */
    STREAM_GAP(7, "stream_gap"),
    /** The candidate's face is partly out of the picture, or too close to tell what they do. */
    PARTIAL_FACE(8, "partial_face"),
    /** The candidate looked away shortly again and again: often, or for a large share of a sliding window. */
    REPEATED_GLANCES(9, "repeated_glances"),
    /** Somebody else than at the start sits in front of the camera. Opt-in. */
    IDENTITY_CHANGED(10, "identity_changed"),
    /** A print or a screen with a face is held to the camera. Opt-in. */
    SPOOF(11, "spoof"),
    /** The host reports that the candidate went to another tab. */
    TAB_SWITCH(32, "tab_switch"),
    /** The host reports something unusual in the sound. */
    AUDIO_ANOMALY(33, "audio_anomaly"),
    /** The host reports that the candidate's window lost the focus. */
    WINDOW_BLUR(34, "window_blur"),
    /** The host reports that something was pasted. */
    PASTE(35, "paste"),
    /** The host reports a second display. */
    SECOND_DISPLAY(36, "second_display"),
    /** The host reports something of its own; {@code details} names it under {@code event}. */
    HOST_DEFINED(37, "host_defined");

    private static final int FIRST_HOST_CODE = 32;

    private final int code;
    private final String wireName;

    AlertType(int code, String wireName) {
        this.code = code;
        this.wireName = wireName;
    }

    /** The fixed number of this kind, 1 or more. */
    public int code() {
        return code;
    }

    /** The fixed name of this kind in files and on the wire, lower case with underscores. */
    public String wireName() {
        return wireName;
    }

    /** True for kinds that only the host can see; the engine raises them on a {@link HostEvent}. */
    public boolean isHostReported() {
        return code >= FIRST_HOST_CODE;
    }

    /** The kind with this wire name, or empty when no kind has it. */
    public static Optional<AlertType> ofWireName(String wireName) {
        return Arrays.stream(values())
                .filter(type -> type.wireName.equals(wireName))
                .findFirst();
    }
}
