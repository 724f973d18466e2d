package io.invigil.core.vision;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EightBitSumsTest {
    @Test
    void shouldAskForExactSumsWhenTheProcessorMayLackByteDotProducts() {
        assertThat(EightBitSums.mayOverflow("amd64", "flags : sse2 avx2 avx512f"))
                .isTrue();
        assertThat(EightBitSums.mayOverflow("amd64", "")).isTrue();
    }

    @Test
    void shouldNotSlowDownWhenTheProcessorHasThemOrIsNoX86() {
        assertThat(EightBitSums.mayOverflow("amd64", "flags : avx512f avx512_vnni"))
                .isFalse();
        assertThat(EightBitSums.mayOverflow("x86_64", "flags : avx2 avx_vnni")).isFalse();
        assertThat(EightBitSums.mayOverflow("aarch64", "")).isFalse();
    }
}
