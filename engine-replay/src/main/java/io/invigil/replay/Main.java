package io.invigil.replay;

import io.invigil.api.EngineConfig;
import io.invigil.api.ProctoringEngine;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.nio.file.Path;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command line. Exit codes: 0 done, 1 some input or output failed, 2 wrong usage, 130 interrupted. */
public final class Main {
    private Main() {}

    /** Runs the command the arguments name and ends the process with its exit code. */
    public static void main(String[] arguments) {
        // Evidence pictures need the JPEG encoder of the desktop classes, but no screen.
        System.setProperty("java.awt.headless", "true");
        Console console =
                new Console(System.out, new FileOutputStream(FileDescriptor.out), System.err, Console.isTerminal());
        System.exit(run(console, ProctoringEngine::create, arguments));
    }

    /** The exit code, which is no success when the output went nowhere: a full disk, say. */
    static int run(Console console, Function<EngineConfig, ProctoringEngine> engines, String... arguments) {
        int code = commandLine(console, engines).execute(arguments);
        if (console.lostOutput()) {
            console.error("the standard output could not be written in full");
            return code == CommandLine.ExitCode.OK ? CommandLine.ExitCode.SOFTWARE : code;
        }
        return code;
    }

    /** The command line as tests run it, with an output and an engine of their own. */
    static CommandLine commandLine(Console console, Function<EngineConfig, ProctoringEngine> engines) {
        CommandLine line = new CommandLine(new InvigilCommand());
        line.addSubcommand(new ReplayCommand(console, engines));
        line.addSubcommand(new RescoreCommand(console));
        line.addSubcommand(new EvalCommand(console, engines));
        line.addSubcommand(new PolicyCommand(console));
        line.addSubcommand(new SampleCommand(console));
        line.registerConverter(Path.class, text -> {
            if (text.isEmpty()) {
                throw new TypeConversionException("it is empty, must name a file or folder");
            }
            return Path.of(text);
        });
        line.setOut(console.outWriter());
        line.setErr(console.errWriter());
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setParameterExceptionHandler((failure, arguments) -> {
            console.error(namesNothing(failure) ? "a name is '', must name a file or folder" : failure.getMessage());
            console.error("try: " + failure.getCommandLine().getCommandSpec().qualifiedName() + " --help");
            return CommandLine.ExitCode.USAGE;
        });
        line.setExecutionExceptionHandler((failure, command, parsed) -> {
            console.error(failure.getMessage() == null ? failure.toString() : failure.getMessage());
            return CommandLine.ExitCode.SOFTWARE;
        });
        return line;
    }

    /** An empty name among several is no more than an argument too many to the parser. */
    private static boolean namesNothing(ParameterException failure) {
        return failure instanceof UnmatchedArgumentException unmatched
                && unmatched.getUnmatched().get(0).isEmpty();
    }
}
