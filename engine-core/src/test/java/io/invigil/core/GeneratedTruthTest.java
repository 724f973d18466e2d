package io.invigil.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.api.Alert;
import io.invigil.api.AlertPhase;
import io.invigil.api.AlertType;
import io.invigil.api.Policy;
import io.invigil.testdata.Portrait;
import io.invigil.testdata.TestSeed;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Hours of scripted behaviour. Each kind of behaviour is drawn once and seen through the real models, a few seconds long; a
 * seeded script then puts these sightings together, in real order and with their own noise, into hours for the rules. Prints
 * the figures that docs/accuracy.md quotes.
 */
@Timeout(900)
class GeneratedTruthTest {
    private static SightingLibrary library;

    @BeforeAll
    static void load() {
        library = new SightingLibrary(Portrait.P2);
    }

    @AfterAll
    static void close() {
        library.close();
    }

    @Test
    void shouldRaiseNothingInAnHourOfHonestBehaviour() {
        long seed = TestSeed.value();
        System.out.println("GeneratedTruthTest seed " + seed);
        for (Policy policy : List.of(Policy.paperAllowed(), Policy.interview(), Policy.strict())) {
            boolean strict = policy.lookAway().vertical();
            Random random = new Random(seed);
            SightingPlayer player = new SightingPlayer(library, policy, random);
            player.play("attentive", 10);
            while (player.seconds() < 3600) {
                player.play("attentive", 4 + 30 * random.nextDouble());
                switch (random.nextInt(strict ? 6 : 8)) {
                    case 0 -> player.play("small-left", 0.4 + 3 * random.nextDouble());
                    case 1 -> player.play("small-right", 0.4 + 3 * random.nextDouble());
                    case 2 -> player.play("eyes-closed", 0.2 + 0.6 * random.nextDouble());
                    case 3 -> player.play("small-up", 0.4 + 2 * random.nextDouble());
                    case 4 -> player.play("small-down", 0.4 + 4 * random.nextDouble());
                    case 5 -> player.play("talking", 3 + 40 * random.nextDouble());
                    case 6 -> player.play("writing", 4 + 40 * random.nextDouble());
                    default -> {
                        // Down to the paper and up again, several times.
                        for (int i = 0; i < 6; i++) {
                            player.play("writing", 1 + 5 * random.nextDouble());
                            player.play("attentive", 0.5 + 2 * random.nextDouble());
                        }
                    }
                }
            }
            player.finish();
            System.out.printf(
                    Locale.ROOT,
                    "honest hour, %s%s: %d frames, %d alerts %s%n",
                    policy.name(),
                    strict ? " (without writing)" : "",
                    player.frames(),
                    player.opened().size(),
                    player.opened());
            assertThat(player.opened()).as(policy.name()).isEmpty();
        }
    }

    /** What an episode is made of and what it must be told as. */
    private record Kind(String sighting, AlertType type, String direction) {}

    private static final List<Kind> KINDS = List.of(
            new Kind("head-left", AlertType.EYES_LOOKING_AWAY, "image_left"),
            new Kind("head-right", AlertType.EYES_LOOKING_AWAY, "image_right"),
            new Kind("eyes-left", AlertType.EYES_LOOKING_AWAY, "image_left"),
            new Kind("eyes-right", AlertType.EYES_LOOKING_AWAY, "image_right"),
            new Kind("writing", AlertType.EYES_LOOKING_AWAY, "down"),
            new Kind("gone", AlertType.NO_FACE, ""),
            new Kind("second", AlertType.MULTIPLE_PERSONS, ""),
            new Kind("phone", AlertType.PROHIBITED_OBJECT, ""),
            new Kind("cap", AlertType.BLACK_SCREEN, ""),
            new Kind("finger", AlertType.BLACK_SCREEN, ""),
            new Kind("dark", AlertType.BLACK_SCREEN, ""),
            new Kind("frozen", AlertType.FROZEN_VIDEO, ""),
            new Kind("loop", AlertType.FROZEN_VIDEO, ""),
            new Kind("gap", AlertType.STREAM_GAP, ""),
            new Kind("partial", AlertType.PARTIAL_FACE, ""),
            new Kind("near", AlertType.PARTIAL_FACE, ""),
            new Kind("glances", AlertType.REPEATED_GLANCES, ""),
            new Kind("tab", AlertType.TAB_SWITCH, ""));

    /** Kinds that are told late on purpose: what is shorter need not be. */
    private static final Set<AlertType> SLOW = Set.of(AlertType.PROHIBITED_OBJECT, AlertType.PARTIAL_FACE);

    private record Episode(Kind kind, double start, double end) {}

