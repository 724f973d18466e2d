package io.invigil.ws;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class MessageAssemblyTest {
    private final MessageAssembly assembly = new MessageAssembly(10);

    private String add(String part, boolean last) {
        ByteBuffer whole = assembly.add(ByteBuffer.wrap(part.getBytes(StandardCharsets.US_ASCII)), last, 7);
        return whole == null
                ? null
                : StandardCharsets.US_ASCII.decode(whole.duplicate()).toString();
    }

    @Test
    void shouldPutPartsTogetherUpToTheLimit() {
        assertThat(add("whole", true)).isEqualTo("whole");
        assertThat(add("0123", false)).isNull();
        assertThat(assembly.begunNs()).isEqualTo(7);
        assertThat(add("45", false)).isNull();
        assertThat(add("6789", true)).isEqualTo("0123456789");
        assertThat(assembly.begunNs()).isZero();
        assertThat(add("", true)).isEmpty();
    }

    @Test
    void shouldThrowAwayWhatIsTooLongAndTakeTheNext() {
        assertThat(add("01234567890", true)).isNull();
        assertThat(add("0123456", false)).isNull();
        assertThat(add("789x", false)).isNull();
        assertThat(add("y", true)).isNull();
        assertThat(add("next", true)).isEqualTo("next");
    }
}
