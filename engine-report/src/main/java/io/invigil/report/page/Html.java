package io.invigil.report.page;

/** Writes markup. Every text and attribute value is escaped; tag and attribute names are the program's own. Not thread-safe. */
public final class Html {
    private final StringBuilder out = new StringBuilder(1 << 16);

    /** An empty page. */
    public Html() {}

    /** Opens an element; attributes come as name, value, name, value; a null value leaves the attribute out. */
    public Html open(String tag, String... attributes) {
        out.append('<').append(tag);
        for (int i = 0; i + 1 < attributes.length; i += 2) {
            if (attributes[i + 1] != null) {
                out.append(' ').append(attributes[i]).append("=\"");
                escape(attributes[i + 1]);
                out.append('"');
            }
        }
        out.append('>');
        return this;
    }

    /** Closes an element. */
    public Html close(String tag) {
        out.append("</").append(tag).append('>');
        return this;
    }

    /** Text. */
    public Html text(String text) {
        escape(text);
        return this;
    }

    /** A whole element with text inside. */
    public Html element(String tag, String text, String... attributes) {
        return open(tag, attributes).text(text).close(tag);
    }

    /** A line break between elements, for people who read the source. */
    public Html line() {
        out.append('\n');
        return this;
    }

    /** Markup of the program's own, as it is: style sheet and script. */
    public Html trusted(String markup) {
        out.append(markup);
        return this;
    }

    private void escape(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '&' -> out.append("&amp;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                default -> out.append(isHarmless(c) ? c : '\ufffd');
            }
        }
    }

    /** False for control characters and for those that turn the direction of writing. */
    private static boolean isHarmless(char c) {
        boolean control = c < ' ' && c != '\n' && c != '\t' || c >= 0x7f && c < 0xa0;
        boolean turning = c >= 0x202a && c <= 0x202e || c >= 0x2066 && c <= 0x2069;
        return !control && !turning;
    }

    /** The markup so far. */
    @Override
    public String toString() {
        return out.toString();
    }
}
