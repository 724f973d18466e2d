package io.invigil.bench.lanes;

import com.lmax.disruptor.BlockingWaitStrategy;
import com.lmax.disruptor.EventHandler;
import com.lmax.disruptor.Sequence;
import com.lmax.disruptor.WaitStrategy;
import io.invigil.core.pipeline.ParkingWaitStrategy;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The designs compared. Each takes sessions to rings and frames through the same stages. */
enum Design {
    DIAMOND_BLOCKING("one ring, a thread a stage, stock BlockingWaitStrategy") {
        @Override
        List<Ring> open(Consumer<Slot> done, Slow slow) {
            return List.of(diamond(new BlockingWaitStrategy(), done, slow));
        }
    },
    DIAMOND_PARKING("one ring, a thread a stage, parking wait") {
        @Override
        List<Ring> open(Consumer<Slot> done, Slow slow) {
            return List.of(diamond(new ParkingWaitStrategy(), done, slow));
        }
    },
    FUSED_BLOCKING("one ring, fused, stock BlockingWaitStrategy") {
        @Override
        List<Ring> open(Consumer<Slot> done, Slow slow) {
            return List.of(fused(new BlockingWaitStrategy(), done, slow));
        }
    },
    FUSED_PARKING("one ring, fused, parking wait") {
        @Override
        List<Ring> open(Consumer<Slot> done, Slow slow) {
            return List.of(fused(new ParkingWaitStrategy(), done, slow));
        }
    },
    TWO_FUSED("two rings, fused, parking wait") {
        @Override
        List<Ring> open(Consumer<Slot> done, Slow slow) {
            return List.of(fused(new ParkingWaitStrategy(), done, slow), fused(new ParkingWaitStrategy(), done, slow));
        }
    },
    TWO_DIAMONDS("two rings, a thread a stage, parking wait") {
        @Override
        List<Ring> open(Consumer<Slot> done, Slow slow) {
            return List.of(
                    diamond(new ParkingWaitStrategy(), done, slow), diamond(new ParkingWaitStrategy(), done, slow));
        }
    },
    FILTERS_BLOCKING("one ring, two filtering handlers, stock BlockingWaitStrategy") {
        @Override
        List<Ring> open(Consumer<Slot> done, Slow slow) {
            return List.of(filters(new BlockingWaitStrategy(), done, slow));
        }
    },
    FILTERS_PARKING("one ring, two filtering handlers, parking wait") {
        @Override
        List<Ring> open(Consumer<Slot> done, Slow slow) {
            return List.of(filters(new ParkingWaitStrategy(), done, slow));
        }
    };

    /** Holds up a frame of some session beyond the common work; called once a frame by its first stage. */
    interface Slow {
        Slow NOBODY = slot -> {};

        void hold(Slot slot);
    }

    final String title;

    Design(String title) {
        this.title = title;
    }

    /** Starts the rings; session {@code s} belongs to ring {@code s % rings}. */
    abstract List<Ring> open(Consumer<Slot> done, Slow slow);

    private static EventHandler<Slot> stage(Work work) {
        return (slot, sequence, endOfBatch) -> work.burn();
    }

    private static Ring diamond(WaitStrategy waits, Consumer<Slot> done, Slow slow) {
        Ring ring = new Ring(waits);
        Sequence decode = ring.handler((slot, sequence, endOfBatch) -> {
            slow.hold(slot);
            Work.DECODE.burn();
        });
        Sequence face = ring.handler(stage(Work.FACE), decode);
        Sequence gaze = ring.handler(stage(Work.GAZE), face);
        Sequence presence = ring.handler(stage(Work.PRESENCE), decode);
        Sequence rules = ring.handler(
                (slot, sequence, endOfBatch) -> {
                    Work.RULES.burn();
                    done.accept(slot);
                },
                gaze,
                presence);
        return ring.start(rules);
    }

    private static void allButRules(Slot slot, Slow slow) {
        slow.hold(slot);
        Work.DECODE.burn();
        Work.FACE.burn();
        Work.GAZE.burn();
        Work.PRESENCE.burn();
    }

    private static Ring fused(WaitStrategy waits, Consumer<Slot> done, Slow slow) {
        Ring ring = new Ring(waits);
        return ring.start(ring.handler((slot, sequence, endOfBatch) -> {
            allButRules(slot, slow);
            Work.RULES.burn();
            done.accept(slot);
        }));
    }

    /** Two handlers see every slot and work on every second session; the rules come after both, as one last handler. */
    private static Ring filters(WaitStrategy waits, Consumer<Slot> done, Slow slow) {
        Ring ring = new Ring(waits);
        List<Sequence> filters = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            int share = i;
            filters.add(ring.handler((slot, sequence, endOfBatch) -> {
                if (slot.session % 2 == share) {
                    allButRules(slot, slow);
                }
            }));
        }
        Sequence rules = ring.handler(
                (slot, sequence, endOfBatch) -> {
                    Work.RULES.burn();
                    done.accept(slot);
                },
                filters.toArray(Sequence[]::new));
        return ring.start(rules);
    }
}
