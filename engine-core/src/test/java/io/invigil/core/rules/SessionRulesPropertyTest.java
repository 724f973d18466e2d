package io.invigil.core.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.invigil.api.Alert;
import io.invigil.api.AlertPhase;
import io.invigil.api.AlertType;
import io.invigil.api.BoundingBox;
import io.invigil.api.CameraState;
import io.invigil.api.Doubt;
import io.invigil.api.Judge;
import io.invigil.api.Judgement;
import io.invigil.api.Observation;
import io.invigil.api.Policy;
import io.invigil.api.PresenceObservation;
import io.invigil.testdata.TestSeed;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Timeout;

/** What holds for every stream, shown on random ones. */
@Timeout(120)
class SessionRulesPropertyTest {
    private Random random;

    @BeforeEach
    void seed(RepetitionInfo repetition) {
        long seed = TestSeed.value();
        System.out.println("SessionRulesPropertyTest seed " + seed);
        random = new Random(seed + repetition.getCurrentRepetition()); // Each repetition has streams of its own.
    }

    /** Frames of changing scenes at changing rates, with gaps and slips of the detectors. */
    static List<Observation> randomStream(Random random, int frames) {
        List<Observation> stream = new ArrayList<>(frames);
        long timeNs = random.nextInt(1_000_000_000);
        long stepNs = 200_000_000L;
        long tickNs = -1;
        int scene = 0;
        int bodies = 1;
        double score = 0;
        for (int i = 0; i < frames; i++) {
            // Glances must come again and again.
            if (random.nextInt(scene == 16 ? 90 : 15) == 0) {
                scene = random.nextInt(18);
            }
            if (random.nextInt(100) == 0) {
                stepNs = 1_000_000_000L / (1 + random.nextInt(30));
            }
            int shown = random.nextInt(20) == 0 ? random.nextInt(18) : scene;
            Seen seen = scene(shown, i, random);
            boolean fresh = tickNs < 0 || timeNs - tickNs >= 1_000_000_000L;
            if (fresh && random.nextInt(30) > 0) {
                tickNs = timeNs;
                bodies = shown == 9 || shown == 12 ? 2 : 1;
                score = shown == 10 ? 0.3 + 0.5 * random.nextDouble() : 0.1 * random.nextDouble();
            }
            if (tickNs >= 0) {
                seen.presence(tickNs, tickNs == timeNs, bodies, "cell phone", score);
            }
            stream.add(seen.at(i, timeNs));
            timeNs += random.nextInt(120) == 0 ? 5_000_000_000L : stepNs + random.nextInt(5_000_000);
        }
        return stream;
    }

    private static Seen scene(int scene, int frame, Random random) {
        double noise = random.nextGaussian();
        Seen seen = Seen.attentive().head(1 + noise, 5 - noise).eyes(-1 + 2 * noise, 7);
        return switch (scene) {
            case 0 -> seen.nobody();
            case 1 -> seen.faces(2).moving(random.nextInt(4), new BoundingBox(40, 80, 160, 160));
            case 2 -> seen.head(35 + 3 * noise, 5);
            case 3 -> seen.eyes(-20 + noise, 7);
            case 4 -> seen.camera(CameraState.BLACK).nobody();
            case 5 -> seen.unchanged();
            case 6 -> seen.cannotTell(Doubt.BLURRED).camera(CameraState.BLURRED);
            case 7 -> seen.cannotTell(Doubt.DARK).camera(CameraState.DARK);
            case 8 -> seen.eyesUnread(Doubt.OCCLUDED);
            case 9 -> seen.track(3 + random.nextInt(2)).compared(0, 0.3 + 0.6 * random.nextDouble());
            case 10 -> seen.outline(random.nextDouble()).moving(frame % 10, new BoundingBox(240, 240, 160, 240));
            case 11 -> seen.view(random.nextInt(3), 0.1 * noise, 0);
            case 12 -> seen.repeats(6).moving(random.nextInt(9), new BoundingBox(0, 0, 640, 480));
            case 13 -> seen.face(1 + random.nextInt(3), -40 + 300 * random.nextInt(2), 100, 120);
            case 14 -> seen.face(1, 100, 20, 440);
            case 15 -> seen.cannotTell(Doubt.TOO_CLOSE);
            case 16 -> seen.head(frame / 6 % 3 == 0 ? 30 : 1, 5);
            default -> seen.compared(0, Math.max(0, 0.3 + 0.1 * noise)).outline(Math.min(1, Math.abs(0.2 * noise)));
        };
    }

    private static Judged judge(List<Observation> stream) {
        Judged judged = new Judged(Policy.strict());
        stream.forEach(judged::take);
        return judged.finish();
    }

