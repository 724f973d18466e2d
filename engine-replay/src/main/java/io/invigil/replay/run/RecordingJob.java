package io.invigil.replay.run;

import io.invigil.api.FrameCounts;
import io.invigil.api.IntakeMode;
import io.invigil.api.OfferResult;
import io.invigil.api.ProctoringEngine;
import io.invigil.api.ProctoringSession;
import io.invigil.api.Registration;
import io.invigil.api.SessionConfig;
import io.invigil.api.SessionReport;
import io.invigil.api.SessionState;
import io.invigil.replay.media.FrameSampler;
import io.invigil.replay.media.RecordingException;
import io.invigil.replay.media.RecordingException.Problem;
import io.invigil.replay.media.RecordingReader;
import io.invigil.report.log.AlertLines;
import io.invigil.report.log.FrameAccounting;
import io.invigil.report.log.JournalHead;
import io.invigil.report.log.JournalWriter;
import io.invigil.report.log.RecordingFile;
import io.invigil.report.log.RecordingResult;
import io.invigil.report.log.RunSettings;
import io.invigil.report.log.RunTiming;
import io.invigil.report.log.SummaryDocument;
import io.invigil.report.page.ReportPage;
import io.invigil.report.page.Words;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Replays one recording through one session and writes its folder. Used once, by one thread. */
final class RecordingJob {
    private static final Duration CLOSE_TIMEOUT = Duration.ofMinutes(2);
    /** Decoding is even and analysing is not; with so many frames between them neither waits for the other. */
    static final int MAX_IN_FLIGHT = 8;

    /**
     * So often a frame is offered before it is given up. An offer waits for room: an engine that had none for an hour will
     * have none any more. One without memory refuses at once, so that the frame is given up after a second and a half.
     */
    static final int MAX_OFFERS = 30;

    /** Between two offers, for those that are refused at once. */
    private static final long PAUSE_NS = 50_000_000L;

    private final Path recording;
    private final Path folderPath;
    private final SessionConfig config;
    private final RunSettings settings;
    private final int decodingThreads;
    private final boolean evidence;
    private final BooleanSupplier stop;
    private final ReplayListener listener;
    private final List<String> problems = new ArrayList<>();
    private long readNs;
    private long notSampled;
    private long offeredAgain;
    private boolean stopped;

    RecordingJob(
            Path recording,
            Path folderPath,
            int number,
            RunSettings settings,
            int decodingThreads,
            boolean evidence,
            BooleanSupplier stop,
            ReplayListener listener) {
        this.recording = recording;
        this.folderPath = folderPath;
        this.settings = settings;
        this.decodingThreads = decodingThreads;
        this.evidence = evidence;
        this.stop = stop;
        this.listener = listener;
        config = SessionConfig.builder()
                .id(OutputNames.sessionId(folderPath.getFileName().toString(), number))
                .policy(settings.policy())
                .accommodations(settings.accommodations())
                .intake(IntakeMode.REPLAY)
                .maxInFlight(MAX_IN_FLIGHT)
                .offerTimeout(Duration.ofMinutes(2))
                .build();
    }

    /**
     * Does the work.
     *
     * @throws RecordingException when nothing could be made of the recording
     * @throws IOException when the results could not be written
     */
    RecordingResult run(ProctoringEngine engine) throws RecordingException, IOException {
        listener.started(recording);
        RecordingResult result;
        OutputFolder folder;
        RecordingFile file;
        try (RecordingReader reader = RecordingReader.open(recording, decodingThreads, settings.fps())) {
            if (!reader.next()) {
                throw new RecordingException(Problem.ZERO_FRAMES, "it holds no video frames that can be decoded");
            }
            String content = content();
            folder = OutputFolder.prepare(folderPath);
            result = analyse(engine, reader, folder);
            file = new RecordingFile(content, reader.beforeFirstNs(), reader.afterLastNs());
        }
        write(folder, result, file);
        if (evidence && !stop.getAsBoolean()) {
            // The pictures come from a second reading; what the first one found is safe by now.
            Map<String, byte[]> pictures =
                    new EvidenceCapture(recording, settings.fps(), decodingThreads).capture(result.alerts());
            folder.writePictures(pictures);
            result = result.withPictures(pictures);
            write(folder, result, file);
        }
        listener.finished(recording, result, folder.path());
        return result;
    }

    private String content() throws RecordingException {
        try {
            return FileContent.sha256(recording);
        } catch (IOException failure) {
            throw new RecordingException(Problem.FAILED, "it cannot be read: " + IoWords.of(failure));
        }
    }

