package io.invigil.server.store;

import io.invigil.api.Answer;
import io.invigil.api.CameraState;
import io.invigil.api.Direction;
import io.invigil.api.Doubt;
import io.invigil.api.Modality;
import io.invigil.api.Reading;
import io.invigil.report.log.TracePoint;
import io.invigil.server.record.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/**
 * Trace points as JSON: an array with a format number and then an array for each point, its parts in the record's order. An
 * hour at one frame a second is about 300 kB.
 */
final class TraceText {
    private static final int FORMAT = 1;
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private TraceText() {}

    static String write(List<TracePoint> points) {
        ArrayNode all = MAPPER.createArrayNode();
        all.add(FORMAT);
        for (TracePoint point : points) {
            ArrayNode one = all.addArray();
            one.add(point.timestampNs()).add(name(point.camera())).add(point.unchanged() ? 1 : 0);
            reading(one, point.face());
            one.add(point.faceCount()).add(point.bodyCount());
            angle(one, point.headYawDeg());
            angle(one, point.headPitchDeg());
            angle(one, point.eyeYawDeg());
            angle(one, point.eyePitchDeg());
            one.add(point.gazeDoubt().map(TraceText::name).orElse(null));
            reading(one, point.attention());
            one.add(name(point.direction())).add(name(point.modality())).add(point.object());
            one.add(point.objectScore());
        }
        return MAPPER.writeValueAsString(all);
    }

    private static String name(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static void reading(ArrayNode out, Reading value) {
        out.add(name(value.answer()))
                .add(value.confidence())
                .add(value.doubt().map(TraceText::name).orElse(null));
    }

    private static void angle(ArrayNode out, double deg) {
        if (Double.isNaN(deg)) {
            out.addNull();
        } else {
            out.add(deg);
        }
    }

    static List<TracePoint> read(String text) {
        try {
            JsonNode all = MAPPER.readTree(text);
            if (all.path(0).asInt() != FORMAT) {
                throw new StoreException("a trace in the store has a format this program does not know", null);
            }
            List<TracePoint> points = new ArrayList<>(all.size() - 1);
            for (int i = 1; i < all.size(); i++) {
                points.add(new Point(all.get(i)).read());
            }
            return points;
        } catch (JacksonException | IllegalArgumentException damaged) {
            throw new StoreException("a trace in the store cannot be read", damaged);
        }
    }

    /** Takes a point's parts from left to right. */
    private static final class Point {
        private final JsonNode parts;
        private int place;

        private Point(JsonNode parts) {
            this.parts = parts;
        }

        private TracePoint read() {
            return new TracePoint(
                    next().asLong(),
                    constant(CameraState.class),
                    next().asInt() == 1,
                    reading(),
                    next().asInt(),
                    next().asInt(),
                    angle(),
                    angle(),
                    angle(),
                    angle(),
                    doubt(),
                    reading(),
                    constant(Direction.class),
                    constant(Modality.class),
                    next().asString(),
                    next().asDouble());
        }

        private JsonNode next() {
            return parts.path(place++);
        }

        private <E extends Enum<E>> E constant(Class<E> type) {
            return Enum.valueOf(type, next().asString().toUpperCase(Locale.ROOT));
        }

        private double angle() {
            JsonNode part = next();
            return part.isNull() ? Double.NaN : part.asDouble();
        }

        private Optional<Doubt> doubt() {
            JsonNode part = next();
            return part.isNull()
                    ? Optional.empty()
                    : Optional.of(Doubt.valueOf(part.asString().toUpperCase(Locale.ROOT)));
        }

        private Reading reading() {
            return new Reading(constant(Answer.class), next().asDouble(), doubt());
        }
    }
}
