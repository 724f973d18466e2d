package io.invigil.models;

import java.util.Locale;

/** The models that ship with the engine. */
public enum ModelId {
    /** Faces from near to about five metres, one 48 x 48 grid over the whole picture. */
    FACE_DETECTION_FULL_RANGE,
    /** Faces that fill much of the picture. */
    FACE_DETECTION_SHORT_RANGE,
    /** 468 points of one face, with refined irises and eye outlines. */
    FACE_MESH_ATTENTION,
    /** Persons, phones, books, laptops and the other classes of COCO. */
    NANODET,
    /** The same kinds of things, better at phones; sixteen classes. */
    CENTERNET,
    /** 128 numbers from an upright face, near each other for pictures of one person. */
    FACE_RECOGNITION;

    /**
     * Returns the name used for this model in the manifest, in file names and in reports.
     *
     * @return lower case words joined by underscores
     */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