    @Test
    void shouldTellTwoHundredScriptedEpisodesOnceEach() {
        long seed = TestSeed.value();
        Random random = new Random(seed);
        SightingPlayer player = new SightingPlayer(library, Policy.strict(), random);
        List<Episode> episodes = new ArrayList<>();
        player.play("attentive", 8);
        for (int i = 0; i < 200; i++) {
            Kind kind = KINDS.get(i % KINDS.size());
            boolean glances = kind.sighting.equals("glances");
            if (glances) {
                // The window must be free of what came before.
                player.play("attentive", 70);
            }
            double start = player.seconds();
            double length = 3 + 6 * random.nextDouble();
            switch (kind.sighting) {
                case "gap" -> player.skip(length);
                case "tab" -> player.signal("tab_switch", length);
                case "loop" -> {
                    length = 14 + 10 * random.nextDouble();
                    player.loop(6, length);
                }
                case "glances" -> {
                    for (int g = 0; g < 8; g++) {
                        player.play(g % 2 == 0 ? "head-left" : "head-right", 1);
                        player.play("attentive", 3 + 2 * random.nextDouble());
                    }
                }
                default -> player.play(kind.sighting, SLOW.contains(kind.type) ? length + 3 : length);
            }
            episodes.add(new Episode(kind, start, player.seconds()));
            player.play("attentive", (glances ? 70 : 6) + 6 * random.nextDouble());
        }
        player.finish();
        hold(episodes, player);
    }

    private static void hold(List<Episode> episodes, SightingPlayer player) {
        List<Alert> closed = new ArrayList<>(player.closed());
        List<Integer> counts = new ArrayList<>();
        List<Double> startErrors = new ArrayList<>();
        List<Double> endErrors = new ArrayList<>();
        Map<String, int[]> byKind = new TreeMap<>();
        int met = 0;
        for (Episode episode : episodes) {
            List<Alert> mine = closed.stream()
                    .filter(alert -> alert.type() == episode.kind.type
                            && alert.startNs() / 1e9 < episode.end + 0.5
                            && alert.endNs() / 1e9 > episode.start - 0.5)
                    .toList();
            closed.removeAll(mine);
            int[] kind = byKind.computeIfAbsent(episode.kind.sighting, k -> new int[2]);
            kind[1]++;
            if (mine.isEmpty()) {
                continue;
            }
            met++;
            kind[0]++;
            counts.add(mine.size());
            startErrors.add(mine.get(0).startNs() / 1e9 - episode.start);
            // When repeated glances are over is a matter of the window, not of the glances.
            if (episode.kind.type != AlertType.REPEATED_GLANCES) {
                endErrors.add(mine.get(mine.size() - 1).endNs() / 1e9 - episode.end);
            }
            if (!episode.kind.direction.isEmpty()) {
                assertThat(mine.get(0).details()).containsEntry("direction", episode.kind.direction);
            }
        }
        StringBuilder kinds = new StringBuilder();
        byKind.forEach((name, n) -> kinds.append(' ')
                .append(name)
                .append(' ')
                .append(n[0])
                .append('/')
                .append(n[1]));
        System.out.printf(
                Locale.ROOT,
                "scripted episodes: %d of %d met in %.0f minutes; alerts for one: median %d, most %d; other alerts: %d %s%n"
                        + "start error: %s; end error: %s%n%s%n",
                met,
                episodes.size(),
                player.seconds() / 60,
                median(counts.stream().map(Integer::doubleValue).toList()).intValue(),
                counts.stream().mapToInt(n -> n).max().orElse(0),
                closed.size(),
                closed.stream()
                        .map(a -> a.type() + "@" + a.startNs() / 1_000_000_000L + a.details())
                        .toList(),
                spread(startErrors),
                spread(endErrors),
                kinds);
        assertThat(met).isGreaterThanOrEqualTo(episodes.size() * 95 / 100);
        assertThat(median(counts.stream().map(Integer::doubleValue).toList())).isEqualTo(1);
        assertThat(Math.abs(median(startErrors))).isLessThan(0.5);
        assertThat(closed).isEmpty();
    }

    private static Double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        return sorted.get(sorted.size() / 2);
    }

    private static String spread(List<Double> errors) {
        List<Double> sizes = errors.stream().map(Math::abs).sorted().toList();
        return String.format(
                Locale.ROOT,
                "median %.2f s, 95 in 100 within %.2f s, largest %.2f s",
                sizes.get(sizes.size() / 2),
                sizes.get(sizes.size() * 95 / 100),
                sizes.get(sizes.size() - 1));
    }

    @Test
    void shouldCountNoPosterForTwentyMinutesAndAnEntrantAtOnce() {
        for (String poster : List.of("poster", "poster-shaken")) {
            Random random = new Random(TestSeed.value());
            SightingPlayer player = new SightingPlayer(library, Policy.strict(), random);
            player.play(poster, 1200);
            int before = (int) player.opened().stream()
                    .filter(type -> type == AlertType.MULTIPLE_PERSONS)
                    .count();
            double entered = player.seconds();
            player.play("poster-and-entrant", 8);
            double told = player.alerts().stream()
                    .filter(alert -> alert.type() == AlertType.MULTIPLE_PERSONS
                            && alert.phase() == AlertPhase.OPENED
                            && alert.startNs() / 1e9 > entered - 1)
                    .mapToDouble(alert -> alert.evidence().timestampNs() / 1e9 - entered)
                    .findFirst()
                    .orElse(Double.NaN);
            player.finish();
            System.out.printf(
                    Locale.ROOT,
                    "%s, 20 minutes: %d multiple_persons; an entrant is told after %.1f s%n",
                    poster,
                    before,
                    told);
            assertThat(before).as(poster + " " + player.closed()).isZero();
            assertThat(told).isBetween(0.0, 4.0);
        }
    }
}
