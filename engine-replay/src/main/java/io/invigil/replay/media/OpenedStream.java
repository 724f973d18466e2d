package io.invigil.replay.media;

import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_decoder;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_open2;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_to_context;
import static org.bytedeco.ffmpeg.global.avformat.AVFMT_DURATION_FROM_STREAM;
import static org.bytedeco.ffmpeg.global.avformat.AVFMT_NOTIMESTAMPS;
import static org.bytedeco.ffmpeg.global.avformat.AV_DISPOSITION_ATTACHED_PIC;
import static org.bytedeco.ffmpeg.global.avformat.AV_DISPOSITION_TIMED_THUMBNAILS;
import static org.bytedeco.ffmpeg.global.avformat.av_find_best_stream;
import static org.bytedeco.ffmpeg.global.avformat.av_find_input_format;
import static org.bytedeco.ffmpeg.global.avformat.avformat_close_input;
import static org.bytedeco.ffmpeg.global.avformat.avformat_find_stream_info;
import static org.bytedeco.ffmpeg.global.avformat.avformat_open_input;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_AUDIO;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_VIDEO;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_free;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_set;

import io.invigil.api.Rotation;
import io.invigil.replay.media.RecordingException.Problem;
import io.invigil.report.log.RecordingInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avcodec.AVPacketSideData;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVInputFormat;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;

/** An open container with a ready decoder for its video; owns both. */
final class OpenedStream implements AutoCloseable {
    /** Demuxers that take any text or picture for a video. */
    private static final Set<String> NOT_RECORDINGS =
            Set.of("tty", "image2", "image2pipe", "lavfi", "ico", "bin", "xbin");

    private static final int STILLS = AV_DISPOSITION_ATTACHED_PIC | AV_DISPOSITION_TIMED_THUMBNAILS;

    private final AVFormatContext format;
    private final AVCodecContext decoder;
    private final AVStream stream;
    private final RecordingInfo info;
    private final boolean cutOff;
    private final boolean mirrored;
    /** See {@link H264Packet#lengthBytes}; -1 for another format. */
    private final int lengthBytes;

    private OpenedStream(
            AVFormatContext format, AVCodecContext decoder, AVStream stream, RecordingInfo info, boolean cutOff) {
        this.format = format;
        this.cutOff = cutOff;
        lengthBytes = lengthBytes(stream.codecpar());
        mirrored = isMirrored(displayMatrix(stream.codecpar()));
        this.decoder = decoder;
        this.stream = stream;
        this.info = info;
    }

    static OpenedStream open(Path file, int decodingThreads) throws RecordingException {
        checkFile(file);
        AVFormatContext format = openContainer(file);
        AVCodecContext decoder = null;
        boolean done = false;
        try {
            AVStream stream = findVideo(format);
            decoder = openDecoder(stream, decodingThreads);
            RecordingInfo info = describe(file, format, stream, decoder);
            done = true;
            return new OpenedStream(format, decoder, stream, info, ContainerEnd.isCutOff(file, info.container()));
        } finally {
            if (!done) {
                if (decoder != null) {
                    avcodec_free_context(decoder);
                }
                avformat_close_input(format);
            }
        }
    }

    private static int lengthBytes(AVCodecParameters parameters) {
        // Two fields may make one frame: which of them is needed is not told here.
        if (parameters.codec_id() != avcodec.AV_CODEC_ID_H264
                || parameters.field_order() != avcodec.AV_FIELD_PROGRESSIVE) {
            return -1;
        }
        return parameters.extradata_size() == 0
                ? 0
                : H264Packet.lengthBytes(parameters
                        .extradata()
                        .capacity(parameters.extradata_size())
                        .asByteBuffer());
    }

    private static void checkFile(Path file) throws RecordingException {
        if (!Files.exists(file)) {
            throw new RecordingException(Problem.MISSING, "no such file");
        }
        if (!Files.exists(Path.of(file.toString()))) {
            throw new RecordingException(Problem.FAILED, "its name is not text in UTF-8, rename it");
        }
        if (!Files.isReadable(file)) {
            throw new RecordingException(Problem.NO_PERMISSION, "no permission to read it");
        }
        if (!Files.isRegularFile(file)) {
            throw new RecordingException(Problem.NOT_A_VIDEO, "not a file");
        }
        try {
            if (Files.size(file) == 0) {
                throw new RecordingException(Problem.ZERO_FRAMES, "the file is empty");
            }
        } catch (IOException failure) {
            throw new RecordingException(Problem.FAILED, "its size cannot be read");
        }
    }

