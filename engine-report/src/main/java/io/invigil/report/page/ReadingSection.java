package io.invigil.report.page;

/** How to read the page. */
final class ReadingSection {
    private static final String[][] ENTRIES = {
        {
            "Time",
            "All times are the recording's own, counted from its first frame; an alert's start is when the condition set in, not when the rule's hold time had passed."
        },
        {
            "Directions",
            "Left, right, up and down are those of the upright picture as you see it. Unless the camera mirrors, the candidate's own right is image left."
        },
        {
            "Looking away",
            "Head and eyes are compared with the candidate's own neutral position, learned from the recording. Looking away has many reasons: thinking, a second screen, somebody at the door."
        },
        {
            "Confidence",
            "The mean certainty of the single observations inside the interval. It says how clearly something was seen, not how much it matters."
        },
        {"Severity", "How much attention the policy asks for. It is a setting, not a finding."},
        {
            "Hatched",
            "The picture did not allow an answer there: too dark, blurred, covered, turned too far. What is hatched was neither seen nor ruled out."
        },
        {
            "Limits",
            "Small phones held low, people outside the picture and sound are not seen. No emotion, intention or identity is inferred."
        },
    };

    private ReadingSection() {}

    static void write(Html html) {
        html.open("section", "aria-labelledby", "reading-title", "id", "reading");
        html.element("h2", "How to read this page", "id", "reading-title");
        html.open("dl", "class", "reading");
        for (String[] entry : ENTRIES) {
            html.open("div").element("dt", entry[0]).element("dd", entry[1]).close("div");
        }
        html.close("dl").close("section").line();
    }
}
