package io.invigil.server.live;

import io.invigil.api.CameraState;
import io.invigil.api.Doubt;
import io.invigil.api.EngineException;
import io.invigil.api.FaceObservation;
import io.invigil.api.Frame;
import io.invigil.api.FrameResult;
import io.invigil.api.Observation;
import io.invigil.api.Policy;
import io.invigil.api.ProctoringEngine;
import io.invigil.api.ProctoringSession;
import io.invigil.api.SessionConfig;
import io.invigil.api.SessionId;
import io.invigil.api.SessionListener;
import io.invigil.wire.CameraView;
import io.invigil.wire.FieldError;
import io.invigil.wire.PrecheckView;
import io.invigil.wire.ProblemException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Looks at one picture before a session starts: a session of one frame, whose observation says what there is to better. */
final class Precheck {
    private static final int AT_ONCE = 4;
    private static final Duration WAIT = Duration.ofSeconds(6);
    private static final Duration RETRY = Duration.ofSeconds(2);

    private final ProctoringEngine engine;
    private final Duration wait;
    private final Semaphore room = new Semaphore(AT_ONCE);

    Precheck(ProctoringEngine engine) {
        this(engine, WAIT);
    }

    /** @param wait how long a picture may take */
    Precheck(ProctoringEngine engine, Duration wait) {
        this.engine = engine;
        this.wait = wait;
    }

    PrecheckView look(byte[] picture) {
        if (!room.tryAcquire()) {
            throw ProblemException.tooMuch(503, "too many pictures are being looked at", RETRY);
        }
        try (ProctoringSession session = engine.openSession(SessionConfig.builder()
                .id(new SessionId("precheck-" + SessionId.random().value()))
                .policy(Policy.interview())
                .build())) {
            CompletableFuture<FrameResult> answer = new CompletableFuture<>();
            session.addListener(new SessionListener() {
                @Override
                public void onFrameResult(SessionId id, FrameResult result) {
                    answer.complete(result);
                }
            });
            if (!session.offer(Frame.encoded(picture, 0)).isAccepted()) {
                throw noPicture("it is empty, larger than allowed, or neither JPEG, PNG nor WebP");
            }
            FrameResult result = await(answer, session);
            return view(result.observation()
                    .orElseThrow(() -> noPicture(
                            result.failure().map(EngineException::getMessage).orElse("it cannot be read"))));
        } catch (TimeoutException | EngineException busy) {
            throw ProblemException.tooMuch(503, "the engine is too busy to look at the picture", RETRY);
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ProblemException.tooMuch(503, "the service stops", RETRY);
        } finally {
            room.release();
        }
    }

    private FrameResult await(CompletableFuture<FrameResult> answer, ProctoringSession session)
            throws InterruptedException, ExecutionException, TimeoutException {
        try {
            return answer.get(wait.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException | InterruptedException tooLong) {
            session.close(Duration.ZERO); // The close that follows would wait for the picture once more.
            throw tooLong;
        }
    }

    private static ProblemException noPicture(String why) {
        return ProblemException.invalid(new FieldError("value_error", List.of("body"), "The picture: " + why, null));
    }

    private static PrecheckView view(Observation seen) {
        List<String> hints = new ArrayList<>();
        CameraState camera = seen.quality().state();
        Optional<Doubt> doubt = seen.face()
                .doubt()
                .or(() -> seen.faces().stream()
                        .findFirst()
                        .map(FaceObservation::gazeReading)
                        .flatMap(gaze -> gaze.doubt()));
        cameraHint(camera).ifPresent(hints::add);
        faceHint(seen.faces().size(), camera).ifPresent(hints::add);
        doubt.flatMap(Precheck::doubtHint).filter(hint -> !hints.contains(hint)).ifPresent(hints::add);
        return new PrecheckView(
                hints.isEmpty(),
                CameraView.of(seen.quality()),
                light(camera, doubt),
                seen.faces().size(),
                hints);
    }

    private static String light(CameraState camera, Optional<Doubt> doubt) {
        return switch (camera) {
            case DARK, BLACK -> "dark";
            case OVEREXPOSED -> "bright";
            default -> doubt.filter(why -> why == Doubt.BACKLIT).isPresent() ? "backlit" : "ok";
        };
    }

    private static Optional<String> cameraHint(CameraState camera) {
        return switch (camera) {
            case OK -> Optional.empty();
            case DARK -> Optional.of("Turn on a light in front of you.");
            case BLACK, COVERED -> Optional.of("Uncover the camera.");
            case BLURRED -> Optional.of("Clean the lens and hold the camera still.");
            case OVEREXPOSED -> Optional.of("Turn away from the bright light.");
        };
    }

    private static Optional<String> faceHint(int faces, CameraState camera) {
        if (faces > 1) {
            return Optional.of("Make sure that nobody else is in the picture.");
        }
        return faces == 0 && camera != CameraState.BLACK && camera != CameraState.COVERED
                ? Optional.of("Sit so that your whole face is in the picture.")
                : Optional.empty();
    }

    private static Optional<String> doubtHint(Doubt doubt) {
        return switch (doubt) {
            case BACKLIT -> Optional.of("Move so that the light comes from in front of you.");
            case TOO_CLOSE -> Optional.of("Move back from the camera.");
            case TOO_SMALL -> Optional.of("Move closer to the camera.");
            case OCCLUDED -> Optional.of("Make sure that nothing hides your eyes.");
            case ROTATED -> Optional.of("Face the camera.");
            default -> Optional.empty();
        };
    }
}
