package io.invigil.core.vision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.invigil.api.EngineException;
import io.invigil.api.ErrorCode;
import io.invigil.testdata.FrameImage;
import io.invigil.testdata.ImageCoding;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ImageHeaderTest {
    private static final FrameImage PICTURE = new FrameImage(37, 23, new byte[37 * 23 * 3], 0);

    private static ImageHeader parse(byte[] file) {
        ImageHeader header = new ImageHeader();
        header.read(ByteBuffer.wrap(file));
        return header;
    }

    private static String size(byte[] file) {
        ImageHeader header = parse(file);
        return header.kind() + " " + header.widthPx() + "x" + header.heightPx();
    }

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits.replace(" ", ""));
    }

    @Test
    void shouldReadSizeWhenFileIsJpeg() {
        assertThat(size(ImageCoding.jpeg(PICTURE, 0.8))).isEqualTo("JPEG 37x23");
    }

    @Test
    void shouldReadSizeWhenJpegIsProgressiveAndHasFillBytesAndTrailingBytes() {
        byte[] file =
                hex("FFD8 FFE0 0004 0000 FFFF FFC2 000B 08 0123 0456 01 011100 FFDA 0002 1234FF00FFD3 FFD9 000000");
        assertThat(size(file)).isEqualTo("JPEG 1110x291");
    }

    /** What stands before the first scan, of a frame kind and a number of components. */
    private static byte[] jpegOf(String frame, int components, String scans) {
        StringBuilder file = new StringBuilder("FFD8 FFC" + frame + String.format("%04X", 8 + 3 * components));
        file.append("08 0010 0010 ").append(String.format("%02X", components));
        for (int i = 1; i <= components; i++) {
            file.append(String.format("%02X1100", i));
        }
        return hex(file + scans + "FFD9");
    }

    @ParameterizedTest
    @CsvSource({"2,1", "2,3", "0,3", "1,2", "6,1", "9,3", "A,1"})
    void shouldRefuseMoreScansThanAnyCameraWritesWhateverTheKindOfFrame(String frame, int components) {
        String scan = "FFC4 0005 00FFDA FFDA 0008 01 0100 000000 12FF00FFD034 FFFF";
        assertThat(size(jpegOf(frame, components, scan.repeat(64)))).isEqualTo("JPEG 16x16");
        assertThatThrownBy(() -> parse(jpegOf(frame, components, scan.repeat(65))))
                .hasMessage("the JPEG has more than 64 scans")
                .extracting(e -> ((EngineException) e).code())
                .isEqualTo(ErrorCode.FRAME_DECODE);
    }

    @Test
    void shouldCountScansBehindAMadeUpLength() {
        String scan = "FFDA 0008 01 0100 000000";
        assertThatThrownBy(() -> parse(jpegOf("2", 1, scan + "FF05 0600" + scan.repeat(70))))
                .hasMessage("the JPEG has more than 64 scans");
    }

    @Test
    void shouldReadSizeWhateverFollowsTheOnlyScanOfAJpeg() {
        String scan = "FFDA 000C 03 010002000300 000000 ";
        assertThat(size(jpegOf("0", 3, scan + "FFDA".repeat(1000)))).isEqualTo("JPEG 16x16");
    }

    @Test
    void shouldReadSizeWhenFileIsPng() {
        assertThat(size(ImageCoding.png(PICTURE))).isEqualTo("PNG 37x23");
    }

    @Test
    void shouldReadSizeOfEveryKindOfWebp() {
        byte[] lossy = hex("52494646 16000000 57454250 56503820 0A000000 000000 9D012A 4001 F000");
        byte[] lossless = hex("52494646 11000000 57454250 5650384C 05000000 2F 3FC13B00");
        byte[] extended = hex("52494646 16000000 57454250 56503858 0A000000 00000000 3F0100 EF0000");
        assertThat(size(lossy)).isEqualTo("WEBP 320x240");
        assertThat(size(lossless)).isEqualTo("WEBP 320x240");
        assertThat(size(extended)).isEqualTo("WEBP 320x240");
    }

    @ParameterizedTest
    @ValueSource(strings = {"astronaut.png", "obama.jpg"})
    void shouldRejectWhenFileIsCutOffAnywhere(String name) {
        byte[] whole = Pictures.file(name);
        long seed = 20261124;
        Random random = new Random(seed);
        for (int i = 0; i < 200; i++) {
            byte[] part = Arrays.copyOf(whole, random.nextInt(whole.length - 16));
            assertThatThrownBy(() -> parse(part))
                    .as("seed %d, cut to %d bytes", seed, part.length)
                    .isInstanceOf(EngineException.class)
                    .extracting(e -> ((EngineException) e).code())
                    .isEqualTo(ErrorCode.FRAME_DECODE);
        }
    }

    @Test
    void shouldRejectWhenWebpIsShorterThanItSays() {
        byte[] file = hex("52494646 16010000 57454250 56503820 0A000000 000000 9D012A 4001 F000");
        assertThatThrownBy(() -> parse(file)).hasMessageContaining("ends early");
    }

    @Test
    void shouldRejectWhenBytesAreNoPicture() {
        long seed = 7;
        Random random = new Random(seed);
        for (int i = 0; i < 2000; i++) {
            byte[] noise = new byte[random.nextInt(64)];
            random.nextBytes(noise);
            assertThatThrownBy(() -> parse(noise))
                    .as("seed %d, case %d", seed, i)
                    .isInstanceOf(EngineException.class);
        }
    }

    @Test
    void shouldEndInAnEngineExceptionOrAHeaderWhenJpegIsDamaged() {
        byte[] whole = ImageCoding.jpeg(PICTURE, 0.8);
        long seed = 11;
        Random random = new Random(seed);
        for (int i = 0; i < 3000; i++) {
            byte[] damaged = whole.clone();
            for (int k = 0; k < 4; k++) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            }
            try {
                assertThat(parse(damaged).widthPx()).isPositive();
            } catch (EngineException e) {
                assertThat(e.code()).as("seed %d, case %d", seed, i).isEqualTo(ErrorCode.FRAME_DECODE);
            }
        }
    }

    @Test
    void shouldRefuseBombBeforeDecoding() {
        byte[] bomb = ImageCoding.png(PICTURE);
        ByteBuffer.wrap(bomb).putInt(16, 60_000).putInt(20, 60_000);
        ImageHeader header = parse(bomb);
        assertThatThrownBy(() -> header.requireAtMost(4096L * 4096L))
                .hasMessageContaining("3600000000")
                .hasMessageContaining("16777216")
                .extracting(e -> ((EngineException) e).code())
                .isEqualTo(ErrorCode.FRAME_TOO_LARGE);
    }
}
