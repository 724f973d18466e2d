package io.invigil.report.rescore;

import io.invigil.api.Alert;
import io.invigil.api.Policy;
import io.invigil.api.SessionEvent;
import io.invigil.report.log.AlertLines;
import io.invigil.report.log.JournalHead;
import io.invigil.report.log.JsonText;
import io.invigil.report.log.PolicyDocument;
import io.invigil.report.log.SummaryDocument;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Writes what judging again brought: the files of a replay that do not need the recording. */
public final class RescoreFiles {
    private RescoreFiles() {}

    /**
     * Writes {@code alerts.jsonl}, {@code events.jsonl} and {@code rescore.json} into a folder, which is made when it is not
     * there.
     *
     * @throws IOException when they cannot be written
     */
    public static void write(Path folder, JournalHead head, Policy policy, RescoreResult result) throws IOException {
        StringBuilder alerts = new StringBuilder();
        for (Alert alert : result.alerts()) {
            alerts.append(AlertLines.write(alert, null)).append('\n');
        }
        StringBuilder events = new StringBuilder();
        for (SessionEvent event : result.events()) {
            events.append(AlertLines.write(event)).append('\n');
        }
        Files.createDirectories(folder);
        // The document last: what goes with it is there by then.
        replace(folder.resolve("alerts.jsonl"), alerts);
        replace(folder.resolve("events.jsonl"), events);
        replace(folder.resolve("rescore.json"), document(head, policy, result));
    }

    /**
     * True when a folder holds a replay's own results: the summary and the report beside them would speak of another policy than the
     * alerts. The log's own folder counts as well: a replay that was killed leaves its alerts there and no summary.
     *
     * @param log the log that is judged again
     */
    public static boolean holdsLogOrResults(Path folder, Path log) throws IOException {
        Path logFolder = log.toAbsolutePath().getParent();
        return Files.exists(folder.resolve("summary.json"))
                || Files.exists(folder) && Files.exists(logFolder) && Files.isSameFile(folder, logFolder);
    }

    private static void replace(Path file, CharSequence text) throws IOException {
        Path half = file.resolveSibling(file.getFileName() + ".part");
        try {
            Files.writeString(half, text, StandardCharsets.UTF_8);
            Files.move(half, file, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException failure) {
            Files.deleteIfExists(half);
            throw failure;
        }
    }

    private static String document(JournalHead head, Policy policy, RescoreResult result) {
        JsonText json = JsonText.indented()
                .object()
                .member("schema", 1)
                .member("policy", policy.name())
                .member("policy_sha256", PolicyDocument.sha256(policy))
                .member("logged_policy", head.policy().name())
                .member("logged_policy_sha256", PolicyDocument.sha256(head.policy()))
                .member("accommodations", head.accommodations().size())
                .member("frames", result.frames())
                .member("alerts", result.alerts().size());
        json.name("cannot").object();
        result.cannot().forEach((kind, reason) -> json.member(kind.wireName(), reason));
        json.endObject();
        SummaryDocument.score(json, result.score());
        return json.endObject() + "\n";
    }
}
