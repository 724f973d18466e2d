package io.invigil.testdata;

import java.util.List;
import java.util.Optional;

/**
 * What the camera sees at one moment.
 *
 * @param people drawn in this order, so the farthest first
 * @param phone a phone in front of everybody
 * @param view what lies on the lens
 * @param light 1 as bright as the portraits, 0 no light
 */
public record Scene(List<Person> people, Optional<Phone> phone, View view, double light) {
    /** Copies the list. */
    public Scene {
        people = List.copyOf(people);
    }

    /**
     * One person in a well-lit room.
     *
     * @param portrait who
     * @param head in what state
     * @return the scene
     */
    public static Scene of(Portrait portrait, HeadState head) {
        return new Scene(List.of(new Person(portrait, head)), Optional.empty(), View.CLEAR, 1);
    }

    /**
     * Somebody in the room.
     *
     * @param portrait who
     * @param head in what state
     */
    public record Person(Portrait portrait, HeadState head) {}

    /**
     * A phone in a hand, upright but for its tilt.
     *
     * @param centreX middle of the phone's body, share of the picture's width
     * @param centreY the same from the top, share of the picture's height
     * @param height height of the phone's body, share of the picture's height
     * @param tiltDeg clockwise as seen in the picture
     */
    public record Phone(double centreX, double centreY, double height, double tiltDeg) {}

    /** What lies on the lens. */
    public enum View {
        /** Nothing. */
        CLEAR,
        /** A finger: dim red without detail. */
        FINGER,
        /** A cap: black but for the sensor's noise. */
        CAP
    }
}
