package io.invigil.http;

import io.invigil.wire.AlertQuery;
import io.invigil.wire.AlertRequest;
import io.invigil.wire.CalibrationRequest;
import io.invigil.wire.ProctoringService;
import io.invigil.wire.ReviewRequest;
import io.invigil.wire.Scope;
import io.invigil.wire.SessionQuery;
import io.invigil.wire.SessionRequest;
import io.invigil.wire.WireJson;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The table of calls. */
final class Routes {
    private static final List<String> STATES = List.of("active", "paused", "ended", "expired");
    private static final List<String> SEVERITIES = List.of("critical", "high", "medium", "low");

    private static final List<String> DELIVERY_STATES = List.of("waiting", "delivered", "given_up");
    private static final int DELIVERIES = 100;
    private static final int MAX_DELIVERIES = 1000;

    private final List<Route> routes = new ArrayList<>();
    private final ProctoringService service;

    private Routes(ProctoringService service) {
        this.service = service;
    }

    static List<Route> of(ProctoringService service) {
        Routes table = new Routes(service);
        table.addService();
        table.addSessions();
        table.addDownloads();
        table.addDeliveries();
        table.addProctoring();
        return List.copyOf(table.routes);
    }

    private void addService() {
        open("/", call -> Answer.json(service.service()));
        open("/health", call -> Answer.json(service.health()));
        add("GET", "/health/detailed", Scope.PROCTOR, call -> Answer.json(service.detailedHealth()));
        open("/openapi.json", call -> Answer.of(Answer.JSON, WireJson.openApi()));
        open(
                "/docs/websocket",
                call -> Answer.of("text/html; charset=utf-8", WireJson.webSocketPage())
                        .with("Content-Security-Policy", SecurityHeadersFilter.DOCUMENT_POLICY));
        open("/docs/websocket.schema.json", call -> Answer.of(Answer.JSON, WireJson.webSocketSchema()));
        open("/docs/websocket.css", call -> Answer.of("text/css; charset=utf-8", resource("websocket.css")));
    }

    private void addSessions() {
        add(
                "POST",
                "/api/v1/session/create",
                Scope.HOST,
                Body.JSON,
                call -> Answer.done(service.create(SessionRequest.read(call.body()), call.caller())));
        add(
                "GET",
                "/api/v1/sessions",
                Scope.PROCTOR,
                call -> Answer.json(service.sessions(new SessionQuery(
                        call.choice("state", STATES),
                        call.integer("limit", 1, SessionQuery.MAX_LIMIT, SessionQuery.DEFAULT_LIMIT),
                        call.text("cursor", 200)))));
        String session = "/api/v1/session/{session_id}";
        add("GET", session, Scope.CANDIDATE, call -> Answer.json(service.session(call.sessionId(), call.caller())));
        add(
                "POST",
                session + "/end",
                Scope.CANDIDATE,
                call -> Answer.json(service.end(call.sessionId(), call.caller())));
        add(
                "POST",
                session + "/pause",
                Scope.HOST,
                call -> Answer.done(service.pause(call.sessionId(), call.caller())));
        add(
                "POST",
                session + "/resume",
                Scope.HOST,
                call -> Answer.done(service.resume(call.sessionId(), call.caller())));
        add(
                "POST",
                session + "/calibration",
                Scope.CANDIDATE,
                Body.JSON,
                call -> Answer.done(
                        service.calibrate(call.sessionId(), CalibrationRequest.read(call.body()), call.caller())));
        add("GET", session + "/score", Scope.PROCTOR, call -> Answer.json(service.score(call.sessionId())));
    }

    private void addDownloads() {
        String session = "/api/v1/session/{session_id}";
        add(
                "GET",
                session + "/report.html",
                Scope.PROCTOR,
                call -> Answer.text("text/html", service.reportPage(call.sessionId()))
                        .with("Content-Security-Policy", SecurityHeadersFilter.REPORT_POLICY));
        add(
                "GET",
                session + "/alerts.jsonl",
                Scope.PROCTOR,
                call -> Answer.text("application/jsonl", service.alertLines(call.sessionId()))
                        .with("Content-Disposition", "attachment; filename=\"alerts.jsonl\""));
        add(
                "GET",
                session + "/alerts.csv",
                Scope.PROCTOR,
                call -> Answer.text("text/csv", service.alertTable(call.sessionId()))
                        .with("Content-Disposition", "attachment; filename=\"alerts.csv\""));
        add(
                "GET",
                session + "/evidence/{alert_id}.jpg",
                Scope.PROCTOR,
                call -> Answer.of("image/jpeg", service.evidence(call.sessionId(), call.alertId())));
    }

    private void addDeliveries() {
        String webhooks = "/api/v1/session/{session_id}/webhooks";
        add(
                "GET",
                webhooks,
                Scope.HOST,
                call -> Answer.json(service.deliveries(
                        call.sessionId(),
                        call.choice("state", DELIVERY_STATES),
                        call.integer("limit", 1, MAX_DELIVERIES, DELIVERIES))));
        add(
                "POST",
                webhooks + "/{delivery_id}/redeliver",
                Scope.HOST,
                call -> Answer.done(
                        service.redeliver(call.sessionId(), call.parts().get("delivery_id"), call.caller())));
    }

    private void addProctoring() {
        add(
                "GET",
                "/api/v1/proctoring/status/{session_id}",
                Scope.CANDIDATE,
                call -> Answer.json(service.status(call.sessionId(), call.caller())));
        String alerts = "/api/v1/proctoring/alerts/{session_id}";
        add(
                "GET",
                alerts,
                Scope.CANDIDATE,
                call -> Answer.json(service.alerts(
                        call.sessionId(),
                        new AlertQuery(
                                call.integer("limit", 1, AlertQuery.MAX_LIMIT, AlertQuery.DEFAULT_LIMIT),
                                call.time("since"),
                                call.text("kind", 64),
                                call.choice("severity", SEVERITIES),
                                call.text("cursor", 200)),
                        call.caller())));
        add(
                "POST",
                alerts,
                Scope.CANDIDATE,
                Body.JSON,
                call -> Answer.done(service.report(call.sessionId(), AlertRequest.read(call.body()), call.caller())));
        add(
                "PATCH",
                alerts + "/{alert_id}",
                Scope.PROCTOR,
                Body.JSON,
                call -> Answer.done(service.review(
                        call.sessionId(), call.alertId(), ReviewRequest.read(call.body()), call.caller())));
        add(
                "POST",
                "/api/v1/precheck",
                Scope.CANDIDATE,
                Body.PICTURE,
                call -> Answer.json(service.precheck(call.body())));
    }

    private void open(String path, Function<Call, Answer> handler) {
        routes.add(new Route("GET", new PathTemplate(path), Optional.empty(), Body.NONE, handler));
    }

    private void add(String method, String path, Scope scope, Function<Call, Answer> handler) {
        add(method, path, scope, Body.NONE, handler);
    }

    private void add(String method, String path, Scope scope, Body body, Function<Call, Answer> handler) {
        routes.add(new Route(method, new PathTemplate(path), Optional.of(scope), body, handler));
    }

    private static byte[] resource(String name) {
        try (InputStream in = Routes.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is missing from the program");
            }
            return in.readAllBytes();
        } catch (IOException failure) {
            throw new UncheckedIOException(name + " cannot be read", failure);
        }
    }
}
