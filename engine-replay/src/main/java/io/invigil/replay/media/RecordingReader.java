package io.invigil.replay.media;

import static org.bytedeco.ffmpeg.avutil.AVFrame.AV_FRAME_FLAG_CORRUPT;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_frame;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_packet;
import static org.bytedeco.ffmpeg.global.avformat.av_read_frame;
import static org.bytedeco.ffmpeg.global.avformat.avio_tell;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EOF;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.presets.avutil.AVERROR_EAGAIN;

import io.invigil.api.Frame;
import io.invigil.report.log.RecordingInfo;
import java.nio.file.Path;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.ffmpeg.global.avcodec;

/**
 * Reads a recording straight through, frame by frame; it never seeks. Frames are shown as the engine takes them, with media
 * time counted from the first frame. Not thread-safe.
 *
 * <p>A frame lent by {@link #frame()} or {@link #bgrFrame()} belongs to the reader and is good until the next call of
 * {@link #next()}, of either method, or of {@link #close()}.
 */
public final class RecordingReader implements AutoCloseable {
    /** More threads than this bring a decoder nothing. */
    public static final int MAX_THREADS = 16;

    private static final int DAMAGED = avcodec.AV_PKT_FLAG_CORRUPT;
    /** Nothing is shown of such a packet, as of what a clip cut without coding it anew keeps from before its beginning. */
    private static final int UNSHOWN = avcodec.AV_PKT_FLAG_DISCARD;
    /** After so many packets a first frame has come out, however many threads decode. */
    private static final int PACKETS_TO_FIRST_FRAME = 64;

    private final OpenedStream stream;
    private final MediaClock clock;
    private final PictureView view;
    private final AVPacket packet = avcodec.av_packet_alloc();
    private final AVFrame picture = av_frame_alloc();
    private final AVRational timeBase;
    /** For frames without a time. */
    private final double spareFps;

    private boolean draining;
    private boolean readFailed;
    private long timestampNs;
    private long lastNs;
    private long shown;
    private long statedToNs;
    private long lastUnstatedNs;
    private long firstPacketNs = Long.MAX_VALUE;
    private long lastPacketNs = Long.MIN_VALUE;
    private long beginsNs = Long.MAX_VALUE;
    private long endsNs = Long.MIN_VALUE;
    private boolean clockless;
    private boolean closed;
    private long decoded;
    private long outOfOrder;
    private long damagedPackets;
    private long damagedFrames;
    private boolean lastPacketDamaged;
    private final UndueFrames undue;
    private long packets;
    private long notDecoded;

    private RecordingReader(OpenedStream stream, UndueFrames undue) {
        this.stream = stream;
        this.undue = undue;
        view = new PictureView(stream.isMirrored());
        timeBase = stream.stream().time_base();
        double fps = stream.info().nominalFps();
        spareFps = fps >= 1 && fps <= 240 ? fps : 30;
        clock = new MediaClock(Math.round(1e9 / spareFps));
    }

    /**
     * Opens a recording to decode it on the caller's thread.
     *
     * @throws RecordingException when it is missing, must not be read, or holds no video
     */
    public static RecordingReader open(Path file) throws RecordingException {
        return open(file, 1);
    }

    /**
     * Opens a recording. However many threads decode, the same frames come in the same order.
     *
     * @param decodingThreads threads FFmpeg may use, 1 to {@value #MAX_THREADS}; with more than one the decoder runs some
     *     frames ahead, where the format allows it
     * @throws RecordingException when it is missing, must not be read, or holds no video
     */
    public static RecordingReader open(Path file, int decodingThreads) throws RecordingException {
        return open(file, decodingThreads, 0);
    }

    /**
     * Opens a recording of which a {@link FrameSampler} takes frames. Those it surely leaves out are not decoded where nothing
     * depends on them, which is half of a usual H.264 file: {@link #next()} may pass over them, but over none that is due. Where
     * a packet is damaged, one slot may go without a frame.
     *
     * @param decodingThreads as above
     * @param fps the sampler's rate; 0 for every frame
     * @throws RecordingException when it is missing, must not be read, or holds no video
     */
    public static RecordingReader open(Path file, int decodingThreads, double fps) throws RecordingException {
        UndueFrames undue = new UndueFrames(fps);
        if (decodingThreads < 1 || decodingThreads > MAX_THREADS) {
            throw new IllegalArgumentException(
                    "decodingThreads is " + decodingThreads + ", must be in 1.." + MAX_THREADS);
        }
        return new RecordingReader(OpenedStream.open(file, decodingThreads), undue);
    }

