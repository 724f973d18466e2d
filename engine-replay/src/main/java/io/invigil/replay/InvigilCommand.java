package io.invigil.replay;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The root command: it only says what there is. */
@Command(
        name = "invigil",
        description = "Recorded interviews in, explained alerts out.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        footer = "The launcher script also takes: serve, bench, test.")
final class InvigilCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "a command is missing: replay, rescore, eval, policy or sample");
    }
}
