package io.invigil.replay.media;

import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_rescale_ts;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_copy;
import static org.bytedeco.ffmpeg.global.avformat.AVIO_FLAG_WRITE;
import static org.bytedeco.ffmpeg.global.avformat.av_interleaved_write_frame;
import static org.bytedeco.ffmpeg.global.avformat.av_read_frame;
import static org.bytedeco.ffmpeg.global.avformat.av_write_trailer;
import static org.bytedeco.ffmpeg.global.avformat.avformat_alloc_output_context2;
import static org.bytedeco.ffmpeg.global.avformat.avformat_close_input;
import static org.bytedeco.ffmpeg.global.avformat.avformat_find_stream_info;
import static org.bytedeco.ffmpeg.global.avformat.avformat_free_context;
import static org.bytedeco.ffmpeg.global.avformat.avformat_new_stream;
import static org.bytedeco.ffmpeg.global.avformat.avformat_open_input;
import static org.bytedeco.ffmpeg.global.avformat.avformat_write_header;
import static org.bytedeco.ffmpeg.global.avformat.avio_closep;
import static org.bytedeco.ffmpeg.global.avformat.avio_open;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_VIDEO;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.javacpp.BytePointer;

/** Recordings whose time jumps: stretches of one video behind each other in an MPEG-TS file, each with a beginning of its own. */
public final class JoinedRecording {
    private JoinedRecording() {}

    /** A stretch from the video's beginning: so many packets, in the order of storage, from this time on. */
    public record Stretch(int packets, long beginMs) {}

    /** Writes the file; the video is not coded anew. */
    public static Path write(Path video, Path file, Stretch... stretches) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            for (Stretch stretch : stretches) {
                Path part = file.resolveSibling("part.ts");
                copy(video, part, stretch);
                Files.copy(part, out);
            }
        }
        return file;
    }

    private static void copy(Path video, Path part, Stretch stretch) {
        AVFormatContext in = new AVFormatContext(null);
        AVFormatContext out = new AVFormatContext(null);
        AVPacket packet = av_packet_alloc();
        try (BytePointer from = Native.fileUrl(video);
                BytePointer to = Native.fileUrl(part)) {
            check(avformat_open_input(in, from, null, null));
            check(avformat_find_stream_info(in, (AVDictionary) null));
            int index = 0;
            while (in.streams(index).codecpar().codec_type() != AVMEDIA_TYPE_VIDEO) {
                index++;
            }
            check(avformat_alloc_output_context2(out, null, "mpegts", null));
            AVStream stream = avformat_new_stream(out, null);
            check(avcodec_parameters_copy(stream.codecpar(), in.streams(index).codecpar()));
            stream.codecpar().codec_tag(0);
            AVIOContext io = new AVIOContext(null);
            check(avio_open(io, to, AVIO_FLAG_WRITE));
            out.pb(io);
            check(avformat_write_header(out, (AVDictionary) null));
            int left = stretch.packets();
            while (left > 0 && av_read_frame(in, packet) >= 0) {
                if (packet.stream_index() == index) {
                    left--;
                    av_packet_rescale_ts(packet, in.streams(index).time_base(), stream.time_base());
                    long ticks = stretch.beginMs() * stream.time_base().den() / 1000;
                    packet.pts(packet.pts() + ticks).dts(packet.dts() + ticks);
                    packet.stream_index(0);
                    check(av_interleaved_write_frame(out, packet));
                } else {
                    av_packet_unref(packet);
                }
            }
            check(av_write_trailer(out));
        } finally {
            av_packet_free(packet);
            avformat_close_input(in);
            if (!out.isNull()) {
                avio_closep(out.pb());
                avformat_free_context(out);
            }
        }
    }

    private static void check(int answer) {
        if (answer < 0) {
            throw new IllegalStateException(Native.describe(answer));
        }
    }
}
