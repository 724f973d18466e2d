package io.invigil.server.live;

/** Room in memory for the pictures of all sessions that wait for the store. Thread-safe. */
final class PictureRoom {
    private final long mostBytes;
    private long takenBytes;

    PictureRoom(long mostBytes) {
        this.mostBytes = mostBytes;
    }

    /** Takes room; false when there is not enough. */
    synchronized boolean take(long bytes) {
        if (bytes > mostBytes - takenBytes) {
            return false;
        }
        takenBytes += bytes;
        return true;
    }

    synchronized void giveBack(long bytes) {
        takenBytes -= bytes;
    }
}
