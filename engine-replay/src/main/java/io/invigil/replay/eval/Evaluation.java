package io.invigil.replay.eval;

import io.invigil.api.AlertType;
import io.invigil.replay.eval.AlertScore.Verdict;
import io.invigil.replay.eval.EventScore.Outcome;
import io.invigil.replay.eval.Finding.What;
import io.invigil.report.card.HourlyRate;
import io.invigil.report.card.Proportion;
import io.invigil.report.log.RecordingResult;
import io.invigil.testdata.LabelledClips.Clip;
import io.invigil.testdata.LabelledClips.Event;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** A labelled folder held against what the engine said of it, and the figures that follow. Immutable. */
public final class Evaluation {
    private final EvaluationSettings settings;
    private final List<ClipScore> clips;
    private final List<String> missing;
    private final Optional<StillScores> stills;
    private final Optional<IdentityScore> identity;

    private Evaluation(
            EvaluationSettings settings,
            List<ClipScore> clips,
            List<String> missing,
            Optional<StillScores> stills,
            Optional<IdentityScore> identity) {
        this.settings = settings;
        this.clips = clips;
        this.missing = missing;
        this.stills = stills;
        this.identity = identity;
    }

    /**
     * Compares.
     *
     * @param settings under what
     * @param labels the labelled clips
     * @param results what the replay found, by the file that the label names
     */
    public static Evaluation of(EvaluationSettings settings, List<Clip> labels, Map<String, RecordingResult> results) {
        return new Evaluation(
                settings,
                labels.stream()
                        .filter(clip -> results.containsKey(clip.file()))
                        .map(clip -> ClipScore.of(clip, results.get(clip.file()), settings))
                        .toList(),
                labels.stream()
                        .map(Clip::file)
                        .filter(name -> !results.containsKey(name))
                        .toList(),
                Optional.empty(),
                Optional.empty());
    }

    Evaluation withStills(StillScores scores) {
        return new Evaluation(settings, clips, missing, Optional.of(scores), identity);
    }

    Evaluation withIdentity(IdentityScore score) {
        return new Evaluation(settings, clips, missing, stills, Optional.of(score));
    }

    EvaluationSettings settings() {
        return settings;
    }

    List<ClipScore> clips() {
        return clips;
    }

    Optional<StillScores> stills() {
        return stills;
    }

    Optional<IdentityScore> identity() {
        return identity;
    }

    /** Clips that could not be held against their labels because there is no result. */
    public List<String> missing() {
        return missing;
    }

    /** Clips that were not read as they are labelled: the file that the label names, and why its figures are in doubt. */
    public Map<String, List<String>> doubtful() {
        Map<String, List<String>> doubtful = new LinkedHashMap<>();
        clips.stream()
                .filter(clip -> !clip.doubts().isEmpty())
                .forEach(clip -> doubtful.put(clip.clip().file(), clip.doubts()));
        return doubtful;
    }

    /** The same, one line each. */
    List<String> doubts() {
        return doubtful().entrySet().stream()
                .map(entry -> entry.getKey() + " (" + String.join("; ", entry.getValue()) + ")")
                .toList();
    }

    /** Labelled events that were met, of those asked for, over all kinds. */
    public Proportion recall() {
        return all().recall();
    }

    /** False alerts in the length of all clips. */
    public HourlyRate falseAlerts() {
        return all().falseAlerts();
    }

    /** False alerts in the clips in which nothing should be reported. */
    public HourlyRate quietFalseAlerts() {
        return all().quietFalseAlerts();
    }

    /** Analysed frames whose number of faces is right. */
    public Proportion faceCounts() {
        return clips.stream().map(ClipScore::faceCounts).reduce(Proportion.NONE, Proportion::plus);
    }

    KindScore all() {
        return KindScore.of(clips, EnumSet.allOf(AlertType.class));
    }

    KindScore kind(AlertType type) {
        KindScore score = KindScore.of(clips, type);
        return isOn(type) ? score : score.notLookedFor();
    }

    boolean isOn(AlertType type) {
        return settings.policy().rule(type).enabled();
    }

    List<ClipScore> quietClips() {
        return clips.stream().filter(ClipScore::isQuiet).toList();
    }

    double seconds() {
        return clips.stream().mapToDouble(ClipScore::readSeconds).sum();
    }

    long people() {
        return clips.stream()
                .flatMap(clip -> clip.clip().persons().stream())
                .distinct()
                .count();
    }

    /** Labelled events the engine has no alert for: how many of each type. */
    Map<String, Long> eventsWithoutKind() {
        return eventTypes(Outcome.NO_KIND);
    }

    /** Labelled events of kinds that are off in the policy: how many of each type. */
    Map<String, Long> eventsSwitchedOff() {
        return eventTypes(Outcome.SWITCHED_OFF);
    }

