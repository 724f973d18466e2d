package io.invigil.report.log;

import java.math.BigDecimal;

/**
 * Writes one JSON value as text, always the same text for the same calls: members in the order written, numbers in plain
 * notation without superfluous zeros. Not thread-safe.
 */
public final class JsonText {
    private static final char[] HEX = "0123456789abcdef".toCharArray();

    private final StringBuilder out = new StringBuilder(256);
    private final boolean indented;
    private int depth;
    private boolean first = true;
    private boolean afterName;

    private JsonText(boolean indented) {
        this.indented = indented;
    }

    /** Text on one line. */
    public static JsonText line() {
        return new JsonText(false);
    }

    /** Text for people: one member a line, two spaces a level. */
    public static JsonText indented() {
        return new JsonText(true);
    }

    /** Opens an object. */
    public JsonText object() {
        return open('{');
    }

    /** Closes the object. */
    public JsonText endObject() {
        return close('}');
    }

    /** Opens an array. */
    public JsonText array() {
        return open('[');
    }

    /** Closes the array. */
    public JsonText endArray() {
        return close(']');
    }

    /** Names the next value. */
    public JsonText name(String name) {
        separate();
        quote(name);
        out.append(indented ? ": " : ":");
        afterName = true;
        return this;
    }

    /** A text, or null. */
    public JsonText value(String text) {
        separate();
        if (text == null) {
            out.append("null");
        } else {
            quote(text);
        }
        return this;
    }

    /** A truth value. */
    public JsonText value(boolean truth) {
        separate();
        out.append(truth);
        return this;
    }

    /** A whole number. */
    public JsonText value(long number) {
        separate();
        out.append(number);
        return this;
    }

    /** A number; null when it is not finite. */
    public JsonText value(double number) {
        separate();
        out.append(plain(number));
        return this;
    }

    /** Media time in seconds with three decimals. */
    public JsonText seconds(long ns) {
        separate();
        out.append(MediaTime.seconds(ns));
        return this;
    }

    /** A named text. */
    public JsonText member(String name, String text) {
        return name(name).value(text);
    }

    /** A named truth value. */
    public JsonText member(String name, boolean truth) {
        return name(name).value(truth);
    }

    /** A named whole number. */
    public JsonText member(String name, long number) {
        return name(name).value(number);
    }

    /** A named number. */
    public JsonText member(String name, double number) {
        return name(name).value(number);
    }

    /** A number as it appears in the text: it reads back as the same double. */
    static String plain(double number) {
        if (Double.isNaN(number) || Double.isInfinite(number)) {
            return "null";
        }
        if (number == 0) {
            return 1 / number < 0 ? "-0.0" : "0";
        }
        String text =
                new BigDecimal(Double.toString(number)).stripTrailingZeros().toPlainString();
        return text;
    }

    private JsonText open(char bracket) {
        separate();
        out.append(bracket);
        depth++;
        first = true;
        return this;
    }

    private JsonText close(char bracket) {
        depth--;
        if (!first) {
            newLine();
        }
        out.append(bracket);
        first = false;
        return this;
    }

    private void separate() {
        if (afterName) {
            afterName = false;
            return;
        }
        if (depth > 0) {
            if (!first) {
                out.append(',');
            }
            newLine();
        }
        first = false;
    }

    private void newLine() {
        if (indented) {
            out.append('\n').append("  ".repeat(depth));
        }
    }

    private void quote(String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (c < ' '
                            || c == 0x7f
                            || c == 0x2028
                            || c == 0x2029
                            || Character.isSurrogate(c) && !isPaired(text, i)) {
                        out.append("\\u")
                                .append(HEX[c >> 12])
                                .append(HEX[c >> 8 & 15])
                                .append(HEX[c >> 4 & 15])
                                .append(HEX[c & 15]);
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }

    private static boolean isPaired(String text, int index) {
        char c = text.charAt(index);
        return Character.isHighSurrogate(c)
                ? index + 1 < text.length() && Character.isLowSurrogate(text.charAt(index + 1))
                : index > 0 && Character.isHighSurrogate(text.charAt(index - 1));
    }

    /** The text so far. */
    @Override
    public String toString() {
        return out.toString();
    }
}