    private static AVFormatContext openContainer(Path file) throws RecordingException {
        AVFormatContext format = new AVFormatContext(null);
        AVDictionary options = new AVDictionary(null);
        try (BytePointer url = Native.fileUrl(file)) {
            // Play lists and the like must not make a reader of local files open network connections.
            av_dict_set(options, "protocol_whitelist", "file", 0);
            // A recorder that started again earlier must not look like a clock that came round after a day.
            av_dict_set(options, "correct_ts_overflow", "0", 0);
            int answer = avformat_open_input(format, url, formatBySuffix(file), options);
            if (answer < 0) {
                throw new RecordingException(
                        Problem.NOT_A_VIDEO,
                        "not a video, or cut off before its index (" + Native.describe(answer) + ")");
            }
        } finally {
            av_dict_free(options);
        }
        String name = format.iformat().name().getString();
        if (NOT_RECORDINGS.contains(name) || name.endsWith("_pipe")) {
            avformat_close_input(format);
            throw new RecordingException(Problem.NOT_A_VIDEO, "not a video");
        }
        return format;
    }

    /** JPEG pictures in a row are taken for a single one by their content. */
    private static AVInputFormat formatBySuffix(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        return name.endsWith(".mjpeg") || name.endsWith(".mjpg") ? av_find_input_format("mjpeg") : null;
    }

    private static AVStream findVideo(AVFormatContext format) throws RecordingException {
        avformat_find_stream_info(format, (AVDictionary) null);
        int index = av_find_best_stream(format, AVMEDIA_TYPE_VIDEO, -1, -1, (AVCodec) null, 0);
        if (index < 0 || (format.streams(index).disposition() & AV_DISPOSITION_ATTACHED_PIC) != 0) {
            throw new RecordingException(Problem.NOT_A_VIDEO, "it holds no video stream");
        }
        return format.streams(index);
    }

    private static AVCodecContext openDecoder(AVStream stream, int threads) throws RecordingException {
        AVCodecParameters parameters = stream.codecpar();
        AVCodec codec = avcodec_find_decoder(parameters.codec_id());
        if (codec == null || codec.isNull()) {
            throw new RecordingException(Problem.NOT_A_VIDEO, "there is no decoder for its video");
        }
        AVCodecContext decoder = avcodec_alloc_context3(codec);
        avcodec_parameters_to_context(decoder, parameters);
        decoder.pkt_timebase(stream.time_base());
        decoder.thread_count(threads);
        int answer = avcodec_open2(decoder, codec, (AVDictionary) null);
        if (answer < 0) {
            avcodec_free_context(decoder);
            throw new RecordingException(
                    Problem.NOT_A_VIDEO, "its video cannot be decoded (" + Native.describe(answer) + ")");
        }
        return decoder;
    }

    private static RecordingInfo describe(Path file, AVFormatContext format, AVStream stream, AVCodecContext decoder)
            throws RecordingException {
        AVCodecParameters parameters = stream.codecpar();
        long durationNs = -1;
        // Else FFmpeg reckoned it, from the bit rate or from the last time, before which the clock may have gone back.
        if (format.duration_estimation_method() == AVFMT_DURATION_FROM_STREAM) {
            long ownNs = stream.duration() > 0 ? Native.toNs(stream.duration(), stream.time_base()) : -1;
            durationNs = ownNs > 0 ? ownNs : format.duration() > 0 ? format.duration() * 1_000 : -1;
        }
        try {
            return new RecordingInfo(
                    format.iformat().name().getString(),
                    avcodec.avcodec_get_name(parameters.codec_id()).getString(),
                    parameters.width(),
                    parameters.height(),
                    rotation(displayMatrix(parameters)),
                    durationNs,
                    fps(format, stream, decoder),
                    Files.size(file));
        } catch (IOException failure) {
            throw new RecordingException(Problem.FAILED, "its size cannot be read");
        }
    }

    /** Where there are no times, FFmpeg states a rate of its own; the bit stream's is better. */
    private static double fps(AVFormatContext format, AVStream stream, AVCodecContext decoder) {
        double ofBitStream = statesTimes(format, stream) ? 0 : Native.rate(decoder.framerate());
        return ofBitStream > 0 ? ofBitStream : Native.rate(stream.avg_frame_rate());
    }

