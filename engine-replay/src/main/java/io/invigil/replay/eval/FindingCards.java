package io.invigil.replay.eval;

import io.invigil.replay.eval.Finding.What;
import io.invigil.report.log.MediaTime;
import io.invigil.report.page.Html;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** What a reviewer wants to look at, each as a card with its picture. */
final class FindingCards {
    private final Map<Finding, byte[]> pictures;

    /** Cards with these pictures, JPEG files; a finding without one says so. */
    FindingCards(Map<Finding, byte[]> pictures) {
        this.pictures = pictures;
    }

    void write(Html html, List<Finding> findings) {
        html.open("ol", "class", "cards findings");
        findings.forEach(finding -> card(html, finding));
        html.close("ol").line();
    }

    private void card(Html html, Finding finding) {
        byte[] picture = pictures.get(finding);
        html.open("li", "class", "card " + tone(finding.what()));
        html.open("figure");
        if (picture == null) {
            html.element("p", "No picture could be taken.", "class", "quiet");
        } else {
            html.open(
                    "img",
                    "src",
                    "data:image/jpeg;base64," + Base64.getEncoder().encodeToString(picture),
                    "alt",
                    finding.what().isStill()
                            ? finding.name()
                            : finding.name() + " at " + seconds(finding.pictureSeconds()));
        }
        if (!finding.what().isStill()) {
            html.element("figcaption", "Frame at " + seconds(finding.pictureSeconds()));
        }
        html.close("figure").open("div", "class", "body").open("header");
        html.element("h3", finding.title()).close("header");
        html.element("p", finding.text(), "class", "reason");
        html.open("p", "class", "trail").element("code", finding.name());
        if (!finding.what().isStill()) {
            html.text(" \u00b7 " + seconds(finding.startSeconds()) + " to " + seconds(finding.endSeconds()));
        }
        html.close("p").close("div").close("li").line();
    }

    private static String tone(What what) {
        return switch (what) {
            case MISSED, STILL_MISSED -> "high";
            case FALSE, STILL_FALSE -> "critical";
            case UNDECIDABLE, EXPLAINED, STILL_COUNT -> "low";
        };
    }

    private static String seconds(double seconds) {
        return MediaTime.clock(Math.round(seconds * 1e9));
    }
}
