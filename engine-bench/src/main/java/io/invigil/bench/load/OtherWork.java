package io.invigil.bench.load;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * How much of the machine something else had since this was made: other programs, and on a virtual machine its host. Where the
 * system does not tell (no {@code /proc/stat}), the share is not a number.
 */
final class OtherWork {
    private static final Path STAT = Path.of("/proc/stat");
    /** The unit of {@code /proc/stat} on every Linux of today. */
    private static final long TICK_NS = 10_000_000L;

    /** Columns after the name: user, nice, system, idle, waiting for disks, interrupts, soft interrupts, stolen by the host. */
    private static final int COLUMNS = 8;

    private static final int IDLE = 4;
    private static final int WAITING_FOR_DISKS = 5;

    private final OperatingSystemMXBean process = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    /** Of the machine; a container may be given fewer. */
    private final int cores = processors().size() - 1;

    private final long startNs = System.nanoTime();
    private final long startOthersNs = othersNs();

    /** Share of all cores' time, from 0 to 1; to about a hundredth of a second of one core. */
    double share() {
        long elapsedNs = (System.nanoTime() - startNs) * cores;
        return startOthersNs < 0 ? Double.NaN : Math.max(0, othersNs() - startOthersNs) / (double) elapsedNs;
    }

    private static List<String> processors() {
        try (Stream<String> lines = Files.lines(STAT)) {
            return lines.takeWhile(line -> line.startsWith("cpu")).toList();
        } catch (IOException unknown) {
            return List.of();
        }
    }

    private long othersNs() {
        try {
            String[] columns = processors().get(0).split("\\s+"); // All cores together; a line for each comes after.
            long ticks = 0;
            for (int i = 1; i <= COLUMNS; i++) {
                ticks += i == IDLE || i == WAITING_FOR_DISKS ? 0 : Long.parseLong(columns[i]);
            }
            return Math.max(0, ticks * TICK_NS - process.getProcessCpuTime());
        } catch (RuntimeException unknown) {
            return -1;
        }
    }
}
