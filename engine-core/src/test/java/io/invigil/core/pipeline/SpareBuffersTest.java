package io.invigil.core.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.core.perception.FrameBuffer;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SpareBuffersTest {
    private final SpareBuffers spare = new SpareBuffers();

    @Test
    void shouldTakeTheOneGivenBackLast() {
        FrameBuffer first = spare.take();
        FrameBuffer second = spare.take();
        assertThat(second).isNotSameAs(first);
        spare.giveBack(first);
        spare.giveBack(second);
        assertThat(spare.take()).isSameAs(second);
        assertThat(spare.take()).isSameAs(first);
    }

    @Test
    void shouldNotKeepMoreThanEverWait() {
        Set<FrameBuffer> given = Collections.newSetFromMap(new IdentityHashMap<>());
        for (int i = 0; i < 1000; i++) {
            given.add(new FrameBuffer());
        }
        given.forEach(spare::giveBack);
        int kept = 0;
        while (given.remove(spare.take())) {
            kept++;
        }
        assertThat(kept).isEqualTo(256);
    }
}
