package io.invigil.core.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.api.Frame;
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
    void shouldNotKeepMoreBytesThanEverWait() {
        int pictureBytes = 1 << 20;
        Set<FrameBuffer> given = Collections.newSetFromMap(new IdentityHashMap<>());
        for (int i = 0; i < 50; i++) {
            FrameBuffer buffer = new FrameBuffer();
            buffer.copyFrom(Frame.encoded(new byte[pictureBytes], 0));
            given.add(buffer);
        }
        for (int round = 0; round < 2; round++) {
            given.forEach(spare::giveBack);
            int kept = 0;
            while (given.contains(spare.take())) {
                kept++;
            }
            assertThat(kept).isEqualTo((int) (SpareBuffers.MOST_BYTES / pictureBytes));
        }
    }
}
