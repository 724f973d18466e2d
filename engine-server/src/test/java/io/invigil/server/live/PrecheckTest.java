package io.invigil.server.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.invigil.api.OfferResult;
import io.invigil.api.ProctoringEngine;
import io.invigil.api.ProctoringSession;
import io.invigil.wire.ProblemException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PrecheckTest {
    private final List<Optional<Object>> closes = new ArrayList<>();

    /** An engine that takes a picture and is too busy to come to it. */
    private ProctoringEngine busy() {
        ProctoringSession session = (ProctoringSession) Proxy.newProxyInstance(
                ProctoringSession.class.getClassLoader(),
                new Class<?>[] {ProctoringSession.class},
                (self, method, arguments) -> {
                    if (method.getName().equals("close")) {
                        closes.add(Optional.ofNullable(arguments).map(all -> all[0]));
                    }
                    return method.getName().equals("offer") ? OfferResult.ACCEPTED : null;
                });
        return (ProctoringEngine) Proxy.newProxyInstance(
                ProctoringEngine.class.getClassLoader(),
                new Class<?>[] {ProctoringEngine.class},
                (self, method, arguments) -> session);
    }

    @Test
    void shouldNotWaitOnceMoreForAPictureThatWasWaitedForWhenItGoesAway() {
        Precheck precheck = new Precheck(busy(), Duration.ofMillis(50));
        assertThatThrownBy(() -> precheck.look(new byte[10]))
                .isInstanceOf(ProblemException.class)
                .satisfies(refusal ->
                        assertThat(((ProblemException) refusal).status()).isEqualTo(503));
        assertThat(closes).first().isEqualTo(Optional.of(Duration.ZERO));
    }
}
