package io.invigil.http;

import io.invigil.wire.AccessControl;
import io.invigil.wire.Caller;
import io.invigil.wire.ProblemException;
import io.invigil.wire.ProblemView;
import io.invigil.wire.ProctoringService;
import io.invigil.wire.ReviewFeed;
import io.invigil.wire.Scope;
import io.invigil.wire.WireJson;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.MappingMatch;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Every REST call of the contract and beyond. Mount it with asynchronous support, at {@code /*} or below a prefix of the
 * application's choice; {@link RestAdapter} does.
 */
public final class RestServlet extends HttpServlet implements AutoCloseable {
    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(RestServlet.class);
    private static final String ARRIVING = RestServlet.class.getName() + ".arriving";
    private static final byte[] NOTHING = {};
    private static final PathTemplate EVENTS = new PathTemplate("/api/v1/events");

    private final transient List<Route> routes;
    private final transient Gate gate;
    private final transient HttpLimits limits;
    private final transient EventStreams streams;
    private final transient CallListener listener;

    /** A servlet over these ports. */
    public RestServlet(
            ProctoringService service,
            ReviewFeed feed,
            AccessControl access,
            HttpLimits limits,
            CallListener listener) {
        routes = Routes.of(Objects.requireNonNull(service, "service"));
        gate = new Gate(Objects.requireNonNull(access, "access"));
        this.limits = Objects.requireNonNull(limits, "limits");
        streams = new EventStreams(Objects.requireNonNull(feed, "feed"), limits);
        this.listener = Objects.requireNonNull(listener, "listener");
    }

    private record Matched(Route route, Map<String, String> parts) {
        String name() {
            return route.path().toString();
        }
    }

    /** A call whose body is on its way. */
    private record Arriving(Matched matched, Caller caller, BodyArrival body, long beganNs) {}

    /** Answers; a call with a body comes a second time, once the body is there. */
    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Arriving arriving = (Arriving) request.getAttribute(ARRIVING);
        long beganNs = arriving == null ? System.nanoTime() : arriving.beganNs();
        String path = path(request);
        String route = "none";
        boolean answered = true;
        try {
            if (arriving != null) {
                route = arriving.matched().name();
                byte[] body = arriving.body().body();
                send(request, response, answer(request, arriving.matched(), arriving.caller(), body));
            } else if (EVENTS.match(path).isPresent() && isReading(request)) {
                route = EVENTS.toString();
                followEvents(request, response);
            } else {
                Matched matched = match(request, path);
                route = matched.name();
                answered = begin(request, response, matched, beganNs);
            }
        } catch (ProblemException problem) {
            fail(request, response, problem);
        } catch (RuntimeException failure) {
            // The class of the failure and where it came from; its message might hold what a caller sent.
            LOG.error(
                    "{} {} failed with {}",
                    request.getMethod(),
                    route,
                    failure.getClass().getName(),
                    failure);
            fail(request, response, ProblemException.of(500, "the call failed; the server's log says more"));
        } finally {
            if (answered) {
                listener.answered(request.getMethod(), route, response.getStatus(), System.nanoTime() - beganNs);
            }
        }
    }

    /** Answers a call without a body; false for one whose body has to come first. */
    private boolean begin(HttpServletRequest request, HttpServletResponse response, Matched matched, long beganNs)
            throws IOException {
        Caller caller = caller(request, matched);
        if (matched.route().body() == Body.NONE) {
            send(request, response, answer(request, matched, caller, NOTHING));
            return true;
        }
        BodyArrival body = BodyArrival.begin(request, matched.route().body(), limits);
        request.setAttribute(ARRIVING, new Arriving(matched, caller, body, beganNs));
        return false;
    }

    /**
     * Ends the event streams and opens no others; other calls are still answered. For a server that is about to stop: one that
     * lets open answers end first would wait for these in vain. Idempotent; safe from any thread.
     */
    @Override
    public void close() {
        streams.close();
    }

    @Override
    public void destroy() {
        close();
    }

    private static String path(HttpServletRequest request) {
        boolean belowPrefix = request.getHttpServletMapping().getMappingMatch() == MappingMatch.PATH;
        String path = belowPrefix ? request.getPathInfo() : request.getServletPath();
        return path == null || path.isEmpty() ? "/" : path;
    }

    private static boolean isReading(HttpServletRequest request) {
        return request.getMethod().equals("GET");
    }

    private Matched match(HttpServletRequest request, String path) {
        String method = request.getMethod().equals("HEAD") ? "GET" : request.getMethod();
        TreeSet<String> allowed = new TreeSet<>();
        for (Route route : routes) {
            Optional<Map<String, String>> parts = route.path().match(path);
            if (parts.isPresent()) {
                if (route.method().equals(method)) {
                    return new Matched(route, parts.get());
                }
                allowed.add(route.method());
            }
        }
        if (EVENTS.match(path).isPresent()) {
            allowed.add("GET");
        }
        if (allowed.isEmpty()) {
            throw ProblemException.notFound();
        }
        if (allowed.contains("GET")) {
            allowed.add("HEAD");
        }
        throw ProblemException.methodNotAllowed(String.join(", ", allowed));
    }

    private Caller caller(HttpServletRequest request, Matched matched) {
        String sessionId = matched.parts().get("session_id");
        return matched.route()
                .scope()
                .map(scope -> gate.admit(request, scope, sessionId, false))
                .orElse(Caller.ANYBODY);
    }

    private static Answer answer(HttpServletRequest request, Matched matched, Caller caller, byte[] body) {
        return matched.route().handler().apply(new Call(request, matched.parts(), caller, body));
    }

    private void followEvents(HttpServletRequest request, HttpServletResponse response) {
        Call call = new Call(request, Map.of(), Caller.ANYBODY, NOTHING);
        Optional<String> session = call.text("session", 64);
        gate.admit(request, Scope.PROCTOR, session.orElse(null), true);
        streams.open(request, response, session);
    }

    private static void send(HttpServletRequest request, HttpServletResponse response, Answer answer)
            throws IOException {
        response.setStatus(answer.status());
        response.setContentType(answer.contentType());
        answer.headers().forEach(response::setHeader);
        response.setContentLength(answer.body().length);
        if (!request.getMethod().equals("HEAD")) {
            response.getOutputStream().write(answer.body());
        }
    }

    private static void fail(HttpServletRequest request, HttpServletResponse response, ProblemException problem)
            throws IOException {
        if (response.isCommitted()) {
            return;
        }
        problem.allowed().ifPresent(methods -> response.setHeader("Allow", methods));
        if (problem.status() == 401) {
            response.setHeader("WWW-Authenticate", "Bearer");
        }
        if (problem.status() == 408 || problem.status() == 413) {
            response.setHeader("Connection", "close"); // What else comes of the body is not waited for.
        }
        problem.retryAfter()
                .ifPresent(wait -> response.setHeader("Retry-After", Long.toString(Math.max(1, wait.toSeconds()))));
        byte[] body = WireJson.writeBytes(ProblemView.of(problem, request.getRequestURI()));
        send(request, response, new Answer(problem.status(), Answer.PROBLEM, body, Map.of()));
    }
}
