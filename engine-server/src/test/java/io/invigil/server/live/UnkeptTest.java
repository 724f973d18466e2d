package io.invigil.server.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.api.Alert;
import io.invigil.api.AlertPhase;
import io.invigil.api.AlertType;
import io.invigil.api.Evidence;
import io.invigil.api.SessionEvent;
import io.invigil.api.Severity;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UnkeptTest {
    private static final int MOST = 5;

    private final Map<LossMeter.What, Integer> counted = new EnumMap<>(LossMeter.What.class);
    private final AlertLedger ledger = new AlertLedger("s", List.of());
    private final PictureRoom room = new PictureRoom(64 << 20);
    private final Unkept unkept = inRoom(room);

    private Unkept inRoom(PictureRoom shared) {
        return new Unkept(ledger, MOST, shared, (what, count) -> counted.merge(what, count, Integer::sum));
    }

    private static SessionEvent event(SessionEvent.Kind kind, int number) {
        return new SessionEvent(kind, number, number, "event " + number);
    }

    private void addQuality(int from, int to) {
        for (int i = from; i <= to; i++) {
            unkept.add(event(SessionEvent.Kind.QUALITY, i));
        }
    }

    private static Alert alert(int number) {
        return new Alert(
                "no_face-" + number,
                AlertType.NO_FACE,
                AlertPhase.OPENED,
                Severity.LOW,
                number,
                number,
                "a reason",
                1,
                new Evidence(number, number),
                Map.of());
    }

    @Test
    void shouldLetTheOldestEventsGoAndSaySoWithTheNextChange() {
        addQuality(1, 8);
        assertThat(unkept.size()).isEqualTo(MOST);
        Unkept.Share share = unkept.take();
        assertThat(share.events()).extracting(SessionEvent::startNs).containsExactly(4L, 5L, 6L, 7L, 8L);
        assertThat(share.eventsAndLosses()).hasSize(MOST + 1);
        SessionEvent told = share.eventsAndLosses().get(MOST);
        assertThat(told.kind()).isEqualTo(SessionEvent.Kind.NOT_KEPT);
        assertThat(told.startNs()).isEqualTo(1);
        assertThat(told.endNs()).isEqualTo(3);
        assertThat(told.message()).contains("3 events").doesNotContain("trace").doesNotContain("pictures");
        assertThat(counted).containsExactly(Map.entry(LossMeter.What.EVENT, 3));

        addQuality(9, 9);
        assertThat(unkept.take().eventsAndLosses()).as("it is told once").hasSize(1);
    }

    @Test
    void shouldSayItAgainWhenWhatSaidItWasNotKept() {
        addQuality(1, 7);
        Unkept.Share failed = unkept.take();
        addQuality(8, 9);
        assertThat(unkept.size()).isEqualTo(MOST + 2);
        unkept.giveBack(failed);
        assertThat(unkept.size()).isEqualTo(MOST);
        Unkept.Share share = unkept.take();
        assertThat(share.events()).extracting(SessionEvent::startNs).containsExactly(5L, 6L, 7L, 8L, 9L);
        assertThat(share.lost()).isEqualTo(new Losses(4, 0, 0, 1, 4));
        assertThat(unkept.lost()).isEqualTo(share.lost());
    }

    @Test
    void shouldLetNoAlertAndNoPauseGo() {
        for (int i = 0; i < 50; i++) {
            ledger.note(alert(i), i);
        }
        unkept.add(event(SessionEvent.Kind.PAUSED, 1));
        addQuality(2, 9);
        unkept.add(event(SessionEvent.Kind.RESUMED, 10));
        addQuality(11, 12);
        Unkept.Share share = unkept.take();
        assertThat(share.events()).extracting(SessionEvent::startNs).containsExactly(1L, 9L, 10L, 11L, 12L);
        assertThat(share.alerts()).hasSize(50);
        assertThat(unkept.size()).as("nobody knows yet that it is kept").isEqualTo(55);
        unkept.kept(share);
        assertThat(unkept.size()).isZero();
    }

    private static Unkept.Picture picture(int number, int bytes) {
        return new Unkept.Picture("a-" + number, new byte[bytes]);
    }

    private int waiting() {
        return waiting(unkept);
    }

    private static int waiting(Unkept unkept) {
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
        assertThat(counted).containsExactly(Map.entry(LossMeter.What.PICTURE, 984 + 8));
        assertThat(unkept.lost().pictures()).isEqualTo(984 + 8);
    }

    @Test
    void shouldHoldNoMorePicturesInAllSessionsThanThereIsRoomFor() {
        PictureRoom small = new PictureRoom(100);
        Unkept greedy = inRoom(small);
        Unkept other = inRoom(small);
        for (int i = 0; i < 5; i++) {
            greedy.add(picture(i, 30), i);
        }
        assertThat(greedy.nextPicture().orElseThrow().alertId()).isEqualTo("a-2");
        other.add(picture(9, 30), 9);
        assertThat(other.nextPicture()).as("the room is the other session's").isEmpty();
        assertThat(other.lost()).isEqualTo(new Losses(0, 0, 1, 9, 9));
        assertThat(counted).containsExactly(Map.entry(LossMeter.What.PICTURE, 2 + 1));

        assertThat(waiting(greedy)).isEqualTo(3);
        other.add(picture(10, 100), 10);
        assertThat(waiting(other)).as("what is kept makes room").isEqualTo(1);
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
