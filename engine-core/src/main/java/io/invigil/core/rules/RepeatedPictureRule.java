package io.invigil.core.rules;

/** The picture repeats: it stands still, or a recording is played again and again. */
final class RepeatedPictureRule implements FrameRule {
    private final FrozenVideoRule frozen;
    private final LoopRule loop = new LoopRule();

    RepeatedPictureRule(FrozenVideoRule frozen) {
        this.frozen = frozen;
    }

    /** A picture that stands still says so; between the repeated frames of a loop lie some that say nothing. */
    @Override
    public Finding judge(Scene scene) {
        Finding still = frozen.judge(scene);
        Finding looped = loop.judge(scene);
        boolean loopKnows = looped.verdict() == Verdict.ON || looped.sinceNs() != Finding.NOT_KNOWN;
        return loopKnows || still.verdict() == Verdict.OFF ? looped : still;
    }

    @Override
    public void skip(Moment now) {
        frozen.skip(now);
        loop.skip(now);
    }

    @Override
    public void exchange(StateExchange state) {
        frozen.exchange(state);
        loop.exchange(state);
    }
}
