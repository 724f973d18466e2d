package io.invigil.replay;

import io.invigil.replay.run.IoWords;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Makes the sample recording again, from its script. */
@Command(
        name = "sample",
        description = "Renders the bundled sample recording and its ground truth again.",
        mixinStandardHelpOptions = true)
final class SampleCommand implements Callable<Integer> {
    private final Console console;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "invigil-out",
            description = "Where the files go. Default: ${DEFAULT-VALUE}.")
    private Path out;

    SampleCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        try {
            Files.createDirectories(out);
            SampleRecorder recorder = new SampleRecorder(share -> console.bar(Math.round(share * 100) + " %"));
            Path file = recorder.record(out);
            console.line(file + " (" + Files.size(file) / 1000 + " kB)");
            return 0;
        } catch (IOException failure) {
            console.error("the sample cannot be written to " + out + ": " + IoWords.of(failure));
            return 1;
        }
    }
}
