package io.invigil.core.vision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnxruntime.OrtEnvironment;
import io.invigil.api.EngineException;
import io.invigil.models.ModelCatalog;
import io.invigil.models.ModelId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class LoadingTest {
    private final List<Part> loaded = new ArrayList<>();

    /** Something with natives. */
    private static final class Part implements AutoCloseable {
        private final RuntimeException onClose;
        private int closed;

        private Part(RuntimeException onClose) {
            this.onClose = onClose;
        }

        @Override
        public void close() {
            closed++;
            if (onClose != null) {
                throw onClose;
            }
        }
    }

    private synchronized Part part(RuntimeException onClose) {
        Part part = new Part(onClose);
        loaded.add(part);
        return part;
    }

    private static <T> T fail(RuntimeException failure) {
        throw failure;
    }

    @Test
    void shouldGiveEveryPartAndCloseNoneWhenAllAreLoaded() {
        Supplier<Part> first;
        Supplier<String> second;
        try (Loading loading = new Loading(2)) {
            first = loading.begin(() -> part(null));
            second = loading.begin(() -> "second");
            loading.all();
        }

        assertThat(first.get()).isSameAs(loaded.get(0));
        assertThat(second.get()).isEqualTo("second");
        assertThat(loaded.get(0).closed).isZero();
    }

    @Test
    void shouldLoadPartsAtTheSameTimeWhenThereAreThreads() {
        CyclicBarrier meeting = new CyclicBarrier(2);
        Supplier<Integer> meet = () -> {
            try {
                return meeting.await();
            } catch (InterruptedException | BrokenBarrierException e) {
                throw new IllegalStateException(e);
            }
        };
        try (Loading loading = new Loading(2)) {
            Supplier<Integer> first = loading.begin(meet);
            Supplier<Integer> second = loading.begin(meet);
            loading.all();

            assertThat(List.of(first.get(), second.get())).containsExactlyInAnyOrder(0, 1);
        }
    }

    @Test
    void shouldThrowTheFirstFailureAndCloseEveryOtherPartWhenSomeFail() {
        RuntimeException first = new IllegalStateException("first");
        RuntimeException second = new IllegalStateException("second");

        assertThatThrownBy(() -> {
                    try (Loading loading = new Loading(2)) {
                        loading.begin(() -> part(new IllegalStateException("close")));
                        loading.begin(() -> fail(first));
                        loading.begin(() -> fail(second));
                        loading.begin(() -> part(null));
                        loading.all();
                    }
                })
                .isSameAs(first)
                .hasSuppressedException(second);
        assertThat(loaded).hasSize(2).allSatisfy(part -> assertThat(part.closed).isEqualTo(1));
    }

    @Test
    void shouldThrowTheErrorWhenAPartEndsWithOne() {
        Error missing = new UnsatisfiedLinkError("no such library");

        assertThatThrownBy(() -> {
                    try (Loading loading = new Loading(1)) {
                        loading.begin(() -> {
                            throw missing;
                        });
                        loading.all();
                    }
                })
                .isSameAs(missing);
    }

    @Test
    void shouldCloseWhatIsStillBeingLoadedWhenTheCallerFails() {
        CountDownLatch failed = new CountDownLatch(1);

        assertThatThrownBy(() -> {
                    try (Loading loading = new Loading(1)) {
                        loading.begin(() -> {
                            await(failed);
                            return part(null);
                        });
                        loading.begin(() -> part(null));
                        failed.countDown();
                        throw new IllegalArgumentException("the caller");
                    }
                })
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(loaded).hasSize(2).allSatisfy(part -> assertThat(part.closed).isEqualTo(1));
    }

    @Test
    void shouldLoadAllAndStayInterruptedWhenInterruptedWhileWaiting() {
        try (Loading loading = new Loading(1)) {
            Thread.currentThread().interrupt();
            Supplier<Part> part = loading.begin(() -> part(null));
            loading.all();

            assertThat(Thread.interrupted()).isTrue();
            assertThat(part.get().closed).isZero();
        }
    }

    @Test
    void shouldNameTheModelAndCloseTheOthersWhenOneCannotBeLoaded() {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        byte[] file = ModelCatalog.bundled().load(ModelId.FACE_DETECTION_FULL_RANGE);
        List<OnnxModel> models = new ArrayList<>();

        assertThatThrownBy(() -> {
                    try (Loading loading = new Loading(2)) {
                        loading.begin(() -> {
                            OnnxModel model = new OnnxModel(environment, "face_detection_full_range", file);
                            models.add(model);
                            return model;
                        });
                        loading.begin(() -> new OnnxModel(environment, "nanodet", new byte[100]));
                        loading.all();
                    }
                })
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("nanodet");
        // ONNX Runtime refuses to describe a session that is closed.
        assertThat(models).hasSize(1);
        assertThatThrownBy(models.get(0)::newRunner).isInstanceOf(IllegalStateException.class);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
