package io.invigil.models;

import java.util.List;

/** The names of the classes that the object detectors give scores for, in the order of their score tensors. */
public final class ObjectLabels {
    private static final List<String> COCO = List.of(
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
    private static final List<String> CENTERNET = List.of(
            "person",
            "backpack",
            "handbag",
            "bottle",
            "cup",
            "chair",
            "tv",
            "laptop",
            "mouse",
            "remote",
            "keyboard",
            "cell phone",
            "microwave",
            "book",
            "clock",
            "scissors");

    private ObjectLabels() {}

    /**
     * Returns the labels of a model's score channels.
     *
     * @param id an object detector
     * @return 80 names for NanoDet, 16 for CenterNet; immutable
     * @throws IllegalArgumentException if the model detects no objects
     */
    public static List<String> of(ModelId id) {
        return switch (id) {
            case NANODET -> COCO;
            case CENTERNET -> CENTERNET;
            default -> throw new IllegalArgumentException(id + " detects no objects");
        };
    }
}
