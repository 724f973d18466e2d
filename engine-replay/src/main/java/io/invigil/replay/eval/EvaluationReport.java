package io.invigil.replay.eval;

import io.invigil.report.card.CardsDocument;
import java.util.Map;

/** An evaluation with the pictures of what went wrong, ready to be written. Immutable. */
public final class EvaluationReport {
    private final Evaluation evaluation;
    private final Map<Finding, byte[]> pictures;
    private final boolean complete;

    EvaluationReport(Evaluation evaluation, Map<Finding, byte[]> pictures, boolean complete) {
        this.evaluation = evaluation;
        this.pictures = Map.copyOf(pictures);
        this.complete = complete;
    }

    /** The figures. */
    public Evaluation evaluation() {
        return evaluation;
    }

    /** True when every recording and still was analysed to its end, and every recording is as long as its labels say. */
    public boolean isComplete() {
        return complete;
    }

    /** For a terminal. */
    public String text() {
        return EvaluationText.write(evaluation);
    }

    /** As JSON. */
    public String json() {
        return EvaluationDocument.write(evaluation);
    }

    /** As one self-contained page. */
    public String html() {
        return EvaluationPage.write(evaluation, pictures);
    }

    /** As Markdown tables. */
    public String markdown() {
        return EvaluationMarkdown.write(evaluation);
    }

    /** As detector cards, in JSON. */
    public String cards() {
        return CardsDocument.write(CardMaker.cards(evaluation));
    }
}
