package io.invigil.server.metrics;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Memory of the process that the Java runtime does not account for.
 *
 * @param bytes resident bytes beyond what the runtime has committed; 0 where the system does not tell
 */
record NativeMemory(double bytes) {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String RESIDENT = "VmRSS:";
    private static final int KIB = 1024;

    static NativeMemory ofThisProcess() {
        MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
        long managed = memory.getHeapMemoryUsage().getCommitted()
                + memory.getNonHeapMemoryUsage().getCommitted();
        return new NativeMemory(Math.max(0, resident() - managed));
    }

    private static long resident() {
        try {
            for (String line : Files.readAllLines(STATUS, StandardCharsets.US_ASCII)) {
                if (line.startsWith(RESIDENT)) {
                    return Long.parseLong(line.replaceAll("\\D", "")) * KIB;
                }
            }
            return 0;
        } catch (IOException notLinux) {
            return 0;
        }
    }
}
