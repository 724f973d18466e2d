package io.invigil.report.rescore;

import io.invigil.report.log.JournalEntry;
import io.invigil.report.log.JournalHead;
import io.invigil.report.log.JournalParser;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * An observation log in memory, so that it can be judged under several policies.
 *
 * @param head under what it was written
 * @param entries everything the session was judged by, in order
 * @param cutOff true when the log ends in the middle of a line, which is left out
 */
public record Journal(JournalHead head, List<JournalEntry> entries, boolean cutOff) {
    /** Copies the list. */
    public Journal {
        entries = List.copyOf(entries);
    }

    /**
     * Reads a log.
     *
     * @throws IOException when the file cannot be read, or is no such log; the message names the line
     */
    public static Journal read(Path file) throws IOException {
        JournalParser parser = new JournalParser();
        List<JournalEntry> entries = new ArrayList<>();
        int number = 1;
        try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            String line = lines.readLine();
            if (line == null) {
                throw new IOException("the log is empty");
            }
            JournalHead head = parser.head(line);
            for (line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                try {
                    entries.add(parser.entry(line));
                } catch (IllegalArgumentException wrong) {
                    if (lines.readLine() == null && !endsInLineBreak(file)) {
                        return new Journal(head, entries, true);
                    }
                    throw wrong;
                }
            }
            return new Journal(head, entries, false);
        } catch (CharacterCodingException notText) {
            throw new IOException("the log is not text in UTF-8, somewhere after line " + number, notText);
        } catch (IllegalArgumentException wrong) {
            throw new IOException("line " + number + ": " + wrong.getMessage(), wrong);
        }
    }

    private static boolean endsInLineBreak(Path file) throws IOException {
        try (SeekableByteChannel bytes = Files.newByteChannel(file)) {
            ByteBuffer last = ByteBuffer.allocate(1);
            bytes.position(bytes.size() - 1).read(last);
            return last.get(0) == '\n';
        }
    }

    /** Judges it again. */
    public RescoreResult judge(Rescoring rescoring) {
        entries.forEach(rescoring::take);
        return rescoring.finish();
    }
}
