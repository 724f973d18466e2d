package io.invigil.core.vision;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Whether eight-bit models need ONNX Runtime's exact mode. On x86 processors without dot products of bytes (VNNI) its fast
 * kernels add pairs of products in sixteen bits, which may overflow. The exact mode is about four times slower, with
 * VNNI too, so it is not simply left on.
 */
final class EightBitSums {
    private static final Path PROCESSORS = Path.of("/proc/cpuinfo");

    private EightBitSums() {}

    /** True on an x86 processor that is not known to have the instructions, and so on systems that do not tell. */
    static boolean mayOverflow() {
        String arch = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
        return mayOverflow(arch, processorFlags());
    }

    static boolean mayOverflow(String arch, String processorFlags) {
        boolean x86 = arch.equals("amd64") || arch.equals("x86_64") || arch.equals("x86");
        return x86 && !processorFlags.contains("avx512_vnni") && !processorFlags.contains("avx_vnni");
    }

    private static String processorFlags() {
        try {
            return Files.readString(PROCESSORS);
        } catch (IOException | SecurityException e) {
            return "";
        }
    }
}
