package io.invigil.server.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class UnkeptTest {
    private final Unkept unkept = new Unkept(new AlertLedger("s", List.of()));

    private static Unkept.Picture picture(int number, int bytes) {
        return new Unkept.Picture("a-" + number, new byte[bytes]);
    }

    private int waiting() {
        int count = 0;
        while (unkept.nextPicture().isPresent()) {
            unkept.kept(unkept.nextPicture().get());
            count++;
        }
        return count;
    }

    @Test
    void shouldLetTheOldestPicturesGoWhenTheStoreFailsForLong() {
        for (int i = 0; i < 1_000; i++) {
            unkept.add(picture(i, 10), i);
        }
        assertThat(unkept.nextPicture().orElseThrow().alertId()).isEqualTo("a-984");
        assertThat(waiting()).isEqualTo(16);

        for (int i = 0; i < 10; i++) {
            unkept.add(picture(i, 2 << 20), 2_000 + i);
        }
        assertThat(waiting()).isEqualTo(2);
        unkept.add(picture(1, 9 << 20), 3_000);
        assertThat(waiting()).isEqualTo(1);
    }

    @Test
    void shouldKeepTheNewerPictureOfAnAlertThatCameWhileTheOlderWasKept() {
        Unkept.Picture older = picture(1, 10);
        Unkept.Picture newer = picture(1, 20);
        unkept.add(older, 1);
        unkept.add(newer, 2);
        unkept.kept(older);
        assertThat(unkept.isUrgent()).isTrue();
        unkept.kept(newer);
        unkept.add(newer, 2);
        assertThat(unkept.isUrgent()).isFalse();
    }
}
