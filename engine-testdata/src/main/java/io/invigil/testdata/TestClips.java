package io.invigil.testdata;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds the folder of labelled real recordings, which is not part of the repository. Tests that need it skip by name
 * when it is missing.
 */
public final class TestClips {
    /** System property naming the folder. */
    public static final String PROPERTY = "invigil.clips";

    /** Environment variable naming the folder. */
    public static final String ENVIRONMENT = "INVIGIL_CLIPS";

    private TestClips() {}

    /**
     * Looks at the system property, then the environment, then {@code ../shared/data/dev} beside the repository.
     *
     * @return the folder that contains {@code labels_clips.json}
     */
    public static Optional<Path> folder() {
        Stream<Path> named = Stream.of(System.getProperty(PROPERTY), System.getenv(ENVIRONMENT))
                .filter(s -> s != null && !s.isBlank())
                .map(Path::of);
        Stream<Path> beside = Stream.iterate(Path.of("").toAbsolutePath(), p -> p != null, Path::getParent)
                .map(p -> p.resolveSibling("shared").resolve("data").resolve("dev"));
        return Stream.concat(named, beside)
                .filter(p -> Files.isRegularFile(p.resolve("labels_clips.json")))
                .findFirst();
    }
}
