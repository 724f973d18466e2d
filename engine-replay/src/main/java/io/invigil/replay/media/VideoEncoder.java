package io.invigil.replay.media;

import static org.bytedeco.ffmpeg.avformat.AVFormatContext.AVFMT_FLAG_BITEXACT;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_FLAG_BITEXACT;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_FLAG_GLOBAL_HEADER;
import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_DATA_DISPLAYMATRIX;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_rescale_ts;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_side_data_new;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_encoder_by_name;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_open2;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_from_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_packet;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_frame;
import static org.bytedeco.ffmpeg.global.avformat.AVFMT_GLOBALHEADER;
import static org.bytedeco.ffmpeg.global.avformat.AVIO_FLAG_WRITE;
import static org.bytedeco.ffmpeg.global.avformat.av_interleaved_write_frame;
import static org.bytedeco.ffmpeg.global.avformat.av_write_trailer;
import static org.bytedeco.ffmpeg.global.avformat.avformat_alloc_output_context2;
import static org.bytedeco.ffmpeg.global.avformat.avformat_free_context;
import static org.bytedeco.ffmpeg.global.avformat.avformat_new_stream;
import static org.bytedeco.ffmpeg.global.avformat.avformat_write_header;
import static org.bytedeco.ffmpeg.global.avformat.avio_closep;
import static org.bytedeco.ffmpeg.global.avformat.avio_open;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_RANGE_MPEG;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_SPC_SMPTE170M;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_BGR24;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV420P;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_free;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_set;
import static org.bytedeco.ffmpeg.global.avutil.av_display_rotation_set;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_get_buffer;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_make_writable;
import static org.bytedeco.ffmpeg.global.avutil.av_make_q;
import static org.bytedeco.ffmpeg.global.swscale.SWS_ACCURATE_RND;
import static org.bytedeco.ffmpeg.global.swscale.SWS_BILINEAR;
import static org.bytedeco.ffmpeg.global.swscale.sws_freeContext;
import static org.bytedeco.ffmpeg.global.swscale.sws_getCachedContext;
import static org.bytedeco.ffmpeg.global.swscale.sws_scale;

import io.invigil.api.Rotation;
import io.invigil.replay.media.RecordingException.Problem;
import java.nio.file.Path;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avcodec.AVPacketSideData;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.swscale.SwsContext;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.PointerPointer;

/**
 * Writes pictures to a recording, with the timestamps given: a jump in them stays a jump. One thread encodes and nothing
 * of the machine or the date goes into the file, so the same pictures give the same file. Not thread-safe.
 */
public final class VideoEncoder implements AutoCloseable {
    private static final int TICKS_PER_SECOND = 1000;
    private static final int KEY_FRAME_SECONDS = 4;

    private final VideoSettings settings;
    private final AVFormatContext format;
    private final AVCodecContext encoder;
    private final AVStream stream;
    private final AVFrame picture = av_frame_alloc();
    private final AVPacket packet = av_packet_alloc();
    private final BytePointer source;
    private SwsContext scaler;
    private boolean finished;
    private boolean closed;

    private VideoEncoder(VideoSettings settings, AVFormatContext format, AVCodecContext encoder, AVStream stream) {
        this.settings = settings;
        this.format = format;
        this.encoder = encoder;
        this.stream = stream;
        picture.format(AV_PIX_FMT_YUV420P).width(settings.widthPx()).height(settings.heightPx());
        picture.color_range(AVCOL_RANGE_MPEG).colorspace(AVCOL_SPC_SMPTE170M);
        av_frame_get_buffer(picture, 0);
        source = new BytePointer((long) settings.widthPx() * settings.heightPx() * 3 + 64);
    }

    /**
     * Starts a file; one that is there is replaced.
     *
     * @throws RecordingException when there is no such encoder or the file cannot be written
     */
    public static VideoEncoder create(Path file, VideoSettings settings) throws RecordingException {
        AVFormatContext format = new AVFormatContext(null);
        AVCodecContext encoder = null;
        boolean done = false;
        try (BytePointer url = Native.fileUrl(file);
                BytePointer container = new BytePointer(settings.container())) {
            check(avformat_alloc_output_context2(format, null, container, url), "no such container");
            AVCodec codec = avcodec_find_encoder_by_name(settings.encoder());
            if (codec == null || codec.isNull()) {
                throw new RecordingException(Problem.FAILED, "there is no encoder " + settings.encoder());
            }
            encoder = openEncoder(codec, format, settings);
            AVStream stream = avformat_new_stream(format, codec);
            stream.time_base(encoder.time_base());
            check(avcodec_parameters_from_context(stream.codecpar(), encoder), "the stream cannot be described");
            setRotation(stream.codecpar(), settings.rotation());
            AVIOContext out = new AVIOContext(null);
            check(avio_open(out, url, AVIO_FLAG_WRITE), "the file cannot be written");
            format.pb(out);
            format.flags(format.flags() | AVFMT_FLAG_BITEXACT);
            AVDictionary options = new AVDictionary(null);
            settings.containerOptions().forEach((name, value) -> av_dict_set(options, name, value, 0));
            int answer = avformat_write_header(format, options);
            av_dict_free(options);
            check(answer, "the container refuses the stream");
            done = true;
            return new VideoEncoder(settings, format, encoder, stream);
        } finally {
            if (!done) {
                release(format, encoder);
            }
        }
    }

