package io.invigil.core.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.api.Alert;
import io.invigil.api.SessionId;
import io.invigil.api.SessionListener;
import org.junit.jupiter.api.Test;

final class MailboxTest {
    /** A host's listener with a mistake in it. */
    private static final class Careless implements SessionListener {
        @Override
        public void onAlert(SessionId session, Alert alert) {
            throw new IllegalStateException("Jane Doe has no row");
        }
    }

    @Test
    void shouldCountAThrowAndTellAllWhenAListenerThrowsAtTheFirstQuestion() {
        Mailbox mailbox = new Mailbox(
                new SessionListener() {
                    @Override
                    public boolean hearsFrameResults() {
                        throw new IllegalStateException();
                    }
                },
                Runnable::run,
                () -> {},
                left -> {});

        assertThat(mailbox.failures()).isEqualTo(1);
        assertThat(mailbox.hearsResults()).isTrue();
    }

    @Test
    void shouldSayWhoThrewWhatAndWhereAndNoMessageWhenAListenerThrows() {
        Careless careless = new Careless();
        Mailbox mailbox = new Mailbox(careless, Runnable::run, () -> {}, left -> {});
        RuntimeException thrown = null;
        try {
            careless.onAlert(SessionId.random(), null);
        } catch (IllegalStateException e) {
            thrown = e;
        }

        assertThat(mailbox.describe(thrown))
                .startsWith("the listener " + Careless.class.getName() + " threw java.lang.IllegalStateException at ")
                .contains("Careless.onAlert(MailboxTest.java:")
                .doesNotContain("Doe");
    }
}
