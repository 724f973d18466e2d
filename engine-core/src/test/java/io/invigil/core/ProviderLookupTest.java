package io.invigil.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.api.Judge;
import io.invigil.api.Policy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ProviderLookupTest {
    private final ClassLoader before = Thread.currentThread().getContextClassLoader();

    @AfterEach
    void restoreClassLoader() {
        Thread.currentThread().setContextClassLoader(before);
    }

    @Test
    void shouldFindTheEngineWhenTheThreadsClassLoaderDoesNotSeeIt() {
        Thread.currentThread().setContextClassLoader(ClassLoader.getPlatformClassLoader());
        assertThat(Judge.of(Policy.interview()).openAlerts()).isEmpty();
    }
}
