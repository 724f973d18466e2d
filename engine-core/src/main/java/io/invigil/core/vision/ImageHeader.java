package io.invigil.core.vision;

import io.invigil.api.EngineException;
import io.invigil.api.ErrorCode;
import io.invigil.core.perception.FrameBuffer;
import java.nio.ByteBuffer;

/**
 * What an encoded picture says about itself before anything is decoded: its kind and size. Read in plain Java, so that a file
 * that claims to be huge, or that was cut off, never reaches the native decoder, which would fill what is missing with grey. Nor
 * does one that would keep it busy for minutes: it goes over the whole picture once for every scan, and a scan takes 30 bytes.
 *
 * <p>Sources: ITU-T T.81 annex B (JPEG markers), PNG specification 11.2.2 (IHDR), WebP container and lossless specifications.
 * One is read into again and again; not thread-safe.
 */
final class ImageHeader {
    private static final long PNG_SIGNATURE = 0x89504E470D0A1A0AL;
    private static final int PNG_IHDR = 0x49484452;
    private static final int PNG_IEND = 0x49454E44;
    private static final int RIFF = 0x52494646;
    private static final int WEBP = 0x57454250;
    private static final int VP8_LOSSY = 0x56503820;
    private static final int VP8_LOSSLESS = 0x5650384C;
    private static final int VP8_EXTENDED = 0x56503858;

    /** Of one JPEG: what cameras and browsers write has about ten. */
    private static final int MOST_SCANS = 64;

    private Kind kind = Kind.JPEG;
    private int widthPx;
    private int heightPx;

    /** The file formats taken. */
    enum Kind {
        JPEG,
        PNG,
        WEBP
    }

    /**
     * Reads the header and checks that the file is whole.
     *
     * @param file the bytes from 0 to the limit; position and limit are not moved
     * @throws EngineException with {@link ErrorCode#FRAME_DECODE} when it is no JPEG, PNG or WebP file or ends early
     */
    void read(ByteBuffer file) {
        if (file.limit() == 0) {
            throw broken("the encoded frame has 0 bytes, must have at least 1");
        }
        if (unsigned(file, 0, 2) == 0xFFD8) {
            jpeg(file);
            return;
        }
        if (file.limit() >= 8 && (unsigned(file, 0, 4) << 32 | unsigned(file, 4, 4)) == PNG_SIGNATURE) {
            png(file);
            return;
        }
        if (file.limit() >= 12 && unsigned(file, 0, 4) == RIFF && unsigned(file, 8, 4) == WEBP) {
            webp(file);
            return;
        }
        throw broken("the encoded frame is no JPEG, PNG or WebP file");
    }

    /** The file format. */
    Kind kind() {
        return kind;
    }

    /** Width as stored, before any orientation tag. */
    int widthPx() {
        return widthPx;
    }

    /** Height as stored. */
    int heightPx() {
        return heightPx;
    }

    /** Checks the size against what is taken. */
    void requireAtMost(long maxPixels) {
        FrameBuffer.requireSize(widthPx, heightPx, maxPixels);
    }

    private void jpeg(ByteBuffer file) {
        int at = 2;
        int frameAt = -1;
        while (true) {
            // Any number of fill bytes may stand before a marker.
            while (unsigned(file, at, 1) == 0xFF && unsigned(file, at + 1, 1) == 0xFF) {
                at++;
            }
            if (unsigned(file, at, 1) != 0xFF) {
                throw broken("the JPEG has no marker where one must be");
            }
            int marker = (int) unsigned(file, at + 1, 1);
            if (marker == 0x01 || marker >= 0xD0 && marker <= 0xD7) {
                at += 2;
                continue;
            }
            if (marker == 0xD9) {
                throw broken("the JPEG holds no picture");
            }
            if (marker == 0xDA) {
                break;
            }
            int length = (int) unsigned(file, at + 2, 2);
            if (isFrameHeader(marker)) {
                frameAt = at;
                sized(Kind.JPEG, unsigned(file, at + 7, 2), unsigned(file, at + 5, 2));
            }
            at += 2 + Math.max(2, length);
        }
        if (frameAt < 0) {
            throw broken("the JPEG has no frame header before its data");
        }
        if (isOneScan(file, frameAt, at)) {
            requireEndOfImage(file, at + 2 + Math.max(2, (int) unsigned(file, at + 2, 2)));
        } else {
            requireFewScans(file, at);
        }
    }

