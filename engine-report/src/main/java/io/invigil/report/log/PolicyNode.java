package io.invigil.report.log;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** An object inside a policy document that knows its path, so that every error can name it. */
final class PolicyNode {
    private final String path;
    private final JsonNode node;

    PolicyNode(String path, JsonNode node) {
        this.path = path;
        this.node = node;
    }

    boolean has(String name) {
        return node.has(name);
    }

    List<String> names() {
        return new ArrayList<>(node.propertyNames());
    }

    void allow(Collection<String> known) throws PolicyException {
        for (String name : names()) {
            if (!known.contains(name)) {
                throw new PolicyException(at(name) + " is not known; known here: " + String.join(", ", known));
            }
        }
    }

    void need(String name) throws PolicyException {
        if (!has(name)) {
            throw new PolicyException(at(name) + " is missing");
        }
    }

    PolicyNode object(String name) throws PolicyException {
        if (!node.get(name).isObject()) {
            throw wrong(name, "an object");
        }
        return new PolicyNode(at(name), node.get(name));
    }

    String text(String name, String otherwise) throws PolicyException {
        if (!has(name)) {
            return otherwise;
        }
        if (!node.get(name).isString()) {
            throw wrong(name, "a text");
        }
        return node.get(name).asString();
    }

    /** A text that says something, of at most so many characters; it is not in the message, since it may be personal. */
    String words(String name, int most) throws PolicyException {
        String words = text(name, "");
        if (words.isBlank() || words.length() > most) {
            throw new PolicyException(at(name) + " is " + words.length() + " characters long, must be 1 to " + most
                    + " characters that are not all blank");
        }
        return words;
    }

    boolean truth(String name, boolean otherwise) throws PolicyException {
        if (!has(name)) {
            return otherwise;
        }
        if (!node.get(name).isBoolean()) {
            throw wrong(name, "true or false");
        }
        return node.get(name).asBoolean();
    }

    double number(String name, double otherwise, double least, double most) throws PolicyException {
        if (!has(name)) {
            return otherwise;
        }
        JsonNode value = node.get(name);
        double number = asNumber(value);
        if (!(number >= least && number <= most)) {
            throw wrong(name, "a number in " + JsonText.plain(least) + ".." + JsonText.plain(most));
        }
        return number;
    }

    int whole(String name, int otherwise, int least, int most) throws PolicyException {
        if (!has(name)) {
            return otherwise;
        }
        JsonNode value = node.get(name);
        if (!value.isIntegralNumber() || !(asNumber(value) >= least && asNumber(value) <= most)) {
            throw wrong(name, "a whole number in " + least + ".." + most);
        }
        return value.asInt();
    }

    Duration seconds(String name, Duration otherwise, double least, double most) throws PolicyException {
        return has(name) ? PolicyParser.ofSeconds(number(name, 0, least, most)) : otherwise;
    }

    /** True when the member is this very number. */
    boolean isNumber(String name, int number) {
        return node.get(name).isIntegralNumber() && asNumber(node.get(name)) == number;
    }

    /** Not a number for what is none, or has more digits than a double takes. */
    private static double asNumber(JsonNode value) {
        return value.isNumber() ? value.asDouble(Double.NaN) : Double.NaN;
    }

    PolicyException wrong(String name, String allowed) {
        return new PolicyException(at(name) + " is " + shown(node.get(name)) + ", must be " + allowed);
    }

    private static String shown(JsonNode value) {
        if (value.isNumber() && Double.isInfinite(value.asDouble(0))) {
            // The number as it was written is gone.
            return value.asDouble(0) > 0 ? "larger than any number taken" : "smaller than any number taken";
        }
        String text = value.toString();
        return text.length() > 60 ? text.substring(0, 60) + "..." : text;
    }

    private String at(String name) {
        String key = name.length() > 60 ? name.substring(0, 60) + "..." : name;
        return path.isEmpty() ? key : path + '.' + key;
    }
}
