package io.invigil.server.store;

/** Port: counts what the store does. Called on the writing thread and on callers' threads; must be quick. */
public interface StoreMeter {
    /** Counts nothing. */
    StoreMeter NONE = new StoreMeter() {
        @Override
        public void committed(int writes, long tookNs) {}

        @Override
        public void failed(int writes) {}

        @Override
        public void refused() {}
    };

    /**
     * A commit is on the disk.
     *
     * @param writes how many writes it holds
     * @param tookNs from the first statement to the end of the commit
     */
    void committed(int writes, long tookNs);

    /** Writes were not kept. */
    void failed(int writes);

    /** A write found the queue full. */
    void refused();
}