    private static AVCodecContext openEncoder(AVCodec codec, AVFormatContext format, VideoSettings settings)
            throws RecordingException {
        AVCodecContext encoder = avcodec_alloc_context3(codec);
        encoder.width(settings.widthPx()).height(settings.heightPx()).pix_fmt(AV_PIX_FMT_YUV420P);
        encoder.time_base(av_make_q(1, TICKS_PER_SECOND));
        encoder.framerate(av_make_q((int) Math.round(settings.framesPerSecond() * 1000), 1000));
        encoder.gop_size((int) Math.max(1, Math.round(settings.framesPerSecond() * KEY_FRAME_SECONDS)));
        encoder.bit_rate(settings.bitRate());
        encoder.color_range(AVCOL_RANGE_MPEG).colorspace(AVCOL_SPC_SMPTE170M);
        encoder.thread_count(1);
        encoder.flags(encoder.flags() | AV_CODEC_FLAG_BITEXACT);
        if ((format.oformat().flags() & AVFMT_GLOBALHEADER) != 0) {
            encoder.flags(encoder.flags() | AV_CODEC_FLAG_GLOBAL_HEADER);
        }
        AVDictionary options = new AVDictionary(null);
        settings.options().forEach((name, value) -> av_dict_set(options, name, value, 0));
        int answer = avcodec_open2(encoder, codec, options);
        av_dict_free(options);
        if (answer < 0) {
            avcodec_free_context(encoder);
        }
        check(answer, "the encoder does not start");
        return encoder;
    }

    private static void setRotation(AVCodecParameters parameters, Rotation rotation) {
        if (rotation == Rotation.NONE) {
            return;
        }
        AVPacketSideData all = new AVPacketSideData(parameters.coded_side_data());
        int[] count = {parameters.nb_coded_side_data()};
        AVPacketSideData added = av_packet_side_data_new(all, count, AV_PKT_DATA_DISPLAYMATRIX, 36, 0);
        av_display_rotation_set(new IntPointer(added.data()), rotation.degrees());
        parameters.coded_side_data(all);
        parameters.nb_coded_side_data(count[0]);
    }

    /**
     * Writes one picture.
     *
     * @param bgr packed rows without padding, blue, green, red
     * @param timestampNs media time, later than the picture before by at least a millisecond
     */
    public void write(byte[] bgr, long timestampNs) throws RecordingException {
        requireOpen();
        int width = settings.widthPx();
        int height = settings.heightPx();
        if (bgr.length != width * height * 3) {
            throw new IllegalArgumentException("bgr has " + bgr.length + " bytes, must be " + width * height * 3);
        }
        source.position(0).put(bgr, 0, bgr.length);
        check(av_frame_make_writable(picture), "no memory for a picture");
        scaler = sws_getCachedContext(
                scaler,
                width,
                height,
                AV_PIX_FMT_BGR24,
                width,
                height,
                AV_PIX_FMT_YUV420P,
                SWS_BILINEAR | SWS_ACCURATE_RND,
                null,
                null,
                (DoublePointer) null);
        try (PointerPointer<BytePointer> planes = new PointerPointer<>(4);
                IntPointer strides = new IntPointer(4L)) {
            planes.put(0, source);
            strides.put(0, width * 3);
            sws_scale(scaler, planes, strides, 0, height, new PointerPointer<>(picture), picture.linesize());
        }
        picture.pts(Math.round(timestampNs / 1e9 * TICKS_PER_SECOND));
        encode(picture);
    }

    /** Writes what the encoder still holds and ends the file. */
    public void finish() throws RecordingException {
        requireOpen();
        if (!finished) {
            finished = true;
            encode(null);
            check(av_write_trailer(format), "the file cannot be finished");
        }
    }

    private void encode(AVFrame frame) throws RecordingException {
        check(avcodec_send_frame(encoder, frame), "the encoder refuses a picture");
        while (avcodec_receive_packet(encoder, packet) >= 0) {
            // Players and readers drop a last frame that lasts no time.
            packet.duration(Math.max(1, Math.round(TICKS_PER_SECOND / settings.framesPerSecond())));
            av_packet_rescale_ts(packet, encoder.time_base(), stream.time_base());
            packet.stream_index(stream.index());
            check(av_interleaved_write_frame(format, packet), "the file cannot be written");
        }
    }

    private static void check(int answer, String what) throws RecordingException {
        if (answer < 0) {
            throw new RecordingException(Problem.FAILED, what + " (" + Native.describe(answer) + ")");
        }
    }

    private static void release(AVFormatContext format, AVCodecContext encoder) {
        if (encoder != null) {
            avcodec_free_context(encoder);
        }
        if (format.isNull()) {
            return;
        }
        if (format.pb() != null && !format.pb().isNull()) {
            avio_closep(format.pb());
        }
        avformat_free_context(format);
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the recording is closed");
        }
    }

    /** Frees everything; without {@link #finish()} before, the file ends in the middle. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        sws_freeContext(scaler);
        source.close();
        av_frame_free(picture);
        av_packet_free(packet);
        release(format, encoder);
    }
}
