package io.invigil.replay.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class H264PacketTest {
    private static ByteBuffer bytes(String hex) {
        return ByteBuffer.wrap(HexFormat.of().parseHex(hex.replace(" ", "")));
    }

    @ParameterizedTest
    @CsvSource({
        // A slice that is not referred to; two of them; with a supplement and a delimiter before.
        "00000002 019A, 4, true",
        "00000002 019A 00000003 01FFFF, 4, true",
        "0002 09F0 0003 060580 0002 019A, 2, true",
        "00000001 09F0 000001 019A, 0, true",
        "00000001 019A 00000001 01AB, 0, true",
        // Referred to; an instantaneous refresh; a parameter set rides along; one of two fields is referred to.
        "00000002 419A, 4, false",
        "00000002 6588, 4, false",
        "00000002 6764 00000002 019A, 4, false",
        "00000002 019A 00000002 219A, 4, false",
        "00000001 019A 00000001 419A, 0, false",
        // Nothing but a supplement.
        "00000002 0605, 4, false"
    })
    void shouldTellWhetherOthersDependOnThePicture(String hex, int lengthBytes, boolean disposable) {
        assertThat(H264Packet.isDisposable(bytes(hex), lengthBytes)).isEqualTo(disposable);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "00", "000000", "00000000", "00000009 019A", "FFFFFFFF 019A", "00000002 019A 0000"})
    void shouldKeepWhatIsDamaged(String hex) {
        assertThat(H264Packet.isDisposable(bytes(hex), 4)).isFalse();
        assertThat(H264Packet.isDisposable(bytes(hex), 0)).isFalse();
    }

    @Test
    void shouldReadTheLengthOfLengthsFromTheSetUpData() {
        assertThat(H264Packet.lengthBytes(bytes("01 64001F FF E1 0004"))).isEqualTo(4);
        assertThat(H264Packet.lengthBytes(bytes("01 64001F FD E1 0004"))).isEqualTo(2);
        assertThat(H264Packet.lengthBytes(bytes("00000001 6764001F"))).isZero();
        assertThat(H264Packet.lengthBytes(bytes(""))).isZero();
    }
}
