package io.invigil.replay.media;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Finds out whether a file ends inside one of its container's elements, as it does when a recorder or a copy was cut
 * short. Demuxers pass over this in silence where the container states no length. Knows MP4 and its kin (ISO/IEC 14496-12
 * boxes) and Matroska with WebM (EBML, RFC 8794 and 9559); says nothing about others.
 */
final class ContainerEnd {
    private static final long SEGMENT = 0x18538067L;
    private static final long CLUSTER = 0x1F43B675L;
    private static final int MOVIE_FRAGMENT = 0x6d6f6f66; // "moof"
    private static final long UNKNOWN_SIZE = -1;
    /** Fewer bytes than a box's header, or than a block of any picture. */
    private static final int STRAY_BYTES = 8;

    private final FileChannel file;
    private final long end;
    private final ByteBuffer window = ByteBuffer.allocate(16);
    private long position;

    private ContainerEnd(FileChannel file) throws IOException {
        this.file = file;
        end = file.size();
    }

    /** True when the file is known to be cut off; false also when it cannot be told. */
    static boolean isCutOff(Path path, String container) {
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ)) {
            ContainerEnd check = new ContainerEnd(file);
            if (container.contains("mp4")) {
                return check.boxesAreCutOff();
            }
            return container.contains("matroska") && check.elementsAreCutOff();
        } catch (IOException unreadable) {
            return false;
        }
    }

    private boolean boxesAreCutOff() throws IOException {
        boolean fragmented = false;
        while (end - position >= 8) {
            fill();
            long size = window.getInt() & 0xffffffffL;
            int type = window.getInt();
            fragmented |= type == MOVIE_FRAGMENT;
            if (size == 1 && window.remaining() >= 8) {
                size = window.getLong();
            }
            if (size == 0) {
                // A last box may go on to the end of the file. Zeros in its place say that nothing was written there.
                return fragmented && type == 0;
            }
            if (size < 8 || size > end - position) {
                return true;
            }
            position += size;
        }
        // Bytes that are no whole header belong to nobody, unless the next fragment may have begun there.
        fill();
        return fragmented && window.hasRemaining() && window.get() == 0;
    }

    private boolean elementsAreCutOff() throws IOException {
        long segmentEnd = Long.MAX_VALUE;
        while (position < end) {
            long at = position;
            fill();
            if (!window.hasRemaining()) {
                return true;
            }
            long id = identifier();
            boolean beginsNothing = at >= segmentEnd || Integer.numberOfLeadingZeros(window.get(0) & 255) - 24 > 3;
            if (beginsNothing && end - at < STRAY_BYTES) {
                return false;
            }
            long size = size();
            if (id < 0 || size < UNKNOWN_SIZE) {
                return true;
            }
            position = at + window.position();
            boolean stepInside = id == SEGMENT || id == CLUSTER;
            if (id == SEGMENT && size != UNKNOWN_SIZE) {
                segmentEnd = position + size;
            }
            if (size == UNKNOWN_SIZE && !stepInside) {
                return false;
            }
            if (size != UNKNOWN_SIZE && size > end - position) {
                return true;
            }
            if (!stepInside || id == CLUSTER && size != UNKNOWN_SIZE) {
                position += size;
            }
        }
        return false;
    }

    /** An element's identifier with its length marker, or -1 when the file ends inside it. */
    private long identifier() {
        int first = window.get() & 255;
        int more = Integer.numberOfLeadingZeros(first) - 24;
        if (more > 3 || window.remaining() < more) {
            return -1;
        }
        long id = first;
        for (int i = 0; i < more; i++) {
            id = id << 8 | window.get() & 255;
        }
        return id;
    }

    /** An element's size, {@link #UNKNOWN_SIZE}, or less when the file ends inside it. */
    private long size() {
        if (!window.hasRemaining()) {
            return -2;
        }
        int first = window.get() & 255;
        int more = Integer.numberOfLeadingZeros(first) - 24;
        if (more > 7 || window.remaining() < more) {
            return -2;
        }
        long size = first & (1 << 7 - more) - 1;
        boolean allOnes = size == (1 << 7 - more) - 1;
        for (int i = 0; i < more; i++) {
            int next = window.get() & 255;
            allOnes &= next == 255;
            size = size << 8 | next;
        }
        return allOnes ? UNKNOWN_SIZE : size;
    }

    private void fill() throws IOException {
        window.clear();
        long at = position;
        while (window.hasRemaining()) {
            int read = file.read(window, at);
            if (read < 0) {
                break;
            }
            at += read;
        }
        window.flip();
    }
}
