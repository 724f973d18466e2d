package io.invigil.bench.peers;

/** One way to look at a candidate's frames. Rounds of all peers alternate. */
interface Peer extends AutoCloseable {
    /** What it is, for a table. */
    String title();

    /**
     * Works on the next frames.
     *
     * @param frames how many
     * @return what a frame cost
     */
    Cost round(int frames);

    @Override
    void close();

    /**
     * What a frame cost.
     *
     * @param cpuMs CPU time of the whole process, in milliseconds a frame: a host pays for every thread
     * @param found frames on which the face was found
     */
    record Cost(double cpuMs, int found) {}
}
