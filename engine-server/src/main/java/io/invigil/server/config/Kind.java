package io.invigil.server.config;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What a setting's value may be. */
final class Kind {
    private final String allowed;
    private final java.util.function.Function<String, Optional<Object>> reader;

    private Kind(String allowed, java.util.function.Function<String, Optional<Object>> reader) {
        this.allowed = allowed;
        this.reader = reader;
    }

    static Kind text(String allowed) {
        return new Kind(allowed, value -> Optional.of(value.strip()));
    }

    static Kind pattern(String allowed, String regex) {
        return new Kind(
                allowed,
                value -> Optional.<Object>of(value.strip())
                        .filter(text -> text.toString().matches(regex)));
    }

    static Kind number(long least, long most) {
        return new Kind(least + ".." + most, value -> {
            try {
                return Optional.<Object>of(Long.valueOf(value.strip()))
                        .filter(n -> (Long) n >= least && (Long) n <= most);
            } catch (NumberFormatException notANumber) {
                return Optional.empty();
            }
        });
    }

    static Kind real(double least, double most) {
        return new Kind(least + ".." + most, value -> {
            try {
                return Optional.<Object>of(Double.valueOf(value.strip()))
                        .filter(n -> (Double) n >= least && (Double) n <= most);
            } catch (NumberFormatException notANumber) {
                return Optional.empty();
            }
        });
    }

    static Kind choice(String... choices) {
        List<String> all = List.of(choices);
        return new Kind(
                String.join(" or ", all),
                value -> Optional.<Object>of(value.strip()).filter(all::contains));
    }

    /** Values between commas, which may be none. */
    static Kind list(String allowed, String regex) {
        return new Kind(allowed, value -> {
            List<String> parts = Arrays.stream(value.split(","))
                    .map(String::strip)
                    .filter(part -> !part.isEmpty())
                    .toList();
            return Optional.<Object>of(parts).filter(all -> parts.stream().allMatch(part -> part.matches(regex)));
        });
    }

    String allowed() {
        return allowed;
    }

    Optional<Object> read(String value) {
        return reader.apply(value);
    }
}
