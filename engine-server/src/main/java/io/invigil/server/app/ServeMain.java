package io.invigil.server.app;

import io.invigil.api.EngineConfig;
import io.invigil.api.EngineException;
import io.invigil.api.ProctoringEngine;
import io.invigil.server.config.ConfigException;
import io.invigil.server.config.Setting;
import io.invigil.server.config.Settings;
import io.invigil.server.record.StoreException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Starts the server. Exit codes: 0 stopped as asked, 1 could not start or stop cleanly, 2 a setting cannot be used. */
public final class ServeMain {
    private static final String CONFIG = "--config";
    private static final String HELP = "--help";
    /** For the launcher, which has more to do before the server starts. */
    private static final String CHECK = "--check-settings";

    private ServeMain() {}

    /** Runs until the process is asked to stop. */
    public static void main(String[] args) {
        System.setProperty("java.awt.headless", "true");
        int code = run(args, System.getenv(), System.out, System.err, ProctoringEngine::create);
        if (code >= 0) {
            System.exit(code);
        }
    }

    /**
     * Runs the command, with an engine of one's own.
     *
     * @param environment the environment's variables
     * @param out where it says that it listens, and what was left at the end
     * @param err where it says what is wrong
     * @param engines makes the engine
     * @return the exit code, or -1 when the server was stopped by the shutdown hook, which ends the process
     */
    public static int run(
            String[] args,
            Map<String, String> environment,
            PrintStream out,
            PrintStream err,
            Function<EngineConfig, ProctoringEngine> engines) {
        CommandSpec spec = spec();
        CommandLine line = new CommandLine(spec);
        try {
            ParseResult parsed = line.parseArgs(args);
            if (parsed.hasMatchedOption(HELP)) {
                line.usage(out);
                return 0;
            }
            Settings settings = settings(parsed, environment);
            if (parsed.hasMatchedOption(CHECK)) {
                return 0;
            }
            settings.unknownVariables()
                    .forEach(name ->
                            err.println("invigil serve: the environment sets " + name + ", which is no setting"));
            return serve(settings, out, engines);
        } catch (ParameterException | ConfigException wrong) {
            err.println("invigil serve: " + wrong.getMessage());
            return 2;
        } catch (IllegalArgumentException wrong) {
            err.println("invigil serve: " + wrong.getMessage());
            return 2;
        } catch (UncheckedIOException failure) {
            err.println("invigil serve: " + failure.getMessage() + ": "
                    + failure.getCause().getMessage());
            return 1;
        } catch (StoreException | EngineException failure) {
            err.println("invigil serve: " + failure.getMessage());
            return 1;
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return 1;
        }
    }

    private static int serve(Settings settings, PrintStream out, Function<EngineConfig, ProctoringEngine> engines)
            throws InterruptedException {
        Service service = Service.start(settings, engines);
        Thread hook = new Thread(() -> stop(service, out), "invigil-stop");
        Runtime.getRuntime().addShutdownHook(hook);
        service.greeting().forEach(out::println);
        service.awaitStop();
        return -1;
    }

    private static void stop(Service service, PrintStream out) {
        out.println("Stopping: nothing new is taken, what is under way is finished ...");
        out.println(service.stop());
        out.flush();
    }

    private static Settings settings(ParseResult parsed, Map<String, String> environment) {
        Map<String, String> flags = new LinkedHashMap<>();
        for (Setting setting : Setting.values()) {
            String value = parsed.matchedOptionValue(setting.flag(), (String) null);
            if (value != null) {
                flags.put(setting.flag(), value);
            }
        }
        Optional<Path> file = Optional.ofNullable(parsed.matchedOptionValue(CONFIG, (String) null))
                .map(Path::of);
        return Settings.read(flags, environment, file);
    }

    private static CommandSpec spec() {
        CommandSpec spec = CommandSpec.create().name("invigil serve");
        spec.usageMessage()
                .description(
                        "REST calls and WebSockets on one port, with an embedded store, until it is asked to stop.")
                .footer(
                        "",
                        "Each setting can also stand in a properties file, as port = 8000, and in the environment, as "
                                + Setting.PORT.variable()
                                + ". Flags go before the environment, the environment before the file.");
        spec.addOption(OptionSpec.builder("-h", HELP)
                .usageHelp(true)
                .description("Shows this and ends.")
                .build());
        spec.addOption(OptionSpec.builder(CHECK)
                .hidden(true)
                .description("Only tells whether the settings can be used.")
                .build());
        spec.addOption(OptionSpec.builder(CONFIG)
                .type(String.class)
                .paramLabel("FILE")
                .description("A properties file with settings; also INVIGIL_CONFIG.")
                .build());
        for (Setting setting : Setting.values()) {
            boolean isSwitch = setting == Setting.OPEN;
            spec.addOption(OptionSpec.builder(setting.flag())
                    .type(String.class)
                    .arity(isSwitch ? "0..1" : "1")
                    .fallbackValue(isSwitch ? "true" : "")
                    .paramLabel("VALUE")
                    .description((setting.meaning() + "; " + setting.allowed()
                                    + (setting.defaultValue().isEmpty() ? "" : ". Default: " + setting.defaultValue()))
                            .replace("%", "%%"))
                    .build());
        }
        return spec;
    }
}
