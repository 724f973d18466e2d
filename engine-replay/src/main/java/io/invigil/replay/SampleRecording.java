package io.invigil.replay;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** The recording that comes with the program. */
final class SampleRecording {
    static final String NAME = "sample.webm";

    private SampleRecording() {}

    /** Puts the recording into a folder of its own that goes away with the process, and returns the file. */
    static Path unpack() throws IOException {
        try (InputStream packed = SampleRecording.class.getResourceAsStream(NAME)) {
            if (packed == null) {
                throw new IOException("the sample recording is not part of this build; name a recording");
            }
            Path folder = Files.createTempDirectory("invigil-sample");
            Path file = folder.resolve(NAME);
            Files.copy(packed, file);
            folder.toFile().deleteOnExit();
            file.toFile().deleteOnExit();
            return file;
        }
    }
}
