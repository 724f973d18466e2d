package io.invigil.testdata;

/**
 * The script of the bundled sample recording: 90 s, 640x480, 15 frames a second, every alert kind of the first set
 * once, nine seconds of calm at the start and calm between the episodes.
 */
public final class SampleRecording {
    private static final long SEED = 20261123;

    private SampleRecording() {}

    /**
     * The script; its {@link ScenarioScript#intervals()} are the ground truth.
     *
     * @return the same script at every call
     */
    public static ScenarioScript script() {
        return ScenarioScript.builder(SEED)
                .size(640, 480)
                .framesPerSecond(15)
                .durationSeconds(90)
                .candidate(Portrait.P2, 48)
                .lookAwayByHead(9, 14, 35, 0)
                .lookAwayByEyes(18, 23, -30, 0)
                .leaves(27, 33, false)
                .secondPerson(37, 43, Portrait.P3, true)
                .phone(47, 53)
                .capped(57, 62)
                .coveredByFinger(66, 70)
                .frozen(74, 80)
                .gap(84, 88)
                .build();
    }
}