    /** Labelled events too short to ask for: how many of each type. */
    Map<String, Long> eventsTooShort() {
        return eventTypes(Outcome.TOO_SHORT);
    }

    private Map<String, Long> eventTypes(Outcome outcome) {
        Map<String, Long> counts = new TreeMap<>();
        events().stream()
                .filter(event -> event.outcome() == outcome)
                .forEach(event -> counts.merge(event.event().type(), 1L, Long::sum));
        return counts;
    }

    private List<EventScore> events() {
        return clips.stream().flatMap(clip -> clip.events().stream()).toList();
    }

    /** Met looks away whose alert names the labelled direction; only the ones labelled with this modality. */
    Proportion directions(Set<String> modalities) {
        List<EventScore> met = events().stream()
                .filter(EventScore::isMet)
                .filter(event -> !event.event().direction().isEmpty()
                        && modalities.contains(event.event().modality()))
                .toList();
        return new Proportion(met.stream().filter(EventScore::directionRight).count(), met.size());
    }

    /** Labelled looks away that were met, of those asked for; only the ones labelled with this modality. */
    Proportion looksAway(Set<String> modalities) {
        List<EventScore> asked = events().stream()
                .filter(EventScore::isAsked)
                .filter(event ->
                        event.kind().filter(AlertType.EYES_LOOKING_AWAY::equals).isPresent()
                                && modalities.contains(event.event().modality()))
                .toList();
        return new Proportion(asked.stream().filter(EventScore::isMet).count(), asked.size());
    }

    LookConfusion looks() {
        LookConfusion sum = new LookConfusion(settings.policy());
        clips.forEach(clip -> sum.add(clip.looks()));
        return sum;
    }

    /** Everything a reviewer wants to look at: misses, false alerts, what the labels do not decide, what
     * they explain, then stills. */
    List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        for (ClipScore clip : clips) {
            clip.events().stream()
                    .filter(event -> event.outcome() == Outcome.MISSED)
                    .forEach(event -> findings.add(missed(clip, event)));
        }
        for (Verdict verdict : List.of(Verdict.FALSE, Verdict.UNDECIDABLE, Verdict.EXPLAINED)) {
            for (ClipScore clip : clips) {
                clip.alerts(verdict).forEach(alert -> findings.add(alert(clip, alert)));
            }
        }
        stills.ifPresent(scores -> addStills(findings, scores));
        return List.copyOf(findings);
    }

    private static Finding missed(ClipScore clip, EventScore score) {
        Event event = score.event();
        double middle = (event.startSeconds() + event.endSeconds()) / 2;
        return new Finding(
                What.MISSED,
                clip.clip().file(),
                score.kind(),
                score.words(),
                event.startSeconds(),
                event.endSeconds(),
                "No alert answers it.",
                Math.min(middle, event.startSeconds() + 1));
    }

    private static Finding alert(ClipScore clip, AlertScore score) {
        return new Finding(
                switch (score.verdict()) {
                    case FALSE -> What.FALSE;
                    case UNDECIDABLE -> What.UNDECIDABLE;
                    default -> What.EXPLAINED;
                },
                clip.clip().file(),
                Optional.of(score.alert().type()),
                score.alert().type().wireName(),
                score.startSeconds(),
                score.endSeconds(),
                score.alert().message() + ". Labels there: " + score.labels() + ".",
                score.alert().evidence().timestampNs() / 1e9);
    }

    private static void addStills(List<Finding> findings, StillScores scores) {
        for (ThingScore thing : scores.things()) {
            if (thing.threshold().isPresent()) {
                thing.missed()
                        .forEach(still -> findings.add(thing(What.STILL_MISSED, still, thing, "is there, but scores")));
                thing.falselyFound()
                        .forEach(still ->
                                findings.add(thing(What.STILL_FALSE, still, thing, "is not there, but scores")));
            }
        }
        for (StillReading still : scores.wrongFaceCounts()) {
            findings.add(new Finding(
                    What.STILL_COUNT,
                    still.image().file(),
                    Optional.empty(),
                    "faces",
                    0,
                    0,
                    still.faces() + " found; labelled "
                            + StillReading.range(
                                    still.image().facesMin(), still.image().facesMax()) + ".",
                    0));
        }
    }

    private static Finding thing(What what, StillReading still, ThingScore thing, String verb) {
        return new Finding(
                what,
                still.image().file(),
                Optional.of(AlertType.PROHIBITED_OBJECT),
                thing.thing(),
                0,
                0,
                String.format(
                        Locale.ROOT,
                        "A %s %s %.2f (threshold %.2f).",
                        thing.thing(),
                        verb,
                        still.ruleScore(thing.thing()),
                        thing.threshold().orElseThrow()),
                0);
    }

    /** Kinds that the engine judges from pictures, in their order. */
    static List<AlertType> judgedKinds() {
        return Arrays.stream(AlertType.values())
                .filter(type -> !type.isHostReported())
                .toList();
    }
}
