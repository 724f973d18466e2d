package io.invigil.testdata;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Reads {@code labels_clips.json}: hand-made labels of real clips. Times are seconds from the first frame, ends
 * exclusive; directions are those of the upright picture. Unknown fields are ignored. Stateless.
 */
public final class LabelledClips {
    /** Stands for a count that is not labelled. */
    public static final int UNLABELLED = -1;

    private LabelledClips() {}

    /**
     * One labelled clip.
     *
     * @param file path below the labelled folder
     * @param durationSeconds length
     * @param persons ids of the people in it
     * @param tags free words; {@code no_alert} marks clips in which nothing should be reported
     * @param kind how the clip was made
     * @param notes remarks
     * @param intervals state of the picture, in order of time
     * @param events what an engine should report, in order of time
     */
    public record Clip(
            String file,
            double durationSeconds,
            List<String> persons,
            List<String> tags,
            String kind,
            String notes,
            List<Interval> intervals,
            List<Event> events) {
        /** Copies the lists. */
        public Clip {
            persons = List.copyOf(persons);
            tags = List.copyOf(tags);
            intervals = List.copyOf(intervals);
            events = List.copyOf(events);
        }

        /**
         * The state at a time.
         *
         * @param seconds media time
         * @return the interval that contains it
         */
        public Optional<Interval> at(double seconds) {
            return intervals.stream()
                    .filter(i -> seconds >= i.startSeconds() && seconds < i.endSeconds())
                    .findFirst();
        }
    }

    /**
     * State of the picture between two moments. A count that is missing or {@code unknown} is {@link #UNLABELLED}, any other label
     * that is missing empty.
     *
     * @param startSeconds from
     * @param endSeconds to, exclusive
     * @param faces countable faces
     * @param facesMin lowest accepted count
     * @param facesMax highest accepted count
     * @param persons people of whom anything is visible
     * @param personsMax highest accepted count
     * @param gaze where the eyes point, {@code unknown} if not labelled
     * @param head where the head points
     * @param phones visible phones
     * @param books books in the hand or in front of the person
     * @param camera ok, black, covered, dark or frozen
     * @param spoof none, print, screen or unknown
     * @param identity id of the person, empty if it does not matter
     */
    public record Interval(
            double startSeconds,
            double endSeconds,
            int faces,
            int facesMin,
            int facesMax,
            int persons,
            int personsMax,
            String gaze,
            String head,
            int phones,
            int books,
            String camera,
            String spoof,
            String identity) {}

    /**
     * Something an engine should report.
     *
     * @param type label, for instance {@code GAZE_AWAY}
     * @param startSeconds from
     * @param endSeconds to, exclusive
     * @param direction of a look away, else empty
     * @param modality eyes_only, head or eyes_and_head, else empty
     * @param variant of a covered camera or a spoof, else empty
     * @param count of faces or people, where labelled
     */
    public record Event(
            String type,
            double startSeconds,
            double endSeconds,
            String direction,
            String modality,
            String variant,
            OptionalInt count) {}

    /**
     * Reads the labels of a folder.
     *
     * @param folder the folder that contains {@code labels_clips.json}
     * @return the clips in the file's order
     * @throws IOException if the file cannot be read
     * @throws IllegalArgumentException if it is not the label format
     */
    public static List<Clip> read(Path folder) throws IOException {
        return LabelFields.read(folder.resolve("labels_clips.json"), LabelledClips::parse);
    }

    static List<Clip> parse(String json) {
        List<Clip> clips = new ArrayList<>();
        for (Object value : LabelFields.array(json, "clips")) {
            clips.add(clip(value, "clip number " + (clips.size() + 1)));
        }
        return clips;
    }

    private static Clip clip(Object value, String which) {
        String file = LabelFields.of(value, which).needText("file");
        LabelFields fields = LabelFields.of(value, which + ", " + file);
        return new Clip(
                file,
                fields.needNumber("duration_s"),
                fields.words("persons"),
                fields.words("tags"),
                fields.text("kind"),
                fields.text("notes"),
                fields.list("intervals").stream()
                        .map(state -> interval(LabelFields.of(state, "an interval of " + file)))
                        .toList(),
                fields.list("events").stream()
                        .map(event -> event(LabelFields.of(event, "an event of " + file)))
                        .toList());
    }

    private static Interval interval(LabelFields fields) {
        int faces = fields.countIfKnown("faces", UNLABELLED);
        int persons = fields.countIfKnown("persons", UNLABELLED);
        return new Interval(
                fields.needNumber("start"),
                fields.needNumber("end"),
                faces,
                fields.countIfKnown("faces_min", faces),
                fields.countIfKnown("faces_max", faces),
                persons,
                fields.countIfKnown("persons_max", persons),
                fields.text("gaze"),
                fields.text("head"),
                fields.countIfKnown("phones", UNLABELLED),
                fields.countIfKnown("books", UNLABELLED),
                fields.text("camera"),
                fields.text("spoof"),
                fields.text("identity"));
    }

    private static Event event(LabelFields fields) {
        return new Event(
                fields.needText("type"),
                fields.needNumber("start"),
                fields.needNumber("end"),
                fields.text("direction"),
                fields.text("modality"),
                fields.text("variant"),
                fields.has("count") ? OptionalInt.of(fields.count("count", 0)) : OptionalInt.empty());
    }
}