    private RecordingResult analyse(ProctoringEngine engine, RecordingReader reader, OutputFolder folder)
            throws IOException {
        long beganNs = System.nanoTime();
        try (BufferedWriter observations = folder.observations();
                ProctoringSession session = engine.openSession(config)) {
            observations.write(JournalWriter.write(
                    new JournalHead(settings.policy(), settings.accommodations(), settings.modelHashes())));
            observations.write('\n');
            SessionRecorder recorder = new SessionRecorder(
                    observations, settings.policy().prohibitedObjects().keySet());
            Registration registration = session.addListener(recorder);
            feed(session, reader, recorder);
            SessionReport report = session.close(CLOSE_TIMEOUT);
            FrameCounts counts = countedOnce(report.frames());
            long untold = registration.conflated();
            noteProblems(reader, recorder, counts, report.complete());
            return new RecordingResult(
                    recording.getFileName().toString(),
                    reader.info(),
                    reader.endNs(),
                    settings,
                    new FrameAccounting(
                            reader.decodedFrames(),
                            reader.outOfOrderFrames(),
                            notSampled + reader.notDecodedFrames(),
                            reader.notDecodedFrames(),
                            counts,
                            reader.damagedPackets(),
                            reader.damagedFrames(),
                            reader.timeRestarts(),
                            untold),
                    new RunTiming(System.nanoTime() - beganNs, readNs, recorder.timings()),
                    stopped,
                    reader.isTruncated(),
                    problems,
                    recorder.alerts(),
                    recorder.events(),
                    recorder.traces(),
                    Map.of(),
                    Optional.of(session.score()));
        }
    }

    /** Offers the sampled frames; the reader already stands on the first one. */
    private void feed(ProctoringSession session, RecordingReader reader, SessionRecorder recorder) throws IOException {
        FrameSampler sampler = new FrameSampler(settings.fps());
        boolean more = true;
        while (more) {
            if (sampler.isDue(reader.timestampNs())) {
                if (offer(session, reader) == OfferResult.CLOSED || session.state() == SessionState.FAILED) {
                    problems.add("the engine gave up at " + AlertTimes.at(reader.timestampNs()));
                    return;
                }
                listener.advanced(recording, reader.progress(), reader.timestampNs());
                if (recorder.writeFailure().isPresent()) {
                    throw recorder.writeFailure().orElseThrow();
                }
            } else {
                notSampled++;
            }
            if (stop.getAsBoolean()) {
                stopped = true;
                return;
            }
            long from = System.nanoTime();
            more = reader.next();
            readNs += System.nanoTime() - from;
        }
    }

    /** Offers a frame until there is room for it: no frame is to be lost because the machine slept or was busy meanwhile. */
    private OfferResult offer(ProctoringSession session, RecordingReader reader) {
        OfferResult result = session.offer(reader.frame());
        for (int offers = 1; result == OfferResult.REJECTED_BACKPRESSURE && offers < MAX_OFFERS; offers++) {
            if (stop.getAsBoolean()) {
                break;
            }
            LockSupport.parkNanos(PAUSE_NS);
            result = session.offer(reader.frame());
            offeredAgain += result == OfferResult.CLOSED ? 0 : 1;
        }
        return result;
    }

    /** The session counts every offer; of a frame that was offered again only the last one tells what became of it. */
    private FrameCounts countedOnce(FrameCounts offers) {
        return offers.plus(new FrameCounts(-offeredAgain, 0, 0, 0, -offeredAgain, 0, 0));
    }

    private void noteProblems(RecordingReader reader, SessionRecorder recorder, FrameCounts counts, boolean complete)
            throws IOException {
        if (recorder.writeFailure().isPresent()) {
            throw recorder.writeFailure().orElseThrow();
        }
        problems.addAll(ReadingProblems.of(reader, recording));
        if (!complete) {
            problems.add("the engine did not finish every frame in time");
        }
        if (counts.analysed() == 0) {
            problems.add("no frame could be analysed" + reason(recorder.errors()));
        } else if (counts.rejected() > 0) {
            problems.add(Words.count(counts.rejected(), "frame was", "frames were") + " refused and not analysed"
                    + reason(recorder.refusals()));
        }
    }

    private static String reason(List<String> errors) {
        return errors.isEmpty() ? "" : ": " + errors.get(0);
    }

    private void write(OutputFolder folder, RecordingResult result, RecordingFile file) throws IOException {
        StringBuilder alerts = new StringBuilder();
        result.alerts()
                .forEach(alert -> alerts.append(AlertLines.write(alert, picture(result, alert.id())))
                        .append('\n'));
        StringBuilder events = new StringBuilder();
        result.events().forEach(event -> events.append(AlertLines.write(event)).append('\n'));
        folder.write(OutputFolder.ALERTS, alerts.toString());
        folder.write(OutputFolder.EVENTS, events.toString());
        folder.write(OutputFolder.REPORT, ReportPage.write(result));
        folder.write(OutputFolder.SUMMARY, SummaryDocument.write(result, file));
    }

    private static String picture(RecordingResult result, String alertId) {
        return result.pictures().containsKey(alertId) ? OutputFolder.EVIDENCE + '/' + alertId + ".jpg" : null;
    }
}