    /** What the container says. */
    public RecordingInfo info() {
        return stream.info();
    }

    /** Decodes the next frame that has a place in media time; false at the end. */
    public boolean next() {
        requireOpen();
        while (true) {
            int answer = avcodec_receive_frame(stream.decoder(), picture);
            if (answer == 0) {
                decoded++;
                if ((picture.flags() & AV_FRAME_FLAG_CORRUPT) != 0 || picture.decode_error_flags() != 0) {
                    damagedFrames++;
                }
                long streamNs = stream.timeNs(picture);
                clockless |= streamNs == MediaClock.MISSING;
                long placed = clock.place(streamNs);
                if (placed != MediaClock.OUT_OF_ORDER) {
                    timestampNs = placed;
                    noteShown(placed, picture.duration());
                    return true;
                }
                outOfOrder++;
                undue.giveUp();
            } else if (answer == AVERROR_EOF || draining && answer == AVERROR_EAGAIN()) {
                return false;
            } else if (answer != AVERROR_EAGAIN()) {
                noteDamage();
                feed();
            } else {
                feed();
            }
        }
    }

    private void feed() {
        while (!draining) {
            int answer = av_read_frame(stream.format(), packet);
            if (answer < 0) {
                readFailed = answer != AVERROR_EOF || stream.inputFailed();
                draining = true;
                avcodec_send_packet(stream.decoder(), null);
                return;
            }
            noteTime(stream.timeNs(packet), stream.isSoundOrPicture(packet));
            boolean wanted = packet.stream_index() == stream.stream().index();
            if (wanted) {
                lastPacketDamaged = (packet.flags() & DAMAGED) != 0;
                if (passOver()) {
                    avcodec.av_packet_unref(packet);
                    continue;
                }
                boolean repeatsFrame = packet.size() == 0;
                boolean refused = !repeatsFrame && avcodec_send_packet(stream.decoder(), packet) < 0;
                if (refused || lastPacketDamaged) {
                    noteDamage();
                }
            }
            avcodec.av_packet_unref(packet);
            if (wanted) {
                return;
            }
        }
    }

    private void noteTime(long packetNs, boolean soundOrPicture) {
        if (packetNs != MediaClock.MISSING && (packet.flags() & UNSHOWN) == 0) {
            firstPacketNs = Math.min(firstPacketNs, packetNs);
            lastPacketNs = Math.max(lastPacketNs, packetNs);
            if (soundOrPicture) {
                beginsNs = Math.min(beginsNs, packetNs);
                endsNs = Math.max(endsNs, packetNs);
            }
        }
    }

    /** The first frame of a slot may be what was lost: from here on every frame is decoded. */
    private void noteDamage() {
        damagedPackets++;
        undue.giveUp();
    }

    /** Whether the packet holds a frame that nobody will ask for, neither the sampler nor the decoder. */
    private boolean passOver() {
        packets++;
        if (packets <= PACKETS_TO_FIRST_FRAME || decoded == 0) {
            return false; // Media time counts from the first frame shown.
        }
        if (clock.restarts() > 0 || lastPacketDamaged) {
            undue.giveUp();
        }
        if ((packet.flags() & UNSHOWN) != 0) {
            return false;
        }
        long streamNs = stream.timeNs(packet);
        long mediaNs = streamNs == MediaClock.MISSING ? streamNs : streamNs - clock.originNs();
        boolean key = (packet.flags() & avcodec.AV_PKT_FLAG_KEY) != 0;
        if (!undue.isUndue(mediaNs, Native.toNs(packet.dts(), timeBase), key) || !stream.isDisposable(packet)) {
            return false;
        }
        notDecoded++;
        clock.passOver(mediaNs);
        noteShown(mediaNs, packet.duration());
        return true;
    }

    private void noteShown(long mediaNs, long durationTicks) {
        shown++;
        lastNs = Math.max(lastNs, mediaNs);
        long statedNs = Native.toNs(durationTicks, timeBase);
        if (statedNs > 0) {
            statedToNs = Math.max(statedToNs, mediaNs + statedNs);
        } else {
            lastUnstatedNs = Math.max(lastUnstatedNs, mediaNs);
        }
    }

