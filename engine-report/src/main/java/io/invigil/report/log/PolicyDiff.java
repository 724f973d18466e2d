package io.invigil.report.log;

import io.invigil.api.Policy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A setting in which two policies differ.
 *
 * @param key its path in the document, with dots: {@code rules.no_face.hold_s}
 * @param before the first policy's value as JSON, or {@code none}
 * @param after the second policy's value as JSON, or {@code none}
 */
public record PolicyDiff(String key, String before, String after) {
    private static final String NONE = "none";

    /** The differences, in the order of the documents; empty for equal policies. */
    public static List<PolicyDiff> between(Policy before, Policy after) {
        Map<String, String> first = leaves(before);
        Map<String, String> second = leaves(after);
        Set<String> keys = new LinkedHashSet<>(first.keySet());
        keys.addAll(second.keySet());
        List<PolicyDiff> differences = new ArrayList<>();
        for (String key : keys) {
            String a = first.getOrDefault(key, NONE);
            String b = second.getOrDefault(key, NONE);
            if (!a.equals(b)) {
                differences.add(new PolicyDiff(key, a, b));
            }
        }
        return differences;
    }

    private static Map<String, String> leaves(Policy policy) {
        Map<String, String> leaves = new LinkedHashMap<>();
        collect("", JsonMapper.builder().build().readTree(PolicyDocument.write(policy)), leaves);
        return leaves;
    }

    private static void collect(String path, JsonNode node, Map<String, String> leaves) {
        for (String name : node.propertyNames()) {
            String key = path.isEmpty() ? name : path + '.' + name;
            JsonNode member = node.get(name);
            if (member.isObject()) {
                collect(key, member, leaves);
            } else {
                leaves.put(key, member.toString());
            }
        }
    }
}
