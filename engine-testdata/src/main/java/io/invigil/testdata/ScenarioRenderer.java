package io.invigil.testdata;

import java.util.Iterator;
import java.util.NoSuchElementException;

/**
 * Plays a {@link ScenarioScript} frame by frame. {@link #render} is a function of the script and the time alone. Not
 * thread-safe; one renderer to a thread.
 */
public final class ScenarioRenderer implements Iterable<FrameImage> {
    private final ScenarioScript script;
    private final SceneRenderer scenes;

    /**
     * @param script what to play
     */
    public ScenarioRenderer(ScenarioScript script) {
        this.script = script;
        scenes = new SceneRenderer(script.camera(), script.noiseLevels());
    }

    /**
     * Draws the picture of a moment.
     *
     * @param timestampNs media time
     * @return a new picture
     */
    public FrameImage render(long timestampNs) {
        long shown = script.shownNs(timestampNs);
        return scenes.render(script.scene(shown), shown, script.noiseSeed(shown))
                .at(timestampNs);
    }

    /** All frames of the stream in order, drawn one at a time; none within a gap. */
    @Override
    public Iterator<FrameImage> iterator() {
        long[] times = script.timestampsNs();
        return new Iterator<>() {
            private int next;

            @Override
            public boolean hasNext() {
                return next < times.length;
            }

            @Override
            public FrameImage next() {
                if (!hasNext()) {
                    throw new NoSuchElementException("the recording has " + times.length + " frames");
                }
                return render(times[next++]);
            }
        };
    }
}
