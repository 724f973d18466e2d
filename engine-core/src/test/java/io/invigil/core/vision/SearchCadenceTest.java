package io.invigil.core.vision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;

import io.invigil.api.Shedding;
import io.invigil.core.perception.Pressure;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SearchCadenceTest {
    private static final long SECOND_NS = 1_000_000_000L;
    private static final long INTERVAL_NS = 600_000_000L;
    private static final int TO_REST = 4;

    private final DecodedImage image = new DecodedImage();
    private final Random random = new Random(23);
    private final byte[] noise = new byte[48 * 64 * 3];
    private int second;

    @AfterEach
    void close() {
        image.close();
    }

    private DecodedImage noise() {
        random.nextBytes(noise);
        image.upright().create(48, 64, CV_8UC3);
        image.upright().data().put(noise);
        image.refresh();
        return image;
    }

    private static List<SearchCadence> sessions() {
        return Stream.generate(() -> new SearchCadence(INTERVAL_NS)).limit(60).toList();
    }

    /** How many search on each of the next frames, a second apart. */
    private int[] searches(List<SearchCadence> sessions, int frames) {
        int[] searches = new int[frames];
        for (int i = 0; i < frames; i++) {
            second++;
            for (SearchCadence session : sessions) {
                if (session.due(noise(), second * SECOND_NS, SECOND_NS, TO_REST)) {
                    session.searched(image, second * SECOND_NS, SECOND_NS, TO_REST);
                    searches[i]++;
                }
            }
        }
        return searches;
    }

    @Test
    void shouldComeToRestOnEachFrameOfARestAlikeAtAnyFrameRate() {
        for (int framesASecond : new int[] {1, 2, 5, 25}) {
            long gapNs = SECOND_NS / framesASecond;
            int frames = (int) Math.ceil(2.4 * framesASecond);
            int[] ends = new int[frames];
            for (int i = 0; i < 200 * frames; i++) {
                long waitNs = SearchCadence.drawnWaitNs(noise(), 4 * INTERVAL_NS, gapNs);
                assertThat(waitNs).isBetween(0L, 4 * INTERVAL_NS);
                ends[(int) Math.max(1, (waitNs + gapNs - 1) / gapNs) - 1]++;
            }
            assertThat(Arrays.stream(ends))
                    .as("%d frames/s: %s", framesASecond, Arrays.toString(ends))
                    .allMatch(count -> count > 140 && count < 260);
        }
    }

    /** Or else all whose rest is over would search at once and in step from then on, or those of three seconds in three of eight. */
    @Test
    void shouldSpreadSearchesAtRestWhenTheyAreShedAndWhenTheyNoLongerAre() {
        List<SearchCadence> sessions = sessions();
        assertThat(searches(sessions, TO_REST + 1)).containsOnly(60);
        searches(sessions, 6);
        sessions.forEach(session -> session.press(Pressure.of(Shedding.PERSONS, false)));
        searches(sessions, 16);
        int[] shed = searches(sessions, 8);
        sessions.forEach(session -> session.press(Pressure.NONE));
        searches(sessions, 12);
        int[] planned = searches(sessions, 3);

        assertThat(Arrays.stream(shed).sum()).isEqualTo(60);
        assertThat(Arrays.stream(shed)).as(Arrays.toString(shed)).allMatch(searches -> searches < 20);
        assertThat(Arrays.stream(planned).sum()).isEqualTo(60);
        assertThat(Arrays.stream(planned)).as(Arrays.toString(planned)).allMatch(searches -> searches < 33);
    }

    @Test
    void shouldSpreadSearchesOfRestlessSessionsWhenTheyAreShed() {
        List<SearchCadence> sessions = sessions();
        searches(sessions, 3);
        sessions.forEach(session -> session.press(Pressure.of(Shedding.PERSONS, false)));
        int[] shed = new int[9];
        for (int i = 0; i < shed.length; i++) {
            sessions.forEach(SearchCadence::disturb);
            shed[i] = searches(sessions, 1)[0];
        }

        assertThat(Arrays.stream(shed).skip(3))
                .as(Arrays.toString(shed))
                .allMatch(searches -> searches > 5 && searches < 35);
    }
}
