package io.invigil.http;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A path with named parts: {@code /api/v1/session/{session_id}}. A part matches anything but a slash. */
final class PathTemplate {
    private static final Pattern PART = Pattern.compile("\\{(\\w+)}");

    private final String template;
    private final java.util.List<String> names = new java.util.ArrayList<>();
    private final Pattern pattern;

    PathTemplate(String template) {
        this.template = template;
        Matcher parts = PART.matcher(template);
        StringBuilder regex = new StringBuilder();
        int end = 0;
        while (parts.find()) {
            regex.append(Pattern.quote(template.substring(end, parts.start()))).append("([^/]+?)");
            names.add(parts.group(1));
            end = parts.end();
        }
        pattern = Pattern.compile(
                regex.append(Pattern.quote(template.substring(end))).toString());
    }

    /** The values of the named parts; empty when the path does not fit. */
    Optional<Map<String, String>> match(String path) {
        Matcher matcher = pattern.matcher(path);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        Map<String, String> values = new LinkedHashMap<>();
        for (int i = 0; i < names.size(); i++) {
            values.put(names.get(i), matcher.group(i + 1));
        }
        return Optional.of(values);
    }

    boolean names(String part) {
        return names.contains(part);
    }

    @Override
    public String toString() {
        return template;
    }
}
