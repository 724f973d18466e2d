package io.invigil.core.vision;

import io.invigil.models.ModelId;
import io.invigil.models.ObjectLabels;
import java.util.List;

/** The 80 classes of the COCO data set in the model's order, and those the engine looks at. */
final class NanoDetClasses {
    static final int PERSON = 0;
    static final int TV = 62;
    static final int LAPTOP = 63;
    static final int MOUSE = 64;
    static final int REMOTE = 65;
    static final int KEYBOARD = 66;
    static final int CELL_PHONE = 67;
    static final int BOOK = 73;

    private static final List<String> NAMES = ObjectLabels.of(ModelId.NANODET);

    static final int COUNT = 80;

    private NanoDetClasses() {}

    /** The class's name in COCO, lower case. */
    static String name(int category) {
        return NAMES.get(category);
    }
}
