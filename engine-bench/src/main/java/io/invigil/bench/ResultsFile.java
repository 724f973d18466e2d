package io.invigil.bench;

import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.util.Statistics;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Results of JMH benchmarks as JSON that can be kept beside the source: on what, of which commit, by which command, and for each
 * benchmark its parameters, score, error (half the width of the 99.9 % interval; null when there are too few iterations), unit,
 * percentiles where single calls were timed, and bytes a call.
 */
final class ResultsFile {
    private static final String BYTES_A_CALL = "gc.alloc.rate.norm";
    private static final double[] PERCENTILES = {50, 90, 99, 99.9};

    private ResultsFile() {}

    /**
     * Writes the file anew.
     *
     * @param commit what the launcher says the source is, or {@code unknown}
     * @param command what was typed
     */
    static void write(Path file, Collection<RunResult> results, String commit, String command) {
        JsonMapper mapper =
                JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
        ObjectNode root = mapper.createObjectNode();
        root.put("schema", 1);
        root.put("measured_at", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        root.put("machine", Machine.description());
        root.put("commit", commit);
        root.put("command", command);
        ArrayNode all = root.putArray("results");
        Map<String, RunResult> inOrder = new TreeMap<>();
        results.forEach(result -> inOrder.put(
                result.getParams().getBenchmark()
                        + parameters(result)
                        + result.getParams().getMode(),
                result));
        inOrder.values().forEach(result -> add(all.addObject(), result));
        mapper.writeValue(file.toFile(), root);
    }

    private static Map<String, String> parameters(RunResult result) {
        Map<String, String> parameters = new TreeMap<>();
        for (String key : result.getParams().getParamsKeys()) {
            parameters.put(key, result.getParams().getParam(key));
        }
        return parameters;
    }

    /** Class and method. */
    private static String shortName(String benchmark) {
        String type = benchmark.substring(0, benchmark.lastIndexOf('.'));
        return benchmark.substring(type.lastIndexOf('.') + 1);
    }

    private static void add(ObjectNode node, RunResult result) {
        Result<?> primary = result.getPrimaryResult();
        node.put("benchmark", shortName(result.getParams().getBenchmark()));
        ObjectNode parameters = node.putObject("parameters");
        parameters(result).forEach(parameters::put);
        node.put("mode", result.getParams().getMode().shortLabel());
        node.put("unit", primary.getScoreUnit());
        node.put("score", rounded(primary.getScore()));
        put(node, "error", primary.getScoreError());
        Statistics statistics = primary.getStatistics();
        if (result.getParams().getMode().shortLabel().equals("sample")) {
            ObjectNode percentiles = node.putObject("percentiles");
            for (double percentile : PERCENTILES) {
                percentiles.put("p" + percentile, rounded(statistics.getPercentile(percentile)));
            }
        }
        node.put("forks", result.getParams().getForks());
        node.put("iterations", result.getParams().getMeasurement().getCount());
        result.getSecondaryResults().forEach((name, secondary) -> {
            if (name.endsWith(BYTES_A_CALL)) {
                put(node, "bytes_a_call", secondary.getScore());
            }
        });
    }

    /** JSON has no word for what is no number. */
    private static void put(ObjectNode node, String name, double value) {
        if (Double.isFinite(value)) {
            node.put(name, rounded(value));
        } else {
            node.putNull(name);
        }
    }

    /** Four figures are more than any of this is worth. */
    private static double rounded(double value) {
        return Double.isFinite(value)
                ? new BigDecimal(value).round(new MathContext(4)).doubleValue()
                : 0;
    }
}
