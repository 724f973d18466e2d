package io.invigil.ws;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.wire.AlertView;
import io.invigil.wire.FrameResultView;
import io.invigil.wire.ReviewView;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Whatever the transport does, an alert goes out once or comes back. */
class OutboxTest {
    private static final Pattern ALERT_ID = Pattern.compile("\"alert_id\":\"(\\w+)\"");

    private final List<String> sent = new ArrayList<>();
    private final List<Consumer<Throwable>> pending = new ArrayList<>();
    private final List<String> back = new ArrayList<>();
    private final List<Throwable> failures = new ArrayList<>();
    private boolean atOnce;
    private final Outbox outbox = new Outbox(
            (text, done) -> {
                sent.add(text);
                if (atOnce) {
                    done.accept(null);
                } else {
                    pending.add(done);
                }
            },
            new SocketCounts(),
            failures::add,
            (alerts, updates) -> alerts.forEach(alert -> back.add(alert.alertId())));

    private static FrameResultView result(int index, String... alertIds) {
        List<AlertView> alerts = new ArrayList<>();
        for (String id : alertIds) {
            alerts.add(new AlertView(
                    id, "no_face", "high", "m", "t", true, "open", "t", "t", 0, 0, 1, Map.of(), null, ReviewView.OPEN));
        }
        return FrameResultView.skipped("t", "s", index, "r").withAlerts(alerts, List.of());
    }

    private List<String> sentAlerts() {
        List<String> ids = new ArrayList<>();
        for (String text : sent) {
            Matcher matcher = ALERT_ID.matcher(text);
            while (matcher.find()) {
                ids.add(matcher.group(1));
            }
        }
        return ids;
    }

    private void deliverAll() {
        while (!pending.isEmpty()) {
            pending.remove(0).accept(null);
        }
    }

    @Test
    void shouldSendInOrderWhenTheTransportIsQuick() {
        atOnce = true;
        for (int i = 0; i < 1000; i++) {
            outbox.result(result(i, "a" + i));
        }
        assertThat(sent).hasSize(1000);
        assertThat(sentAlerts()).hasSize(1000).startsWith("a0", "a1", "a2");
        assertThat(outbox.underWaySinceNs()).isZero();
    }

    @Test
    void shouldGiveUpOldResultsAndKeepTheirAlertsWhenTheTransportIsSlow() {
        for (int i = 0; i < 100; i++) {
            outbox.result(result(i, "a" + i));
        }
        assertThat(sent).hasSize(1);
        deliverAll();
        assertThat(sent).hasSize(5);
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            expected.add("a" + i);
        }
        assertThat(sentAlerts()).containsExactlyElementsOf(expected);
        assertThat(sent.get(4)).contains("\"frame_index\":99");
    }

    @Test
    void shouldHandBackWhatDidNotGoWhenTheTransportFails() {
        outbox.result(result(0, "a"));
        outbox.result(result(1, "b"));
        pending.get(0).accept(new IOException("broken"));
        outbox.result(result(2, "c"));
        assertThat(back).containsExactlyInAnyOrder("a", "b", "c");
        assertThat(failures).hasSize(1);
        assertThat(sent).hasSize(1);
    }

    @Test
    void shouldNotTellAgainWhatWentOutWhileTheSocketClosed() {
        outbox.result(result(0, "a"));
        outbox.result(result(1, "b"));
        outbox.close();
        assertThat(back).containsExactly("b");
        pending.get(0).accept(null); // The peer had it already.
        assertThat(back).containsExactly("b");
        assertThat(failures).isEmpty();
    }

    @Test
    void shouldHandBackTheMessageUnderWayWhenItFailsAfterTheClose() {
        outbox.result(result(0, "a"));
        outbox.close();
        pending.get(0).accept(new IOException("gone"));
        assertThat(back).containsExactly("a");
        assertThat(failures).isEmpty();
    }

    @Test
    void shouldBoundRepliesWhenTheTransportIsSlow() {
        outbox.reply("under way");
        for (int i = 0; i < 1000; i++) {
            outbox.reply("r" + i);
        }
        deliverAll();
        assertThat(sent).hasSize(33).endsWith("r998", "r999");
    }
}