    @RepeatedTest(30)
    void shouldOpenAndCloseEveryAlertOnceAndNeverOverlap() {
        List<Observation> stream = randomStream(random, 2000);
        List<Alert> alerts = judge(stream).alerts;
        Map<String, Alert> last = new HashMap<>();
        Map<String, Long> lastEndNs = new HashMap<>();
        Map<AlertType, Integer> numbers = new HashMap<>();
        for (Alert alert : alerts) {
            Alert before = last.put(alert.id(), alert);
            assertThat(alert.endNs()).isGreaterThanOrEqualTo(alert.startNs());
            assertThat(alert.confidence()).isBetween(0.0, 1.0);
            assertThat(alert.message()).isNotBlank();
            if (alert.phase() == AlertPhase.OPENED) {
                assertThat(before).isNull();
                int number = numbers.merge(alert.type(), 1, Integer::sum);
                assertThat(alert.id()).isEqualTo(alert.type().wireName() + "-" + number);
                long freeFromNs = lastEndNs.getOrDefault(lane(alert), Long.MIN_VALUE);
                assertThat(alert.startNs()).isGreaterThanOrEqualTo(freeFromNs);
            } else {
                assertThat(before).isNotNull();
                assertThat(before.phase()).isNotEqualTo(AlertPhase.CLOSED);
                assertThat(alert.startNs()).isEqualTo(before.startNs());
                assertThat(alert.evidence()).isEqualTo(before.evidence());
            }
            if (alert.phase() == AlertPhase.CLOSED) {
                lastEndNs.put(lane(alert), alert.endNs());
            }
        }
        assertThat(last.values()).allMatch(alert -> alert.phase() == AlertPhase.CLOSED);
        assertThat(last).isNotEmpty();
    }

    private static String lane(Alert alert) {
        return alert.type() + alert.details().getOrDefault("object", "");
    }

    @RepeatedTest(10)
    void shouldJudgeTheSameTwice() {
        List<Observation> stream = randomStream(random, 1000);
        Judged once = judge(stream);
        Judged twice = judge(stream);
        assertThat(twice.alerts).isEqualTo(once.alerts);
        assertThat(twice.events).isEqualTo(once.events);
        assertThat(twice.attentions).isEqualTo(once.attentions);
    }

    @RepeatedTest(10)
    void shouldShiftWithTheStreamWhenAllTimesAreShifted() {
        long shiftNs = random.nextLong(1_000_000_000_000L) - 500_000_000_000L;
        List<Observation> stream = randomStream(random, 1000);
        List<Observation> shifted = stream.stream()
                .map(seen -> new Observation(
                        seen.frameIndex(),
                        seen.timestampNs() + 500_000_000_000L + shiftNs,
                        seen.widthPx(),
                        seen.heightPx(),
                        seen.quality(),
                        seen.face(),
                        seen.faces(),
                        seen.presence().evaluatedAtNs() == PresenceObservation.NEVER
                                ? seen.presence()
                                : new io.invigil.api.PresenceObservation(
                                        seen.presence().evaluatedAtNs() + 500_000_000_000L + shiftNs,
                                        seen.presence().fresh(),
                                        seen.presence().persons(),
                                        seen.presence().objects()),
                        seen.identity(),
                        seen.spoof()))
                .toList();
        List<Alert> expected = judge(stream).alerts.stream()
                .map(alert -> shift(alert, 500_000_000_000L + shiftNs))
                .toList();
        assertThat(judge(shifted).alerts).isEqualTo(expected);
    }

    private static Alert shift(Alert alert, long byNs) {
        return new Alert(
                alert.id(),
                alert.type(),
                alert.phase(),
                alert.severity(),
                alert.startNs() + byNs,
                alert.endNs() + byNs,
                alert.message(),
                alert.confidence(),
                new io.invigil.api.Evidence(
                        alert.evidence().frameIndex(), alert.evidence().timestampNs() + byNs),
                alert.details());
    }

    /** Between frames at most a second apart, this much without any is a gap at every rate. */
    private static final long UNSEEN_NS = 4_000_000_000L;

