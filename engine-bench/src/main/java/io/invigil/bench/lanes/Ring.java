package io.invigil.bench.lanes;

import com.lmax.disruptor.BatchEventProcessor;
import com.lmax.disruptor.BatchEventProcessorBuilder;
import com.lmax.disruptor.EventHandler;
import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.Sequence;
import com.lmax.disruptor.WaitStrategy;
import java.util.ArrayList;
import java.util.List;

/** One ring with its handler threads, built from the Disruptor's parts as the engine's lanes are. */
final class Ring implements AutoCloseable {
    static final int SIZE = 16;

    final RingBuffer<Slot> buffer;
    private final List<BatchEventProcessor<Slot>> processors = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();

    Ring(WaitStrategy waitStrategy) {
        buffer = RingBuffer.createMultiProducer(Slot::new, SIZE, waitStrategy);
    }

    /** Adds a handler with its own thread behind others; none: behind the producers. */
    Sequence handler(EventHandler<Slot> handler, Sequence... upstream) {
        BatchEventProcessor<Slot> processor =
                new BatchEventProcessorBuilder().setMaxBatchSize(1).build(buffer, buffer.newBarrier(upstream), handler);
        processors.add(processor);
        Thread thread = new Thread(processor, "handler-" + threads.size());
        thread.setDaemon(true);
        threads.add(thread);
        return processor.getSequence();
    }

    /** Starts the threads; the last handler frees slots. */
    Ring start(Sequence last) {
        buffer.addGatingSequences(last);
        threads.forEach(Thread::start);
        return this;
    }

    @Override
    public void close() {
        processors.forEach(BatchEventProcessor::halt);
        for (Thread thread : threads) {
            try {
                thread.join(10_000);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
