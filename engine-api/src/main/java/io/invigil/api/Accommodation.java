package io.invigil.api;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * A relief granted to one candidate, on top of the policy and on record: who granted it, when, and why. Who and why are
 * written to files and reports, and are in no message and no log.
 *
 * @param kind the kind it eases
 * @param relief how
 * @param factor for {@link Relief#RELAX} by how much, more than 1 and at most 10: the hold time is multiplied by it, thresholds
 *     are multiplied by it or, for certainties and scores, the room up to 1 is divided by it, each within its range; 1 for
 *     {@link Relief#SILENCE}
 * @param grantedBy who granted it, 1 to 200 characters
 * @param grantedAt when
 * @param reason why, 1 to 500 characters
 */
public record Accommodation(
        AlertType kind, Relief relief, double factor, String grantedBy, Instant grantedAt, String reason) {
    private static final Duration LONGEST_HOLD = Duration.ofMinutes(1);

    /** Checks the ranges. */
    public Accommodation {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(relief, "relief");
        Objects.requireNonNull(grantedAt, "grantedAt");
        String name = "accommodations." + kind.wireName();
        if (relief == Relief.SILENCE) {
            Ranges.check(name + ".factor", factor, 1.0, 1.0);
        } else if (!(factor > 1 && factor <= 10)) {
            throw EngineException.outOfRange(name + ".factor", factor, "more than 1 and at most 10");
        }
        checkText(name + ".grantedBy", grantedBy, 200);
        checkText(name + ".reason", reason, 500);
    }

    /** The kind is not judged for this candidate. */
    public static Accommodation silence(AlertType kind, String grantedBy, Instant grantedAt, String reason) {
        return new Accommodation(kind, Relief.SILENCE, 1, grantedBy, grantedAt, reason);
    }

    /** The kind is judged more leniently for this candidate. */
    public static Accommodation relax(
            AlertType kind, double factor, String grantedBy, Instant grantedAt, String reason) {
        return new Accommodation(kind, Relief.RELAX, factor, grantedBy, grantedAt, reason);
    }

    private static void checkText(String name, String text, int most) {
        if (text == null || text.isBlank() || text.length() > most) {
            String length = text == null ? "missing" : text.length() + " characters long";
            throw EngineException.outOfRange(name, length, "1 to " + most + " characters that are not all blank");
        }
    }

    /** The rule this candidate is judged by. */
    AlertRule applyTo(AlertRule rule) {
        if (relief == Relief.SILENCE) {
            return rule.off();
        }
        Measure measure = Measure.of(kind).orElse(null);
        if (measure == null && rule.hold().isZero()) {
            throw EngineException.outOfRange(
                    "accommodations." + kind.wireName() + ".relief",
                    relief.wireName(),
                    "silence: the kind has no threshold and no hold time that could be relaxed");
        }
        Duration hold = Duration.ofNanos(
                (long) Math.min(LONGEST_HOLD.toNanos(), Math.rint(rule.hold().toNanos() * factor)));
        AlertRule relaxed = rule.withHold(hold);
        return measure == null
                ? relaxed
                : relaxed.withThresholds(measure.relaxed(rule.enter(), factor), measure.relaxed(rule.exit(), factor));
    }

    /** Without who and why, which may be personal. */
    @Override
    public String toString() {
        return "Accommodation[" + kind.wireName() + " " + relief.wireName()
                + (relief == Relief.RELAX ? " " + factor : "") + "]";
    }
}
