package io.invigil.report.card;

import io.invigil.api.AlertType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One measurement of all kinds of alert. Immutable.
 *
 * @param measuredAt when: date and time in UTC, as ISO 8601 has it
 * @param version this program's version then
 * @param data what it was measured on
 * @param method how
 * @param modelHashes name to SHA-256 of each model then, sorted
 * @param cards one for each kind
 */
public record DetectorCards(
        String measuredAt,
        String version,
        Dataset data,
        Method method,
        Map<String, String> modelHashes,
        List<DetectorCard> cards) {
    private static final String BUNDLED = "detector-cards.json";

    /**
     * What was measured on.
     *
     * @param name a name for readers
     * @param note what a reader must know of it: whether the rules were developed on it, above all
     * @param labelsSha256 SHA-256 of {@code labels_clips.json}
     * @param clips recordings
     * @param hours length of these
     * @param quietClips recordings in which nothing should be reported
     * @param quietHours length of these
     * @param people people in the recordings
     * @param stills still pictures; 0 when none were looked at
     */
    public record Dataset(
            String name,
            String note,
            String labelsSha256,
            int clips,
            double hours,
            int quietClips,
            double quietHours,
            int people,
            int stills) {
        /** Checks that nothing is null. */
        public Dataset {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(note, "note");
            Objects.requireNonNull(labelsSha256, "labelsSha256");
        }
    }

    /**
     * How it was measured.
     *
     * @param policy name of the policy
     * @param policySha256 SHA-256 of its document
     * @param fps analysed frames in a second of media time; 0 for all
     * @param minEventSeconds shorter labelled events were not asked for
     * @param toleranceSeconds how far off labels may be
     */
    public record Method(
            String policy, String policySha256, double fps, double minEventSeconds, double toleranceSeconds) {
        /** Checks that nothing is null. */
        public Method {
            Objects.requireNonNull(policy, "policy");
            Objects.requireNonNull(policySha256, "policySha256");
        }
    }

    /** Copies the collections and checks that nothing is null. */
    public DetectorCards {
        Objects.requireNonNull(measuredAt, "measuredAt");
        Objects.requireNonNull(version, "version");
        Objects.requireNonNull(data, "data");
        Objects.requireNonNull(method, "method");
        modelHashes = Collections.unmodifiableMap(new TreeMap<>(modelHashes));
        cards = List.copyOf(cards);
    }

    /** The measurement that comes with the program. */
    public static DetectorCards bundled() {
        try (InputStream in = DetectorCards.class.getResourceAsStream(BUNDLED)) {
            if (in == null) {
                throw new IllegalStateException(BUNDLED + " is missing from the program");
            }
            return CardsDocument.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException failure) {
            throw new UncheckedIOException(BUNDLED + " cannot be read", failure);
        }
    }

    /** The card of a kind; empty when the kind is younger than the measurement. */
    public Optional<DetectorCard> card(AlertType kind) {
        return cards.stream().filter(card -> card.kind() == kind).findFirst();
    }

    /**
     * The models of a card that are not the ones running.
     *
     * @param card one of these cards
     * @param running name to SHA-256 of each model that runs
     * @return their names, in the card's order
     */
    public List<String> otherModels(DetectorCard card, Map<String, String> running) {
        return card.models().stream()
                .filter(name -> !Objects.equals(modelHashes.get(name), running.get(name)))
                .toList();
    }
}
