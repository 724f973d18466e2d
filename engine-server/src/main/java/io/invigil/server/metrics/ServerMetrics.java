package io.invigil.server.metrics;

import io.invigil.api.EngineStatistics;
import io.invigil.api.FrameCounts;
import io.invigil.api.FrameObserver;
import io.invigil.api.StageTimings;
import io.invigil.http.CallListener;
import io.invigil.server.live.LossMeter;
import io.invigil.server.record.StoreException;
import io.invigil.server.store.StoreMeter;
import io.invigil.server.webhook.Outbox;
import io.invigil.ws.SocketStatistics;
import io.prometheus.metrics.core.datapoints.DistributionDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.instrumentation.jvm.JvmMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/** The server's metrics in a registry of their own. No label holds an id or a name. Thread-safe. */
public final class ServerMetrics implements StoreMeter, CallListener, FrameObserver, LongConsumer, LossMeter {
    private static final double[] STAGE_SECONDS = {
        0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1
    };
    private static final double[] SECONDS = {0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10};

    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final Histogram calls = Histogram.builder()
            .name("invigil_http_call_seconds")
            .help("From a call's arrival to its answer")
            .labelNames("method", "route", "status")
            .classicOnly()
            .classicUpperBounds(SECONDS)
            .register(registry);
    private final Histogram commits = Histogram.builder()
            .name("invigil_store_commit_seconds")
            .help("From a commit's first statement to its end on the disk")
            .classicOnly()
            .classicUpperBounds(SECONDS)
            .register(registry);
    private final Counter writes = Counter.builder()
            .name("invigil_store_writes_total")
            .help("Writes by what became of them")
            .labelNames("outcome")
            .register(registry);
    private final Counter losses = Counter.builder()
            .name("invigil_unkept_lost_total")
            .help("What gave way because the store did not answer for long, and is never kept; alerts never do")
            .labelNames("what")
            .register(registry);

    private final Histogram waits = histogram(
            "invigil_frame_wait_seconds", "From a frame's arrival at the engine to its first stage", registry);
    private final Histogram results =
            histogram("invigil_result_seconds", "From a picture's arrival to its result on the socket", registry);
    private final Histogram stages = Histogram.builder()
            .name("invigil_stage_seconds")
            .help("Time a frame spent in each stage that ran")
            .labelNames("stage")
            .classicOnly()
            .classicUpperBounds(STAGE_SECONDS)
            .register(registry);
    private final DistributionDataPoint decode = stages.labelValues("decode");
    private final DistributionDataPoint face = stages.labelValues("face");
    private final DistributionDataPoint gaze = stages.labelValues("gaze");
    private final DistributionDataPoint presence = stages.labelValues("presence");
    private final DistributionDataPoint rules = stages.labelValues("rules");

    /** Metrics of the process and of what is told by calls. */
    public ServerMetrics() {
        JvmMetrics.builder().register(registry);
        gauge(
                "invigil_native_memory_bytes",
                "Resident memory beyond what the Java runtime uses for heap, code and metadata: models, tensors, pictures,"
                        + " direct buffers, stacks; an estimate from above, because free heap that was used once counts in",
                NativeMemory::ofThisProcess,
                NativeMemory::bytes);
        for (String outcome : new String[] {"kept", "failed", "refused"}) {
            writes.initLabelValues(outcome);
        }
        for (LossMeter.What what : LossMeter.What.values()) {
            losses.initLabelValues(word(what));
        }
    }

    /** Adds what an engine counts; asked for at each scrape. */
    public void engine(Supplier<EngineStatistics> engine) {
        CounterWithCallback.builder()
                .name("invigil_frames_total")
                .help("Frames by what became of them")
                .labelNames("outcome")
                .callback(out -> {
                    FrameCounts frames = engine.get().frames();
                    out.call(frames.analysed(), "analysed");
                    out.call(frames.sampledOut(), "sampled_out");
                    out.call(frames.superseded(), "superseded");
                    out.call(frames.rejected(), "rejected");
                    out.call(frames.failed(), "failed");
                })
                .register(registry);
        gauge(
                "invigil_frames_in_flight",
                "Frames that wait or are worked on",
                engine,
                it -> it.frames().inFlight());
        gauge("invigil_sessions_open", "Sessions open in the engine", engine, EngineStatistics::openSessions);
        gauge(
                "invigil_engine_load",
                "Work asked for over work that can be done; 1 is exactly busy",
                engine,
                it -> it.load().load());
        counter("invigil_alerts_total", "Alerts opened", engine, EngineStatistics::alertsOpened);
        counter("invigil_sessions_total", "Sessions opened", engine, EngineStatistics::sessionsOpened);
        counter("invigil_listener_failures_total", "Throws of listeners", engine, EngineStatistics::listenerFailures);
    }

