package io.invigil.replay.media;

import static org.bytedeco.ffmpeg.global.avcodec.av_bsf_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_bsf_init;
import static org.bytedeco.ffmpeg.global.avcodec.av_bsf_list_parse_str;
import static org.bytedeco.ffmpeg.global.avcodec.av_bsf_receive_packet;
import static org.bytedeco.ffmpeg.global.avcodec.av_bsf_send_packet;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_copy;
import static org.bytedeco.ffmpeg.global.avformat.av_read_frame;
import static org.bytedeco.ffmpeg.global.avformat.avformat_close_input;
import static org.bytedeco.ffmpeg.global.avformat.avformat_find_stream_info;
import static org.bytedeco.ffmpeg.global.avformat.avformat_open_input;

import io.invigil.api.Rotation;
import io.invigil.replay.TestVideos;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.bytedeco.ffmpeg.avcodec.AVBSFContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.javacpp.BytePointer;

/** Bare H.264 as an encoder gives it, without a container and so without times. */
public final class RawVideo {
    private RawVideo() {}

    /** So many seconds at 15 frames a second, of which the bit stream says nothing. */
    public static Path h264(Path file, int seconds) throws RecordingException {
        VideoSettings settings = new VideoSettings(
                "h264", "libopenh264", TestVideos.WIDTH, TestVideos.HEIGHT, 15, 400_000, Rotation.NONE, Map.of());
        return TestVideos.write(file, settings, TestVideos.steady(15, seconds));
    }

    /** The same video with a rate stated in its parameter sets. */
    public static Path stateRate(Path video, Path file, int framesPerSecond) throws IOException {
        AVFormatContext in = new AVFormatContext(null);
        AVBSFContext filter = new AVBSFContext(null);
        AVPacket packet = av_packet_alloc();
        // H.264 counts two ticks a frame.
        String setting = "h264_metadata=tick_rate=" + 2 * framesPerSecond;
        try (BytePointer from = Native.fileUrl(video);
                OutputStream out = Files.newOutputStream(file)) {
            check(avformat_open_input(in, from, null, null));
            check(avformat_find_stream_info(in, (AVDictionary) null));
            check(av_bsf_list_parse_str(setting, filter));
            check(avcodec_parameters_copy(filter.par_in(), in.streams(0).codecpar()));
            check(av_bsf_init(filter));
            while (av_read_frame(in, packet) >= 0) {
                check(av_bsf_send_packet(filter, packet));
                while (av_bsf_receive_packet(filter, packet) >= 0) {
                    byte[] bytes = new byte[packet.size()];
                    packet.data().get(bytes);
                    out.write(bytes);
                    av_packet_unref(packet);
                }
            }
        } finally {
            av_packet_free(packet);
            av_bsf_free(filter);
            avformat_close_input(in);
        }
        return file;
    }

    private static void check(int answer) {
        if (answer < 0) {
            throw new IllegalStateException(Native.describe(answer));
        }
    }
}
