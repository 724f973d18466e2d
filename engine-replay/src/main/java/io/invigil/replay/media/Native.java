package io.invigil.replay.media;

import static org.bytedeco.ffmpeg.global.avutil.AV_LOG_QUIET;
import static org.bytedeco.ffmpeg.global.avutil.av_log_set_level;
import static org.bytedeco.ffmpeg.global.avutil.av_strerror;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;

/** The few conversions both directions of FFmpeg need. */
final class Native {
    private static final BigInteger NS = BigInteger.valueOf(1_000_000_000L);

    static {
        av_log_set_level(AV_LOG_QUIET);
    }

    private Native() {}

    /** The file as FFmpeg wants it: as UTF-8 bytes, and marked as a file so that no name is taken for a network address. */
    static BytePointer fileUrl(Path file) {
        byte[] text = ("file:" + file.toAbsolutePath() + '\0').getBytes(StandardCharsets.UTF_8);
        return new BytePointer(text);
    }

    /** Ticks of a time base as nanoseconds, rounded; {@link MediaClock#MISSING} where there is no timestamp. */
    static long toNs(long ticks, AVRational timeBase) {
        if (ticks == avutil.AV_NOPTS_VALUE || timeBase.den() <= 0 || timeBase.num() <= 0) {
            return MediaClock.MISSING;
        }
        BigInteger[] parts = BigInteger.valueOf(ticks)
                .multiply(BigInteger.valueOf(timeBase.num()))
                .multiply(NS)
                .multiply(BigInteger.TWO)
                .add(BigInteger.valueOf(timeBase.den()))
                .divideAndRemainder(BigInteger.valueOf(2L * timeBase.den()));
        BigInteger ns = parts[1].signum() < 0 ? parts[0].subtract(BigInteger.ONE) : parts[0];
        return ns.bitLength() > 62 ? MediaClock.MISSING : ns.longValue();
    }

    /** A rate in units a second, 0 when it is not known. */
    static double rate(AVRational rational) {
        return rational.den() <= 0 || rational.num() <= 0 ? 0 : (double) rational.num() / rational.den();
    }

    /** FFmpeg's own words for an error code. */
    static String describe(int code) {
        byte[] text = new byte[128];
        av_strerror(code, text, text.length);
        int length = 0;
        while (length < text.length && text[length] != 0) {
            length++;
        }
        return new String(text, 0, length, StandardCharsets.UTF_8);
    }
}
