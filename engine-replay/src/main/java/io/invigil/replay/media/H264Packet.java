package io.invigil.replay.media;

import java.nio.ByteBuffer;

/**
 * Tells of a packet of H.264 (ITU-T H.264, 7.3.1) whether other pictures are predicted from it. Nothing is lost by leaving out
 * one that no other needs: its frame number is not counted, and picture order follows reference pictures alone. Stateless.
 */
final class H264Packet {
    private static final int FIRST_SLICE = 1;
    private static final int LAST_SLICE = 5;
    private static final int SUPPLEMENT = 6;
    private static final int DELIMITER = 9;
    private static final int FILLER = 12;

    private H264Packet() {}

    /**
     * How many bytes state the length of each unit in a packet, from the stream's set-up data.
     *
     * @param extradata the decoder configuration record of ISO/IEC 14496-15, or parameter sets with start codes
     * @return 1 to 4, or 0 when units are told apart by start codes
     */
    static int lengthBytes(ByteBuffer extradata) {
        boolean record = extradata.remaining() >= 7 && extradata.get(extradata.position()) == 1;
        return record ? (extradata.get(extradata.position() + 4) & 3) + 1 : 0;
    }

    /**
     * True when the packet holds slices of pictures that no other refers to, and nothing else that is of use later.
     *
     * @param packet the bytes; its position is not moved. A packet that is damaged or out of the ordinary is no such packet
     * @param lengthBytes see {@link #lengthBytes}
     */
    static boolean isDisposable(ByteBuffer packet, int lengthBytes) {
        boolean slices = false;
        int at = lengthBytes == 0 ? afterStartCode(packet, packet.position()) : packet.position();
        while (at < packet.limit()) {
            long next;
            if (lengthBytes == 0) {
                next = afterStartCode(packet, at);
            } else {
                next = at + lengthBytes + length(packet, at, lengthBytes);
                at += lengthBytes;
            }
            if (at >= packet.limit() || lengthBytes > 0 && next > packet.limit()) {
                return false;
            }
            int head = packet.get(at);
            int type = head & 0x1F;
            boolean slice = type >= FIRST_SLICE && type <= LAST_SLICE;
            boolean referredTo = (head & 0x60) != 0;
            if (slice ? referredTo : type != SUPPLEMENT && type != DELIMITER && type != FILLER) {
                return false;
            }
            slices |= slice;
            at = (int) next;
        }
        return slices;
    }

    private static long length(ByteBuffer packet, int at, int bytes) {
        long length = 0;
        for (int i = at; i < at + bytes; i++) {
            length = length << 8 | (i < packet.limit() ? packet.get(i) & 0xFF : 0xFF);
        }
        return length;
    }

    /** The place after the next start code, or the limit. */
    private static int afterStartCode(ByteBuffer packet, int from) {
        int zeros = 0;
        for (int i = from; i < packet.limit(); i++) {
            int value = packet.get(i);
            if (value == 1 && zeros >= 2) {
                return i + 1;
            }
            zeros = value == 0 ? zeros + 1 : 0;
        }
        return packet.limit();
    }
}
