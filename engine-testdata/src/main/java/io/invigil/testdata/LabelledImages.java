package io.invigil.testdata;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Reads {@code labels_images.json}: hand-made labels of stills. Directions are those of the upright picture; boxes are in
 * its pixels. Unknown fields are ignored. Stateless.
 */
public final class LabelledImages {
    private static final int BOX_NUMBERS = 4;

    private LabelledImages() {}

    /**
     * One labelled still.
     *
     * @param file path below the labelled folder
     * @param widthPx width
     * @param heightPx height
     * @param faces countable faces
     * @param facesMin lowest accepted count
     * @param facesMax highest accepted count
     * @param persons people of whom anything is visible
     * @param personsMin lowest accepted count
     * @param personsMax highest accepted count
     * @param gaze where the eyes point, {@code unknown} if not labelled
     * @param head where the head points
     * @param phones visible phones
     * @param books visible books, those on shelves included
     * @param spoof none, print, screen or unknown
     * @param identity id of the person, empty if it does not matter
     * @param tags free words
     * @param boxes boxes by class where the source has them, not always of all that is visible
     */
    public record Image(
            String file,
            int widthPx,
            int heightPx,
            int faces,
            int facesMin,
            int facesMax,
            int persons,
            int personsMin,
            int personsMax,
            String gaze,
            String head,
            int phones,
            int books,
            String spoof,
            String identity,
            List<String> tags,
            Map<String, List<Box>> boxes) {
        /** Copies the collections. */
        public Image {
            tags = List.copyOf(tags);
            boxes = Collections.unmodifiableMap(new TreeMap<>(boxes));
        }

        /** The file's name without folders. */
        public String name() {
            return file.substring(file.lastIndexOf('/') + 1);
        }
    }

    /**
     * A box in pixels of the upright picture, y down.
     *
     * @param leftPx left edge
     * @param topPx top edge
     * @param widthPx width
     * @param heightPx height
     */
    public record Box(double leftPx, double topPx, double widthPx, double heightPx) {}

    /**
     * Reads the labels of a folder.
     *
     * @param folder the folder that contains {@code labels_images.json}
     * @return the stills in the file's order; none when there is no such file
     * @throws IOException if the file cannot be read
     * @throws IllegalArgumentException if it is not the label format
     */
    public static List<Image> read(Path folder) throws IOException {
        Path file = folder.resolve("labels_images.json");
        return Files.exists(file) ? LabelFields.read(file, LabelledImages::parse) : List.of();
    }

    static List<Image> parse(String json) {
        return LabelFields.array(json, "images").stream()
                .map(LabelledImages::image)
                .toList();
    }

    private static Image image(Object value) {
        LabelFields first = LabelFields.of(value, "an image");
        String file = first.needText("file");
        LabelFields fields = LabelFields.of(value, file);
        int faces = fields.count("faces", 0);
        int persons = fields.count("persons", 0);
        Map<String, List<Box>> boxes = new TreeMap<>();
        fields.map("boxes").forEach((name, list) -> boxes.put(String.valueOf(name), boxes(list, file)));
        if (fields.has("face_boxes")) {
            boxes.put("face", boxes(fields.list("face_boxes"), file));
        }
        return new Image(
                file,
                fields.count("width", 0),
                fields.count("height", 0),
                faces,
                fields.count("faces_min", faces),
                fields.count("faces_max", faces),
                persons,
                fields.count("persons_min", persons),
                fields.count("persons_max", persons),
                fields.text("gaze"),
                fields.text("head"),
                fields.count("phones", 0),
                fields.count("books", 0),
                fields.text("spoof"),
                fields.text("identity"),
                fields.words("tags"),
                boxes);
    }

    private static List<Box> boxes(Object value, String file) {
        if (value instanceof List<?> list) {
            return list.stream().map(box -> box(box, file)).toList();
        }
        throw new IllegalArgumentException(file + ": boxes are " + value + ", must be an array of boxes");
    }

    private static Box box(Object value, String file) {
        if (value instanceof List<?> sides
                && sides.size() == BOX_NUMBERS
                && sides.stream().allMatch(Double.class::isInstance)) {
            return new Box((Double) sides.get(0), (Double) sides.get(1), (Double) sides.get(2), (Double) sides.get(3));
        }
        throw new IllegalArgumentException(
                file + ": a box is " + value + ", must be four numbers: left, top, width, height");
    }
}
