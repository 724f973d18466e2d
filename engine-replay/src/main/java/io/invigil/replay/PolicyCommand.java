package io.invigil.replay;

import io.invigil.api.Policy;
import io.invigil.report.log.PolicyDiff;
import io.invigil.report.log.PolicyDocument;
import io.invigil.report.log.PolicyException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows, checks and compares policies. */
@Command(
        name = "policy",
        description = "Shows a preset as a JSON document, checks a document, or compares two.",
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
        throw new ParameterException(spec.commandLine(), "a command is missing: show, check or diff");
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

    @Command(
            name = "diff",
            description = "Lists the settings in which two policies differ, one a line: key, first and second value.",
            mixinStandardHelpOptions = true,
            exitCodeListHeading = "Exit codes:%n",
            exitCodeList = {"0:they are equal", "1:they differ", "2:one cannot be read"})
    int diff(
            @Parameters(index = "0", paramLabel = "A", description = "A preset, or a policy document.") String first,
            @Parameters(index = "1", paramLabel = "B", description = "A preset, or a policy document.") String second) {
        try {
            List<PolicyDiff> differences = PolicyDiff.between(PolicyArgument.find(first), PolicyArgument.find(second));
            differences.forEach(line -> console.line(line.key() + ": " + line.before() + " -> " + line.after()));
            return differences.isEmpty() ? 0 : 1;
        } catch (PolicyException wrong) {
            console.error(wrong.getMessage());
            return 2;
        }
    }
}