    /** Whether the decoder takes no scan but the first: it holds all components, and no later one refines it. */
    private static boolean isOneScan(ByteBuffer file, int frameAt, int scanAt) {
        int frame = (int) unsigned(file, frameAt + 1, 1);
        boolean sequential = frame == 0xC0 || frame == 0xC1 || frame == 0xC9;
        return sequential && unsigned(file, scanAt + 4, 1) >= unsigned(file, frameAt + 9, 1);
    }

    /**
     * Counts scans up to the end marker. Below 0xC0 no marker has a length, as the decoder sees it too: it would find scans in
     * what a made-up length passes over.
     */
    private static void requireFewScans(ByteBuffer file, int firstScanAt) {
        int scans = 0;
        int at = firstScanAt;
        int last = file.limit() - 2;
        while (at <= last) {
            int marker = file.get(at) == (byte) 0xFF ? file.get(at + 1) & 0xFF : 0;
            if (marker == 0xD9) {
                return;
            }
            if (marker == 0xDA && ++scans > MOST_SCANS) {
                throw broken("the JPEG has more than " + MOST_SCANS + " scans");
            }
            if (marker == 0 || marker == 0xFF) {
                at++; // Data, or a fill byte.
            } else if (marker < 0xC0 || marker >= 0xD0 && marker <= 0xD7) {
                at += 2;
            } else {
                at += 2 + Math.max(2, (int) unsigned(file, at + 2, 2));
            }
        }
        throw endsEarly(file);
    }

    /** SOF0 to SOF15 without DHT, JPG and DAC, which share the range. */
    private static boolean isFrameHeader(int marker) {
        return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
    }

    /** Entropy-coded data stuffs every 0xFF, so an end marker after its start is a real one, whatever follows it. */
    private static void requireEndOfImage(ByteBuffer file, int dataAt) {
        for (int at = file.limit() - 2; at >= dataAt; at--) {
            if (file.get(at) == (byte) 0xFF && file.get(at + 1) == (byte) 0xD9) {
                return;
            }
        }
        throw endsEarly(file);
    }

    private static EngineException endsEarly(ByteBuffer file) {
        return broken("the JPEG ends early: " + file.limit() + " bytes and no end marker");
    }

    private void png(ByteBuffer file) {
        if (unsigned(file, 12, 4) != PNG_IHDR) {
            throw broken("the PNG does not start with its header");
        }
        sized(Kind.PNG, unsigned(file, 16, 4), unsigned(file, 20, 4));
        for (int at = file.limit() - 8; at >= 33; at--) {
            if (unsigned(file, at, 4) == PNG_IEND) {
                return;
            }
        }
        throw broken("the PNG ends early: " + file.limit() + " bytes and no end chunk");
    }

    private void webp(ByteBuffer file) {
        long size = littleEndian(file, 4, 4) + 8;
        if (size > file.limit()) {
            throw broken("the WebP ends early: " + file.limit() + " of " + size + " bytes");
        }
        long chunk = unsigned(file, 12, 4);
        if (chunk == VP8_EXTENDED) {
            sized(Kind.WEBP, littleEndian(file, 24, 3) + 1, littleEndian(file, 27, 3) + 1);
            return;
        }
        if (chunk == VP8_LOSSLESS) {
            long bits = littleEndian(file, 21, 4);
            sized(Kind.WEBP, (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1);
            return;
        }
        if (chunk == VP8_LOSSY) {
            sized(Kind.WEBP, littleEndian(file, 26, 2) & 0x3FFF, littleEndian(file, 28, 2) & 0x3FFF);
            return;
        }
        throw broken("the WebP holds no picture");
    }

    private void sized(Kind newKind, long width, long height) {
        if (width < 1 || height < 1 || width > Integer.MAX_VALUE || height > Integer.MAX_VALUE) {
            throw broken("the " + newKind + " claims a size of " + width + "x" + height + ", must be at least 1x1");
        }
        kind = newKind;
        widthPx = (int) width;
        heightPx = (int) height;
    }

    private static long unsigned(ByteBuffer file, int at, int count) {
        requireBytes(file, at, count);
        long value = 0;
        for (int i = 0; i < count; i++) {
            value = value << 8 | file.get(at + i) & 0xFF;
        }
        return value;
    }

    private static long littleEndian(ByteBuffer file, int at, int count) {
        requireBytes(file, at, count);
        long value = 0;
        for (int i = count - 1; i >= 0; i--) {
            value = value << 8 | file.get(at + i) & 0xFF;
        }
        return value;
    }

    private static void requireBytes(ByteBuffer file, int at, int count) {
        if (at + count > file.limit()) {
            throw broken("the encoded frame ends inside its header, after " + file.limit() + " bytes");
        }
    }

    private static EngineException broken(String message) {
        return new EngineException(ErrorCode.FRAME_DECODE, message);
    }
}