    @RepeatedTest(10)
    void shouldDateNoAlertBackOverWhatWasNotSeenNorEndOneInIt() {
        Judge judge = Judge.of(Policy.strict());
        TreeMap<Long, Long> unseen = new TreeMap<>();
        List<Alert> alerts = new ArrayList<>();
        long seenNs = Long.MIN_VALUE;
        long blindUntilNs = Long.MIN_VALUE;
        boolean failing = false;
        for (Observation seen : randomStream(random, 2000)) {
            long nowNs = seen.timestampNs();
            if (nowNs >= blindUntilNs && random.nextInt(40) == 0) {
                blindUntilNs = nowNs + random.nextLong(12_000_000_000L);
                failing = random.nextBoolean();
            }
            if (random.nextInt(3) == 0) {
                judge = Judge.restore(Policy.strict(), judge.snapshot());
            }
            boolean blind = nowNs < blindUntilNs;
            if (blind && !failing) {
                continue;
            }
            if (!blind) {
                if (seenNs != Long.MIN_VALUE && nowNs - seenNs > UNSEEN_NS) {
                    unseen.put(seenNs, nowNs);
                }
                seenNs = nowNs;
            }
            Judgement judgement = blind ? judge.frameFailed(seen.frameIndex(), nowNs, "DECODE") : judge.observe(seen);
            for (Alert alert : judgement.alerts()) {
                if (alert.type() == AlertType.STREAM_GAP) {
                    continue;
                }
                if (alert.phase() == AlertPhase.OPENED && !unseen.isEmpty()) {
                    assertThat(alert.startNs())
                            .as(alert.id())
                            .isGreaterThanOrEqualTo(unseen.lastEntry().getValue());
                }
                alerts.add(alert);
            }
        }
        assertThat(unseen).isNotEmpty();
        for (Alert alert : alerts) {
            Map.Entry<Long, Long> before = unseen.lowerEntry(alert.endNs());
            if (alert.phase() == AlertPhase.CLOSED && before != null) {
                assertThat(alert.endNs()).as(alert.id()).isGreaterThanOrEqualTo(before.getValue());
            }
        }
    }

    @RepeatedTest(5)
    void shouldListTheAlertsThatAreOpen() {
        Judged judged = new Judged(Policy.strict());
        Map<String, Alert> open = new HashMap<>();
        for (Observation seen : randomStream(random, 1000)) {
            int before = judged.alerts.size();
            judged.take(seen);
            for (Alert alert : judged.alerts.subList(before, judged.alerts.size())) {
                if (alert.phase() == AlertPhase.CLOSED) {
                    open.remove(alert.id());
                } else {
                    open.put(alert.id(), alert);
                }
            }
            assertThat(judged.rules.openAlerts())
                    .extracting(Alert::id)
                    .containsExactlyInAnyOrderElementsOf(open.keySet());
        }
    }

    @RepeatedTest(10)
    void shouldGoOnTheSameWhenRestoredFromASnapshotAtAnyFrame() {
        List<Observation> stream = randomStream(random, 800);
        Judged expected = judge(stream);
        SessionRules rules = new SessionRules(Policy.strict());
        List<Alert> alerts = new ArrayList<>();
        List<io.invigil.api.SessionEvent> events = new ArrayList<>();
        for (Observation seen : stream) {
            if (random.nextInt(3) == 0) {
                byte[] snapshot = rules.snapshot();
                assertThat(snapshot).hasSizeLessThan(32_768);
                rules = SessionRules.restore(Policy.strict(), snapshot);
                assertThat(rules.snapshot()).isEqualTo(snapshot);
            }
            Judgement judgement = rules.observe(seen);
            alerts.addAll(judgement.alerts());
            events.addAll(judgement.events());
        }
        Judgement last = rules.finish();
        alerts.addAll(last.alerts());
        events.addAll(last.events());
        assertThat(alerts).isEqualTo(expected.alerts);
        assertThat(events).isEqualTo(expected.events);
    }

    @RepeatedTest(3)
    void shouldKeepItsStateSmallWhenAnHourGoesBy() {
        SessionRules rules = new SessionRules(Policy.strict());
        int largest = 0;
        int frames = 0;
        for (Observation seen : randomStream(random, 18_000)) {
            rules.observe(seen);
            if (frames++ % 100 == 0) {
                largest = Math.max(largest, rules.snapshot().length);
            }
        }
        assertThat(largest).isBetween(1000, 32_768);
    }

    @RepeatedTest(3)
    void shouldRefuseASnapshotThatIsDamagedOrFromAnotherPolicy() {
        SessionRules rules = new SessionRules(Policy.strict());
        randomStream(random, 100).forEach(rules::observe);
        byte[] snapshot = rules.snapshot();
        assertThatIllegalArgumentException().isThrownBy(() -> SessionRules.restore(Policy.interview(), snapshot));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SessionRules.restore(
                        Policy.strict(), java.util.Arrays.copyOf(snapshot, random.nextInt(snapshot.length))));
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        SessionRules.restore(Policy.strict(), java.util.Arrays.copyOf(snapshot, snapshot.length + 1)));
    }

    @RepeatedTest(3)
    void shouldRefuseASnapshotWhenAnyBitOfItIsWrong() {
        SessionRules rules = new SessionRules(Policy.strict());
        randomStream(random, 100).forEach(rules::observe);
        byte[] snapshot = rules.snapshot();
        for (int bit = 0; bit < 8 * snapshot.length; bit++) {
            byte[] damaged = snapshot.clone();
            damaged[bit / 8] ^= (byte) (1 << bit % 8);
            assertThatIllegalArgumentException()
                    .as("bit %d", bit)
                    .isThrownBy(() -> SessionRules.restore(Policy.strict(), damaged));
        }
    }
}
