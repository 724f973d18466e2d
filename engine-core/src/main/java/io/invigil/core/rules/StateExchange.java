package io.invigil.core.rules;

import io.invigil.core.sight.Box;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.zip.CRC32;

/**
 * Carries state out of a session's rules or into them. Each part has one method that hands over every field and takes back
 * what the exchange returns: the same value when state is taken out, the stored one when it is put in. So the two directions
 * cannot differ.
 */
final class StateExchange {
    private static final int MOST_TEXT_ENTRIES = 64;

    private static final int CHECKSUM_BYTES = Long.BYTES;

    private final DataOutputStream out;
    private final DataInputStream in;
    private final ByteArrayOutputStream bytes;
    private final byte[] state;

    private StateExchange(ByteArrayOutputStream bytes, byte[] state) {
        this.bytes = bytes;
        this.state = state;
        out = bytes == null ? null : new DataOutputStream(bytes);
        in = state == null
                ? null
                : new DataInputStream(new ByteArrayInputStream(state, 0, Math.max(0, state.length - CHECKSUM_BYTES)));
    }

    /** An exchange that takes state out. */
    static StateExchange takingOut() {
        return new StateExchange(new ByteArrayOutputStream(4096), null);
    }

    /** An exchange that puts state in. */
    static StateExchange puttingIn(byte[] state) {
        return new StateExchange(null, Objects.requireNonNull(state, "state"));
    }

    /** What was taken out, with its checksum at the end; nothing can be taken out after. */
    byte[] finish() {
        of(checksum(bytes.toByteArray(), bytes.size()));
        return bytes.toByteArray();
    }

    /**
     * Checks that the state is what was taken out once: rules believe every number in it.
     *
     * @throws IllegalArgumentException when it was damaged
     */
    void requireWhole() {
        if (state == null) {
            return;
        }
        int length = state.length - CHECKSUM_BYTES;
        if (length < 0 || checksum(state, length) != ByteBuffer.wrap(state).getLong(length)) {
            throw new IllegalArgumentException("the state is cut short or damaged: its checksum does not fit");
        }
    }

    private static long checksum(byte[] bytes, int length) {
        CRC32 checksum = new CRC32();
        checksum.update(bytes, 0, length);
        return checksum.getValue();
    }

    /**
     * Checks that all of the state was put in.
     *
     * @throws IllegalArgumentException when something is left
     */
    void end() {
        try {
            if (in != null && in.read() >= 0) {
                throw new IllegalArgumentException("the state has more bytes than these rules keep");
            }
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    long of(long value) {
        try {
            if (in != null) {
                return in.readLong();
            }
            out.writeLong(value);
            return value;
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    int of(int value) {
        return (int) of((long) value);
    }

    /** A number of things, at most so many. */
    int count(int value, int most) {
        int count = of(value);
        if (count < 0 || count > most) {
            throw new IllegalArgumentException("the state holds " + count + " of something, must be in 0.." + most);
        }
        return count;
    }

    double of(double value) {
        return Double.longBitsToDouble(of(Double.doubleToRawLongBits(value)));
    }

    boolean of(boolean value) {
        return of(value ? 1L : 0L) != 0;
    }

    String of(String value) {
        try {
            if (in != null) {
                return in.readUTF();
            }
            out.writeUTF(value);
            return value;
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    <E extends Enum<E>> E of(E value, E[] values) {
        return values[count(value.ordinal(), values.length - 1)];
    }

    void all(long[] values) {
        for (int i = 0; i < values.length; i++) {
            values[i] = of(values[i]);
        }
    }

    void all(double[] values) {
        for (int i = 0; i < values.length; i++) {
            values[i] = of(values[i]);
        }
    }

    void all(Box box) {
        box.set(of(box.leftPx()), of(box.topPx()), of(box.widthPx()), of(box.heightPx()));
    }

    Map<String, String> of(Map<String, String> value) {
        Map<String, String> sorted = new TreeMap<>(value);
        int count = count(sorted.size(), MOST_TEXT_ENTRIES);
        if (in == null) {
            sorted.forEach((name, text) -> {
                of(name);
                of(text);
            });
            return value;
        }
        Map<String, String> read = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            read.put(of(""), of(""));
        }
        return Map.copyOf(read);
    }

    private static IllegalArgumentException unreadable(IOException e) {
        return new IllegalArgumentException("the state is cut short or not readable", e);
    }
}
