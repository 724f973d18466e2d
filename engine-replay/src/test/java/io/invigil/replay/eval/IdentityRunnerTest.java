package io.invigil.replay.eval;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.api.Policy;
import io.invigil.replay.FakeEngine;
import io.invigil.replay.eval.IdentityScore.Look;
import io.invigil.testdata.IdentityPairs.Pair;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class IdentityRunnerTest {
    private static final int REFERENCE_FRAMES = 8;
    private static final int PROBE_FRAMES = 2;

    @TempDir
    Path folder;

    private final AtomicInteger shown = new AtomicInteger();
    private final List<String> failures = new ArrayList<>();

    @BeforeEach
    void setUp() throws IOException {
        for (String name : List.of("a.png", "b.png", "c.png")) {
            ImageIO.write(
                    new BufferedImage(64, 48, BufferedImage.TYPE_INT_RGB),
                    "png",
                    folder.resolve(name).toFile());
        }
        Files.writeString(folder.resolve("bad.png"), "no picture");
    }

    @Test
    void shouldGoOnWithTheOtherPairsWhenAStillCannotBeRead() {
        List<Look> looks = run(
                new Pair("a.png", "b.png", true),
                new Pair("a.png", "bad.png", true),
                new Pair("a.png", "c.png", false));
        assertThat(looks).extracting(Look::samePerson).containsExactly(true, true, false);
        assertThat(failures).containsExactly("bad.png: it cannot be read");
        assertThat(shown).hasValue(REFERENCE_FRAMES + 2 * PROBE_FRAMES);
    }

    @Test
    void shouldCountAllPairsOfAStillThatCannotBeReadAsNotCompared() {
        IdentityScore score = IdentityScore.of(run(
                new Pair("bad.png", "b.png", true),
                new Pair("bad.png", "c.png", false),
                new Pair("a.png", "b.png", false)));
        assertThat(score.notCompared()).isEqualTo(3);
        assertThat(failures).containsExactly("bad.png: it cannot be read");
        assertThat(shown).hasValue(REFERENCE_FRAMES + PROBE_FRAMES);
    }

    private List<Look> run(Pair... pairs) {
        FakeEngine engine = new FakeEngine(frame -> {
            shown.incrementAndGet();
            return Optional.empty();
        });
        return new IdentityRunner(
                        engine, Policy.strict(), (file, reason) -> failures.add(file.getFileName() + ": " + reason))
                .run(folder, List.of(pairs), 1);
    }
}