    /** False of a bare video; but the pictures of MPEG-4 carry their times themselves. */
    private static boolean statesTimes(AVFormatContext format, AVStream stream) {
        return (format.iformat().flags() & AVFMT_NOTIMESTAMPS) == 0
                || stream.codecpar().codec_id() == avcodec.AV_CODEC_ID_MPEG4;
    }

    /** The nearest quarter turn clockwise of a display matrix, all zeros when there is none, before it is mirrored perhaps. */
    private static Rotation rotation(int[] matrix) {
        double counterClockwise;
        try (IntPointer turned = new IntPointer(matrix)) {
            if (isMirrored(matrix)) {
                // Of a mirrored picture no true turn is told: half a one where only left and right are exchanged.
                avutil.av_display_matrix_flip(turned, 1, 0);
            }
            counterClockwise = avutil.av_display_rotation_get(turned);
        }
        return Double.isNaN(counterClockwise)
                ? Rotation.NONE
                : Rotation.ofDegrees((int) Math.round(-counterClockwise / 90) * 90);
    }

    private static int[] displayMatrix(AVCodecParameters parameters) {
        int[] numbers = new int[9];
        AVPacketSideData matrix = avcodec.av_packet_side_data_get(
                parameters.coded_side_data(), parameters.nb_coded_side_data(), avcodec.AV_PKT_DATA_DISPLAYMATRIX);
        if (matrix != null && !matrix.isNull() && matrix.size() >= 4 * numbers.length) {
            new IntPointer(matrix.data()).get(numbers);
        }
        return numbers;
    }

    private static boolean isMirrored(int[] matrix) {
        return (double) matrix[0] * matrix[4] - (double) matrix[1] * matrix[3] < 0;
    }

    /** True when the picture is to be shown with left and right exchanged, after it is turned. */
    boolean isMirrored() {
        return mirrored;
    }

    AVFormatContext format() {
        return format;
    }

    AVCodecContext decoder() {
        return decoder;
    }

    AVStream stream() {
        return stream;
    }

    /** True when nothing depends on the frame in this packet; only ever told of H.264. */
    boolean isDisposable(AVPacket packet) {
        return lengthBytes >= 0
                && packet.size() > 0
                && H264Packet.isDisposable(packet.data().capacity(packet.size()).asByteBuffer(), lengthBytes);
    }

    /** False when no picture has a time but what FFmpeg makes up. */
    boolean statesTimes() {
        return statesTimes(format, stream);
    }

    /** When a packet of any stream is shown, on the container's own clock; {@link MediaClock#MISSING} when that is not stated. */
    long timeNs(AVPacket packet) {
        return timeNs(packet.pts(), format.streams(packet.stream_index()));
    }

    /** When a frame of the video is shown, in the same way. */
    long timeNs(AVFrame picture) {
        return timeNs(picture.best_effort_timestamp(), stream);
    }

    private long timeNs(long ticks, AVStream of) {
        return statesTimes() ? Native.toNs(ticks, of.time_base()) : MediaClock.MISSING;
    }

    /**
     * True when the length that is stated is the video's own, not that of all streams together, which FFmpeg puts in the place of
     * one that is missing.
     */
    boolean statesOwnLength() {
        return stream.duration() > 0
                && (format.nb_streams() == 1
                        || Native.toNs(stream.duration(), stream.time_base()) / 1_000 < format.duration() - 1);
    }

    /** True for a packet of sound or of a moving picture: chapters, captions and covers say nothing of when a recording ran. */
    boolean isSoundOrPicture(AVPacket packet) {
        AVStream of = format.streams(packet.stream_index());
        return of.codecpar().codec_type() == AVMEDIA_TYPE_AUDIO || isVideo(of);
    }

    /** How many videos the file holds, pictures of its cover apart; only one of them is read. */
    int videos() {
        int videos = 0;
        for (int i = 0; i < format.nb_streams(); i++) {
            videos += isVideo(format.streams(i)) ? 1 : 0;
        }
        return videos;
    }

    private static boolean isVideo(AVStream stream) {
        return stream.codecpar().codec_type() == AVMEDIA_TYPE_VIDEO && (stream.disposition() & STILLS) == 0;
    }

    RecordingInfo info() {
        return info;
    }

    /** True when the file ends inside one of its container's elements. */
    boolean isCutOff() {
        return cutOff;
    }

    /** True when the file below the container could not be read. */
    boolean inputFailed() {
        return format.pb() != null && !format.pb().isNull() && format.pb().error() < 0;
    }

    @Override
    public void close() {
        avcodec_free_context(decoder);
        avformat_close_input(format);
    }
}
