package io.invigil.replay.eval;

import io.invigil.api.AlertType;
import io.invigil.testdata.LabelledClips;
import io.invigil.testdata.LabelledClips.Clip;
import io.invigil.testdata.LabelledClips.Interval;
import java.util.Optional;
import java.util.Set;

/**
 * What the intervals of one clip say about alerts. In clips tagged {@code no_alert} every alert would be false; elsewhere the
 * state of the picture decides, and where a label says {@code unknown}, or says nothing of what the kind is about, nothing is
 * decided.
 */
final class LabelledState {
    private static final String OK = "ok";
    private static final Set<String> UNSEEN = Set.of("", "unknown");

    private final Clip clip;

    LabelledState(Clip clip) {
        this.clip = clip;
    }

    boolean isQuiet() {
        return clip.tags().contains("no_alert");
    }

    /**
     * What the labels say.
     *
     * @param type the kind of alert
     * @param thing the object of a {@code prohibited_object}, else empty
     * @param seconds media time
     */
    Claim at(AlertType type, String thing, double seconds) {
        if (isQuiet()) {
            return Claim.WRONG;
        }
        Optional<Interval> state = clip.at(Math.max(0, Math.min(seconds, clip.durationSeconds() - 1e-6)));
        return state.map(interval -> claim(type, thing, interval)).orElse(Claim.UNKNOWN);
    }

    private Claim claim(AlertType type, String thing, Interval state) {
        return switch (type) {
            // A covered or dark camera is no proof that nobody is there.
            case NO_FACE ->
                both(
                        known(state.facesMin(), state.facesMin() == 0),
                        camera(state, state.camera().equals(OK)));
            case MULTIPLE_PERSONS ->
                either(
                        known(state.facesMax(), state.facesMax() >= 2),
                        known(state.personsMax(), state.personsMax() >= 2));
            case EYES_LOOKING_AWAY, REPEATED_GLANCES -> looksAway(state.gaze());
            case PROHIBITED_OBJECT -> thing(thing, state);
            case BLACK_SCREEN ->
                camera(state, Set.of("black", "covered", "dark").contains(state.camera()));
            case FROZEN_VIDEO -> frozen(state);
            case IDENTITY_CHANGED -> identity(state);
            case SPOOF ->
                UNSEEN.contains(state.spoof())
                        ? Claim.UNKNOWN
                        : when(!state.spoof().equals("none"));
            case STREAM_GAP, PARTIAL_FACE -> Claim.UNKNOWN;
            default -> Claim.WRONG;
        };
    }

    private static Claim when(boolean right) {
        return right ? Claim.RIGHT : Claim.WRONG;
    }

    private static Claim known(int count, boolean right) {
        return count == LabelledClips.UNLABELLED ? Claim.UNKNOWN : when(right);
    }

    private static Claim camera(Interval state, boolean right) {
        return UNSEEN.contains(state.camera()) ? Claim.UNKNOWN : when(right);
    }

    private static Claim both(Claim one, Claim other) {
        if (one == Claim.WRONG || other == Claim.WRONG) {
            return Claim.WRONG;
        }
        return one == Claim.RIGHT ? other : one;
    }

    private static Claim either(Claim one, Claim other) {
        if (one == Claim.RIGHT || other == Claim.RIGHT) {
            return Claim.RIGHT;
        }
        return one == Claim.WRONG ? other : one;
    }

    private static Claim looksAway(String gaze) {
        if (UNSEEN.contains(gaze)) {
            return Claim.UNKNOWN;
        }
        return when(!Set.of("center", "closed", "none").contains(gaze));
    }

    private Claim thing(String thing, Interval state) {
        return switch (thing) {
            case "", ThingSeen.PHONE -> known(state.phones(), state.phones() > 0);
            case ThingSeen.BOOK ->
                either(known(state.books(), state.books() > 0), when(clip.tags().contains("books_in_background")));
            default -> clip.tags().contains(thing) ? Claim.RIGHT : Claim.UNKNOWN;
        };
    }

    /** People in composites move to and fro in a loop, which a detector of loops may well notice. */
    private Claim frozen(Interval state) {
        if (state.camera().equals("frozen")) {
            return Claim.RIGHT;
        }
        boolean mayLoop = clip.kind().startsWith("composite") || clip.kind().startsWith("still");
        return mayLoop ? Claim.UNKNOWN : camera(state, false);
    }

    private Claim identity(Interval state) {
        String first = clip.intervals().isEmpty() ? "" : clip.intervals().get(0).identity();
        if (!first.isEmpty() && !state.identity().isEmpty()) {
            return when(!state.identity().equals(first));
        }
        return clip.persons().size() < 2 ? Claim.WRONG : Claim.UNKNOWN;
    }

    /** The labels at a moment as words. */
    String words(double seconds) {
        return clip.at(Math.max(0, Math.min(seconds, clip.durationSeconds() - 1e-6)))
                .map(LabelledState::words)
                .orElse("no label");
    }

    private static String words(Interval state) {
        StringBuilder text = new StringBuilder("faces " + range(state.faces(), state.facesMin(), state.facesMax())
                + ", persons " + range(state.persons(), state.persons(), state.personsMax())
                + ", gaze " + state.gaze() + ", head " + state.head());
        if (state.phones() > 0) {
            text.append(", phones ").append(state.phones());
        }
        if (!state.camera().isEmpty() && !state.camera().equals(OK)) {
            text.append(", camera ").append(state.camera());
        }
        if (!state.spoof().isEmpty() && !state.spoof().equals("none")) {
            text.append(", spoof ").append(state.spoof());
        }
        return text.toString();
    }

    private static String range(int value, int least, int most) {
        if (most == LabelledClips.UNLABELLED) {
            return "unknown";
        }
        return least == most ? Integer.toString(value) : least + " to " + most;
    }
}
