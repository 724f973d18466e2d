package io.invigil.core.perception;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.invigil.api.EngineException;
import io.invigil.api.ErrorCode;
import io.invigil.api.Frame;
import io.invigil.api.PixelFormat;
import io.invigil.api.Rotation;
import io.invigil.testdata.TestSeed;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class FrameBufferTest {
    @ParameterizedTest
    @EnumSource(
            value = PixelFormat.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"ENCODED"})
    void shouldStorePlanesWithoutPaddingWhateverTheStride(PixelFormat format) {
        long seed = TestSeed.value();
        System.out.println("FrameBufferTest seed " + seed);
        Random random = new Random(seed);
        for (int round = 0; round < 30; round++) {
            int width = 1 + random.nextInt(33);
            int height = 1 + random.nextInt(17);
            List<Frame.Plane> planes = new java.util.ArrayList<>();
            java.io.ByteArrayOutputStream expected = new java.io.ByteArrayOutputStream();
            for (int p = 0; p < format.planes(); p++) {
                int rowBytes = format.rowBytes(p, width);
                int rows = format.rows(p, height);
                int stride = rowBytes + random.nextInt(5);
                int offset = random.nextInt(7);
                byte[] bytes = new byte[offset + stride * (rows - 1) + rowBytes];
                random.nextBytes(bytes);
                for (int row = 0; row < rows; row++) {
                    expected.write(bytes, offset + row * stride, rowBytes);
                }
                ByteBuffer data = random.nextBoolean()
                        ? ByteBuffer.wrap(bytes)
                        : ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
                planes.add(new Frame.Plane(data.position(offset), stride));
            }
            Frame frame = new Frame(format, width, height, planes, Rotation.NONE, 5);

            FrameBuffer.check(frame, 1 << 20);
            FrameBuffer buffer = new FrameBuffer();
            buffer.copyFrom(frame);

            byte[] stored = new byte[buffer.bytes().remaining()];
            buffer.bytes().duplicate().get(stored);
            assertThat(stored).isEqualTo(expected.toByteArray());
            assertThat(planes)
                    .allSatisfy(plane -> assertThat(plane.data().hasRemaining()).isTrue());
        }
    }

    @Test
    void shouldReuseItsMemoryWhenASmallerFrameFollows() {
        FrameBuffer buffer = new FrameBuffer();
        buffer.copyFrom(Frame.encoded(new byte[100_000], 1));
        ByteBuffer memory = buffer.bytes();
        buffer.copyFrom(Frame.encoded(new byte[] {1, 2, 3}, 2));
        assertThat(buffer.bytes()).isSameAs(memory);
        assertThat(buffer.bytes().remaining()).isEqualTo(3);
        assertThat(buffer.timestampNs()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({"32767,1", "1,32767"})
    void shouldRefuseAPictureWhenASideIsTooLong(int width, int height) {
        Frame frame = Frame.packed(PixelFormat.GRAY, width, height, ByteBuffer.allocate(width * height), width, 1);
        assertThatThrownBy(() -> FrameBuffer.check(frame, 1 << 20))
                .isInstanceOfSatisfying(
                        EngineException.class, error -> assertThat(error.code()).isEqualTo(ErrorCode.FRAME_TOO_LARGE))
                .hasMessage("the frame is " + width + "x" + height + ", must be at most 32766 on a side");
        FrameBuffer.check(Frame.packed(PixelFormat.GRAY, 32_766, 1, ByteBuffer.allocate(32_766), 32_766, 1), 1 << 20);
    }
}
