package io.invigil.report.page;

import io.invigil.report.log.RecordingResult;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * The whole page: one file that needs no other and reaches no network, for light and dark screens and for paper. It works
 * without its script, which only ties the timeline and the cards together.
 */
public final class ReportPage {
    private static final String POLICY =
            "default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src 'unsafe-inline'";

    private ReportPage() {}

    /** The page of one result. */
    public static String write(RecordingResult result) {
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
        html.element("title", result.fileName() + " \u2013 Invigil").line();
        html.open("style").trusted(resource("report.css")).close("style").line();
        html.close("head").open("body").line();
        html.element("a", "Skip to the alerts", "class", "skip", "href", "#alerts");
        html.open("main").line();
        new HeadSection(result).write(html);
        new Timeline(result).write(html);
        new AlertCards(result).write(html);
        new ScoreSection(result).write(html);
        new BlindSection(result).write(html);
        new RecordSection(result).write(html);
        ReadingSection.write(html);
        html.close("main").line();
        html.open("footer")
                .text("Invigil " + result.settings().version() + " \u00b7 " + result.fileName())
                .close("footer")
                .line();
        html.open("script").trusted(resource("report.js")).close("script").line();
        return html.close("body").close("html").line().toString();
    }

    private static String resource(String name) {
        try (InputStream in = ReportPage.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is missing from the program");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(name + " cannot be read", failure);
        }
    }
}