    /**
     * When the last picture gives way. Where that is not stated, it is shown as long as the others on average; were it as long
     * as any, one long pause would hide that as much is missing at the end.
     */
    private long shownToNs() {
        return Math.max(statedToNs, lastUnstatedNs + lastNs / Math.max(1, shown - 1));
    }

    /** Media time of the frame decoded last, in nanoseconds from the first frame. */
    public long timestampNs() {
        return timestampNs;
    }

    /** The frame decoded last, in the cheapest layout the engine takes. */
    public Frame frame() {
        requireOpen();
        return view.borrow(picture, stream.info().rotation(), timestampNs);
    }

    /** The frame decoded last as BGR. */
    public Frame bgrFrame() {
        requireOpen();
        return view.bgr(picture, stream.info().rotation(), timestampNs);
    }

    /** Frames decoded so far, those that could not be placed included. */
    public long decodedFrames() {
        return decoded;
    }

    /** Frames passed over without decoding them, because they were not due and no other frame depends on them. */
    public long notDecodedFrames() {
        return notDecoded;
    }

    /** Media time of the last frame met so far, decoded or not, in nanoseconds from the first frame. */
    public long endNs() {
        return lastNs;
    }

    /** How long the recording's sound, or another picture of it, went on before the first frame; 0 when it cannot be told. */
    public long beforeFirstNs() {
        return isOnOneClock() ? Math.max(0, clock.originNs() - beginsNs) : 0;
    }

    /** How long the sound, or another picture, went on after the last frame of a file read to its end; 0 when it cannot be told. */
    public long afterLastNs() {
        return draining && isOnOneClock() ? Math.max(0, endsNs - clock.originNs() - lastNs) : 0;
    }

    /** Where frames have no times, or the time started again, they cannot be held against those of the sound. */
    private boolean isOnOneClock() {
        return decoded > 0 && beginsNs <= endsNs && !clockless && clock.restarts() == 0;
    }

    /** Frames left out because their time is not after the frame before. */
    public long outOfOrderFrames() {
        return outOfOrder;
    }

    /** Packets that are not whole, or of which the decoder could make nothing. */
    public long damagedPackets() {
        return damagedPackets;
    }

    /** Frames decoded only in part; the rest of each is made up from others. Not every format tells. */
    public long damagedFrames() {
        return damagedFrames;
    }

    /** How many videos the file holds; one of them is read, and no other. */
    public int videos() {
        return stream.videos();
    }

    /** How many frames a second were assumed, because the file states no times; else 0. */
    public double assumedFps() {
        return stream.statesTimes() ? 0 : spareFps;
    }

    /** How often the stream's time started again, as when a recorder was restarted. */
    public long timeRestarts() {
        return clock.restarts();
    }

    /** How far the file has been read, 0 to 1. */
    public double progress() {
        RecordingInfo info = stream.info();
        double share = info.durationNs() > 0
                ? (double) lastNs / info.durationNs()
                : (double) Math.max(0, avio_tell(stream.format().pb())) / Math.max(1, info.sizeBytes());
        return Math.max(0, Math.min(1, share));
    }

    /** True when the end came too early: reading failed, or the file ends well before the length it states. */
    public boolean isTruncated() {
        if (!draining) {
            return false;
        }
        long stated = stream.info().durationNs();
        long slackNs = Math.max(2_000_000_000L, stated / 50);
        return readFailed
                || lastPacketDamaged
                || stream.isCutOff()
                || stated > 0 && stated - reachedNs(stated + slackNs) > slackNs;
    }

    /**
     * How far the recording goes, counted as the length it states, which holds the time for which the last picture is
     * shown. A container's length is that of all streams, so that of a longer sound track too, and counts from zero on its
     * clock, before the video begins perhaps; but where the clock is beyond any such length, it counts from the first packet.
     */
    private long reachedNs(long mostNs) {
        long shownToNs = shownToNs();
        if (stream.statesOwnLength() || lastPacketNs < firstPacketNs) {
            return shownToNs;
        }
        long endNs = Math.max(lastPacketNs, isOnOneClock() ? clock.originNs() + shownToNs : lastPacketNs);
        return Math.max(shownToNs, lastPacketNs > mostNs ? endNs - firstPacketNs : endNs);
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the recording is closed");
        }
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        view.close();
        av_frame_free(picture);
        avcodec.av_packet_free(packet);
        stream.close();
    }
}
