package io.invigil.replay;

import io.invigil.api.Policy;
import io.invigil.report.log.PolicyDocument;
import io.invigil.report.log.PolicyException;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows and checks policies. */
@Command(
        name = "policy",
        description = "Shows a preset as a JSON document, or checks a document.",
        mixinStandardHelpOptions = true)
final class PolicyCommand implements Runnable {
    private final Console console;

    @Spec
    private CommandSpec spec;

    PolicyCommand(Console console) {
        this.console = console;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is missing: show or check");
    }

    @Command(
            name = "show",
            description = "Prints a preset, or a document with every setting filled in.",
            mixinStandardHelpOptions = true)
    int show(@Parameters(paramLabel = "NAME|FILE", description = "A preset, or a policy document.") String name) {
        try {
            console.document(PolicyDocument.write(PolicyArgument.find(name)));
            return 0;
        } catch (PolicyException wrong) {
            console.error(wrong.getMessage());
            return 1;
        }
    }

    @Command(
            name = "check",
            description = "Says whether a document is a valid policy.",
            mixinStandardHelpOptions = true)
    int check(@Parameters(paramLabel = "FILE", description = "A policy document.") Path file) {
        try {
            Policy policy = PolicyArgument.read(file, "no such file");
            console.line(file + ": valid, policy " + policy.name() + ", SHA-256 " + PolicyDocument.sha256(policy));
            return 0;
        } catch (PolicyException wrong) {
            console.error(wrong.getMessage());
            return 1;
        }
    }
}
