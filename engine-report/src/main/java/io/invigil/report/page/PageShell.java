package io.invigil.report.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * What every page of the program shares: one file that needs no other and reaches no network, for light and dark screens
 * and for paper.
 */
public final class PageShell {
    private static final String POLICY =
            "default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src 'unsafe-inline'";

    private PageShell() {}

    /**
     * Begins a page, up to and into its main part.
     *
     * @param title the page's title
     * @param skipTo id of the part to which keyboard users may skip
     * @param skipText what the link says
     * @param styles further style sheets, after the common one
     */
    public static Html open(String title, String skipTo, String skipText, String... styles) {
        Html html = new Html();
        html.trusted("<!doctype html>\n")
                .open("html", "lang", "en")
                .open("head")
                .line();
        html.open("meta", "charset", "utf-8").line();
        html.open("meta", "http-equiv", "Content-Security-Policy", "content", POLICY)
                .line();
        html.open("meta", "name", "viewport", "content", "width=device-width, initial-scale=1")
                .line();
        html.open("meta", "name", "color-scheme", "content", "light dark").line();
        html.element("title", title).line();
        html.open("style").trusted(resource(PageShell.class, "report.css"));
        for (String style : styles) {
            html.trusted(style);
        }
        html.close("style").line();
        html.close("head").open("body").line();
        html.element("a", skipText, "class", "skip", "href", "#" + skipTo);
        html.open("main").line();
        return html;
    }

    /**
     * Ends a page.
     *
     * @param html the page, with everything in its main part closed
     * @param footer the last line
     * @param script a script; empty for none
     * @return the page's text
     */
    public static String close(Html html, String footer, String script) {
        html.close("main").line();
        html.open("footer").text(footer).close("footer").line();
        if (!script.isEmpty()) {
            html.open("script").trusted(script).close("script").line();
        }
        return html.close("body").close("html").line().toString();
    }

    /** The text of a file beside a class. */
    public static String resource(Class<?> beside, String name) {
        try (InputStream in = beside.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is missing from the program");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(name + " cannot be read", failure);
        }
    }
}
