package io.invigil.core.vision;

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

    private static final List<String> NAMES = List.of(
            "person",
            "bicycle",
            "car",
            "motorcycle",
            "airplane",
            "bus",
            "train",
            "truck",
            "boat",
            "traffic light",
            "fire hydrant",
            "stop sign",
            "parking meter",
            "bench",
            "bird",
            "cat",
            "dog",
            "horse",
            "sheep",
            "cow",
            "elephant",
            "bear",
            "zebra",
            "giraffe",
            "backpack",
            "umbrella",
            "handbag",
            "tie",
            "suitcase",
            "frisbee",
            "skis",
            "snowboard",
            "sports ball",
            "kite",
            "baseball bat",
            "baseball glove",
            "skateboard",
            "surfboard",
            "tennis racket",
            "bottle",
            "wine glass",
            "cup",
            "fork",
            "knife",
            "spoon",
            "bowl",
            "banana",
            "apple",
            "sandwich",
            "orange",
            "broccoli",
            "carrot",
            "hot dog",
            "pizza",
            "donut",
            "cake",
            "chair",
            "couch",
            "potted plant",
            "bed",
            "dining table",
            "toilet",
            "tv",
            "laptop",
            "mouse",
            "remote",
            "keyboard",
            "cell phone",
            "microwave",
            "oven",
            "toaster",
            "sink",
            "refrigerator",
            "book",
            "clock",
            "vase",
            "scissors",
            "teddy bear",
            "hair drier",
            "toothbrush");

    static final int COUNT = 80;

    private NanoDetClasses() {}

    /** The class's name in COCO, lower case. */
    static String name(int category) {
        return NAMES.get(category);
    }
}
