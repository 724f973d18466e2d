package io.invigil.replay;

import io.invigil.api.Accommodation;
import io.invigil.api.EngineException;
import io.invigil.api.Policy;
import io.invigil.replay.run.IoWords;
import io.invigil.report.log.AccommodationDocument;
import io.invigil.report.log.PolicyException;
import io.invigil.report.log.PolicyParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** Finds the policy an argument means: a preset by name, else a file. */
final class PolicyArgument {
    private PolicyArgument() {}

    static Policy find(String argument) throws PolicyException {
        for (Policy preset : Policy.presets()) {
            if (preset.name().equals(argument)) {
                return preset;
            }
        }
        if (argument.isBlank()) {
            throw new PolicyException("policy: the name is empty, must be a file's or one of " + presetNames());
        }
        return read(Path.of(argument), "no preset or file of this name; presets: " + presetNames());
    }

    static Policy read(Path file, String whenMissing) throws PolicyException {
        if (!Files.exists(file)) {
            throw new PolicyException("policy " + file + ": " + whenMissing);
        }
        try {
            return new PolicyParser().parse(Files.readString(file, StandardCharsets.UTF_8));
        } catch (IOException failure) {
            throw new PolicyException("policy " + file + ": " + IoWords.of(failure));
        } catch (PolicyException wrong) {
            throw new PolicyException("policy " + file + ": " + wrong.getMessage());
        }
    }

    /** Reads accommodations that go on top of a policy. */
    static List<Accommodation> accommodations(Path file, Policy policy) throws PolicyException {
        try {
            List<Accommodation> read = AccommodationDocument.parse(Files.readString(file, StandardCharsets.UTF_8));
            policy.withAccommodations(read);
            return read;
        } catch (IOException failure) {
            throw new PolicyException("accommodations " + file + ": " + IoWords.of(failure));
        } catch (PolicyException | EngineException wrong) {
            throw new PolicyException("accommodations " + file + ": " + wrong.getMessage());
        }
    }

    static String presetNames() {
        return Policy.presets().stream().map(Policy::name).collect(Collectors.joining(", "));
    }
}
