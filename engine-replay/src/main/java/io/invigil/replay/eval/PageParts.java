package io.invigil.replay.eval;

import io.invigil.report.page.Html;

/** What an evaluation's page is put together from: sections, tables and notes. */
final class PageParts {
    static final String NONE = "\u2013";

    private final Html html;

    PageParts(Html html) {
        this.html = html;
    }

    Html html() {
        return html;
    }

    void section(String id, String title) {
        html.open("section", "aria-labelledby", id + "-title", "id", id);
        html.element("h2", title, "id", id + "-title");
    }

    void endSection() {
        html.close("section").line();
    }

    void lead(String text) {
        html.element("p", text, "class", "lead");
    }

    void quiet(String text) {
        html.element("p", text, "class", "quiet");
    }

    void warn(String title, String text) {
        html.open("p", "class", "warning", "role", "note")
                .element("b", title)
                .text(" " + text)
                .close("p")
                .line();
    }

    void table(String... columns) {
        html.open("div", "class", "scroll").open("table").open("thead").open("tr");
        for (String column : columns) {
            html.element("th", column, "scope", "col");
        }
        html.close("tr").close("thead").open("tbody");
    }

    void endTable() {
        html.close("tbody").close("table").close("div").line();
    }

    void cell(String text) {
        html.element("td", text);
    }

    static String count(long number) {
        return number == 0 ? NONE : Long.toString(number);
    }
}