    /** Adds what went over the sockets. */
    public void sockets(Supplier<SocketStatistics> sockets) {
        gauge("invigil_sockets_open", "Sockets open", sockets, SocketStatistics::open);
        counter("invigil_sockets_accepted_total", "Handshakes accepted", sockets, SocketStatistics::accepted);
        counter("invigil_sockets_refused_total", "Handshakes refused", sockets, SocketStatistics::refused);
        counter("invigil_socket_messages_in_total", "Messages that came", sockets, SocketStatistics::messagesIn);
        counter("invigil_socket_bytes_in_total", "Their bytes", sockets, SocketStatistics::bytesIn);
        counter("invigil_socket_messages_out_total", "Messages that went", sockets, SocketStatistics::messagesOut);
        counter(
                "invigil_socket_conflated_total",
                "Results that gave way to newer ones",
                sockets,
                SocketStatistics::conflated);
        counter(
                "invigil_socket_closed_slow_total",
                "Sockets closed for being slow",
                sockets,
                SocketStatistics::closedSlow);
    }

    /** Adds one value that is asked for at each scrape. */
    public <T> void gauge(String name, String help, Supplier<T> source, ToDoubleFunction<T> value) {
        GaugeWithCallback.builder()
                .name(name)
                .help(help)
                .callback(out -> out.call(value.applyAsDouble(source.get())))
                .register(registry);
    }

    private <T> void counter(String name, String help, Supplier<T> source, ToDoubleFunction<T> value) {
        CounterWithCallback.builder()
                .name(name)
                .help(help)
                .callback(out -> out.call(value.applyAsDouble(source.get())))
                .register(registry);
    }

    @Override
    public void answered(String method, String route, int status, long durationNs) {
        // A caller may make up methods, and every label is kept for good.
        calls.labelValues(METHODS.contains(method) ? method : "other", route, Integer.toString(status))
                .observe(durationNs / 1e9);
    }

    private static Histogram histogram(String name, String help, PrometheusRegistry registry) {
        return Histogram.builder()
                .name(name)
                .help(help)
                .classicOnly()
                .classicUpperBounds(SECONDS)
                .register(registry);
    }

    /** A frame of the engine was finished. */
    @Override
    public void finished(long waitedNs, StageTimings timings) {
        waits.observe(waitedNs / 1e9);
        observe(decode, timings.decodeNs());
        observe(face, timings.faceNs());
        observe(gaze, timings.gazeNs());
        observe(presence, timings.presenceNs());
        observe(rules, timings.rulesNs());
    }

    private static void observe(DistributionDataPoint stage, long tookNs) {
        if (tookNs > 0) {
            stage.observe(tookNs / 1e9);
        }
    }

    /** A result was handed to its socket so many nanoseconds after its picture came. */
    @Override
    public void accept(long latencyNs) {
        results.observe(latencyNs / 1e9);
    }

    /** Adds how many messages to the host stand where; not shown while the store does not answer. */
    public void webhooks(Supplier<Outbox.Counts> counts) {
        GaugeWithCallback.builder()
                .name("invigil_webhook_messages")
                .help("Messages to the host by where they stand")
                .labelNames("state")
                .callback(out -> {
                    Outbox.Counts now;
                    try {
                        now = counts.get();
                    } catch (StoreException unknown) {
                        return; // The rest is wanted most when the store is down.
                    }
                    out.call(now.waiting(), "waiting");
                    out.call(now.delivered(), "delivered");
                    out.call(now.givenUp(), "given_up");
                })
                .register(registry);
    }

    @Override
    public void committed(int count, long tookNs) {
        writes.labelValues("kept").inc(count);
        commits.observe(tookNs / 1e9);
    }

    @Override
    public void failed(int count) {
        writes.labelValues("failed").inc(count);
    }

    @Override
    public void refused() {
        writes.labelValues("refused").inc();
    }

    @Override
    public void lost(LossMeter.What what, int count) {
        losses.labelValues(word(what)).inc(count);
    }

    private static String word(LossMeter.What what) {
        return what.name().toLowerCase(Locale.ROOT);
    }

    /** Writes everything in Prometheus' text format 0.0.4. */
    public void write(OutputStream out) throws IOException {
        PrometheusTextFormatWriter.create().write(out, registry.scrape());
    }
}
