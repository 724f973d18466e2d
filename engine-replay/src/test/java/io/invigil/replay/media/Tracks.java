package io.invigil.replay.media;

import static org.bytedeco.ffmpeg.global.avcodec.av_new_packet;
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
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_AUDIO;
import static org.bytedeco.ffmpeg.global.avutil.av_channel_layout_default;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.javacpp.BytePointer;

/** Files made of the videos of others, beside each other, without coding them anew. */
public final class Tracks {
    private static final int SAMPLE_RATE = 8_000;

    private Tracks() {}

    /** The first video of a file: so many packets, in the order of storage, from this time on. */
    public record Track(Path video, int packets, long beginMs) {}

    public static Path write(Path file, String container, Track... tracks) {
        return write(file, container, 0, tracks);
    }

    /** With silence beside the videos, from the beginning on, as the last track. */
    public static Path writeWithSound(Path file, String container, int soundSeconds, Track... tracks) {
        return write(file, container, soundSeconds, tracks);
    }

    private static Path write(Path file, String container, int soundSeconds, Track... tracks) {
        List<AVFormatContext> inputs = new ArrayList<>();
        AVFormatContext out = new AVFormatContext(null);
        try (BytePointer to = Native.fileUrl(file)) {
            check(avformat_alloc_output_context2(out, null, container, null));
            for (Track track : tracks) {
                AVFormatContext in = open(track.video());
                inputs.add(in);
                AVStream stream = avformat_new_stream(out, null);
                check(avcodec_parameters_copy(stream.codecpar(), in.streams(0).codecpar()));
                stream.codecpar().codec_tag(0);
            }
            if (soundSeconds > 0) {
                addSound(out);
            }
            AVIOContext io = new AVIOContext(null);
            check(avio_open(io, to, AVIO_FLAG_WRITE));
            out.pb(io);
            check(avformat_write_header(out, (AVDictionary) null));
            silence(out, tracks.length, soundSeconds);
            for (int i = 0; i < tracks.length; i++) {
                copy(inputs.get(i), out, i, tracks[i]);
            }
            check(av_write_trailer(out));
        } finally {
            inputs.forEach(in -> avformat_close_input(in));
            if (!out.isNull()) {
                avio_closep(out.pb());
                avformat_free_context(out);
            }
        }
        return file;
    }

    private static AVFormatContext open(Path video) {
        AVFormatContext in = new AVFormatContext(null);
        try (BytePointer from = Native.fileUrl(video)) {
            check(avformat_open_input(in, from, null, null));
            check(avformat_find_stream_info(in, (AVDictionary) null));
        }
        return in;
    }

    private static void addSound(AVFormatContext out) {
        AVStream sound = avformat_new_stream(out, null);
        sound.codecpar().codec_type(AVMEDIA_TYPE_AUDIO);
        sound.codecpar().codec_id(avcodec.AV_CODEC_ID_PCM_S16LE);
        sound.codecpar().sample_rate(SAMPLE_RATE);
        sound.codecpar().bits_per_coded_sample(16);
        sound.codecpar().block_align(2);
        av_channel_layout_default(sound.codecpar().ch_layout(), 1);
    }

    private static void silence(AVFormatContext out, int index, int seconds) {
        for (int second = 0; second < seconds; second++) {
            AVPacket packet = av_packet_alloc();
            try {
                check(av_new_packet(packet, SAMPLE_RATE * 2));
                packet.data().capacity(packet.size()).put(new byte[packet.size()]);
                long ticks = (long) second
                        * out.streams(index).time_base().den()
                        / out.streams(index).time_base().num();
                packet.pts(ticks).dts(ticks).stream_index(index);
                check(av_interleaved_write_frame(out, packet));
            } finally {
                av_packet_free(packet);
            }
        }
    }

    private static void copy(AVFormatContext in, AVFormatContext out, int index, Track track) {
        AVPacket packet = av_packet_alloc();
        AVStream from = in.streams(0);
        AVStream to = out.streams(index);
        try {
            int left = track.packets();
            while (left > 0 && av_read_frame(in, packet) >= 0) {
                if (packet.stream_index() == 0) {
                    left--;
                    av_packet_rescale_ts(packet, from.time_base(), to.time_base());
                    long ticks = track.beginMs() * to.time_base().den() / 1000;
                    packet.pts(packet.pts() + ticks).dts(packet.dts() + ticks);
                    packet.stream_index(index);
                    check(av_interleaved_write_frame(out, packet));
                } else {
                    av_packet_unref(packet);
                }
            }
        } finally {
            av_packet_free(packet);
        }
    }

    private static void check(int answer) {
        if (answer < 0) {
            throw new IllegalStateException(Native.describe(answer));
        }
    }
}
