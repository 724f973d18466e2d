package io.invigil.replay.eval;

import io.invigil.api.Detector;
import io.invigil.api.Policy;
import io.invigil.report.card.Proportion;
import io.invigil.testdata.LabelledImages.Image;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What was found on stills.
 *
 * @param readings stills that were analysed
 * @param failed names of those that were not
 * @param things one for each kind of thing the labels count
 * @param detectors those that ran; of what no detector looked for nothing is measured
 */
record StillScores(List<StillReading> readings, List<String> failed, List<ThingScore> things, Set<Detector> detectors) {
    /**
     * One figure of a table.
     *
     * @param name what was counted, beginning in lower case
     * @param share stills on which it is right
     */
    record Row(String name, Proportion share) {}

    /** What is told of faces and bodies, in the order of every table; a name with an ellipsis goes on with the one before. */
    List<Row> rows() {
        return List.of(
                new Row("faces counted right", faceCounts()),
                new Row("\u2026 where there is at most one", faceCountsOfOneOrNone()),
                new Row("a face found where one is", faceFound()),
                new Row("no face found where none is", noFaceFound()),
                new Row("several faces found where several are", severalFacesFound()),
                new Row("bodies counted right", personCounts()),
                new Row("several bodies found where several are", severalPersonsFound()),
                new Row("at most one body found where there is at most one", noSeveralPersonsFound()));
    }

    static StillScores of(List<StillReading> all, Policy policy) {
        List<StillReading> readings =
                all.stream().filter(StillReading::isAnalysed).toList();
        return new StillScores(
                readings,
                all.stream()
                        .filter(reading -> !reading.isAnalysed())
                        .map(reading -> reading.image().name())
                        .toList(),
                List.of(
                        ThingScore.of(
                                ThingSeen.PHONE, reading -> reading.image().phones(), readings, policy),
                        ThingScore.of(ThingSeen.BOOK, reading -> reading.image().books(), readings, policy)),
                policy.detectors());
    }

    ThingScore thing(String name) {
        return things.stream()
                .filter(score -> score.thing().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** Stills whose number of faces lies in the accepted range. */
    Proportion faceCounts() {
        return count(Detector.FURTHER_FACES, StillScores::facesRight, reading -> true);
    }

    /** The same for stills with one face or none, as in front of a candidate's camera. */
    Proportion faceCountsOfOneOrNone() {
        return count(
                Detector.FURTHER_FACES,
                StillScores::facesRight,
                reading -> reading.image().facesMax() <= 1);
    }

    /** Stills without a face on which none is found. */
    Proportion noFaceFound() {
        return count(
                Detector.FACE,
                reading -> reading.faces() == 0,
                reading -> reading.image().facesMax() == 0);
    }

    /** Stills with at least one face on which at least one is found. */
    Proportion faceFound() {
        return count(
                Detector.FACE,
                reading -> reading.faces() > 0,
                reading -> reading.image().facesMin() > 0);
    }

    /** Stills with two or more faces on which two or more are found. */
    Proportion severalFacesFound() {
        return count(
                Detector.FURTHER_FACES,
                reading -> reading.faces() > 1,
                reading -> reading.image().facesMin() > 1);
    }

    /** Stills whose number of bodies lies in the accepted range. */
    Proportion personCounts() {
        return count(
                Detector.FURTHER_BODIES,
                reading -> reading.persons() >= reading.image().personsMin()
                        && reading.persons() <= reading.image().personsMax(),
                reading -> true);
    }

    /** Stills with two or more people on which two or more bodies are found. */
    Proportion severalPersonsFound() {
        return count(
                Detector.FURTHER_BODIES,
                reading -> reading.persons() > 1,
                reading -> reading.image().personsMin() > 1);
    }

    /** Stills with at most one person on which at most one body is found. */
    Proportion noSeveralPersonsFound() {
        return count(
                Detector.FURTHER_BODIES,
                reading -> reading.persons() <= 1,
                reading -> reading.image().personsMax() <= 1);
    }

    List<StillReading> wrongFaceCounts() {
        return readings.stream()
                .filter(reading -> detectors.contains(Detector.FURTHER_FACES) && !facesRight(reading))
                .toList();
    }

    private static boolean facesRight(StillReading reading) {
        Image image = reading.image();
        return reading.faces() >= image.facesMin() && reading.faces() <= image.facesMax();
    }

    private Proportion count(Detector needed, Predicate<StillReading> hit, Predicate<StillReading> among) {
        if (!detectors.contains(needed)) {
            return Proportion.NONE;
        }
        List<StillReading> counted = readings.stream().filter(among).toList();
        return new Proportion(counted.stream().filter(hit).count(), counted.size());
    }
}
