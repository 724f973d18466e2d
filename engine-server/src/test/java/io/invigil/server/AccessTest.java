package io.invigil.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import io.invigil.server.access.JwtRules;
import io.invigil.server.access.StaticToken;
import io.invigil.server.access.TokenAccess;
import io.invigil.server.record.MemoryStore;
import io.invigil.wire.Scope;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Who may do what, over a real port. */
class AccessTest {
    private static final String HOST = "host-token-0123456789";
    private static final String PROCTOR = "proctor-token-0123456789";
    private static final String SECRET = "a secret of at least thirty-two bytes";
    private static final byte[] SESSION_SECRET =
            "another secret of at least thirty-two bytes".getBytes(StandardCharsets.UTF_8);
    private static final String BODY = "{\"candidate_name\":\"Ada\",\"interview_type\":\"t\"}";

    private final FakeEngine engine = new FakeEngine();
    private final TokenAccess access = new TokenAccess(
            List.of(
                    StaticToken.of("backend", Set.of(Scope.HOST), HOST),
                    StaticToken.of("reviewer", Set.of(Scope.PROCTOR), PROCTOR)),
            List.of(JwtRules.sharedSecret(SECRET, "idp", "exam")),
            SESSION_SECRET);
    private InvigilServer server;
    private Client client;

    @BeforeEach
    void start() {
        server = InvigilServer.builder(engine, new MemoryStore())
                .port(0)
                .access(access)
                .tokens(access)
                .servlet("/figures", new Figures(), Scope.PROCTOR)
                .start();
        client = new Client(server.port());
    }

    @AfterEach
    void stop() {
        server.close();
        engine.close();
    }

    private HttpResponse<String> as(String token, HttpRequest.Builder request) {
        return client.send(request.header("Authorization", "Bearer " + token));
    }

    private JsonNode create() {
        return Client.body(as(HOST, Client.json(client.to("/api/v1/session/create"), "POST", BODY)), 200);
    }

    @Test
    void shouldAskForATokenExceptWhereNothingIsTold() {
        HttpResponse<String> refused = client.post("/api/v1/session/create", BODY);
        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(refused.headers().firstValue("WWW-Authenticate")).hasValue("Bearer");
        assertThat(client.get("/api/v1/sessions").statusCode()).isEqualTo(401);
        assertThat(client.get("/health/detailed").statusCode()).isEqualTo(401);
        assertThat(client.get("/").statusCode()).isEqualTo(200);
        assertThat(client.get("/health").statusCode()).isEqualTo(200);
        assertThat(as("wrong", client.to("/api/v1/sessions")).statusCode()).isEqualTo(401);
    }

    @Test
    void shouldLetAProctorWatchAndNotCreate() {
        String id = create().get("session_id").asString();
        assertThat(as(PROCTOR, client.to("/api/v1/sessions")).statusCode()).isEqualTo(200);
        for (String path :
                List.of("session/%s", "proctoring/status/%s", "proctoring/alerts/%s", "session/%s/report.html")) {
            assertThat(as(PROCTOR, client.to("/api/v1/" + path.formatted(id))).statusCode())
                    .as(path)
                    .isEqualTo(200);
        }
        assertThat(as(PROCTOR, Client.json(client.to("/api/v1/session/" + id + "/end"), "POST", ""))
                        .statusCode())
                .isEqualTo(403);
        assertThat(client.dialStatus(id + "?token=" + PROCTOR)).isEqualTo(403);
        assertThat(as(PROCTOR, Client.json(client.to("/api/v1/session/create"), "POST", BODY))
                        .statusCode())
                .isEqualTo(403);
        assertThat(as(PROCTOR, client.to("/api/v1/session/" + id + "/pause").POST(HttpRequest.BodyPublishers.noBody()))
                        .statusCode())
                .isEqualTo(403);
    }

    /** Something an operator mounts beside. */
    private static final class Figures extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.getWriter().write("42");
        }
    }

    @Test
    void shouldGuardWhatIsMountedBesideWhenAScopeIsNamed() {
        assertThat(client.get("/figures").statusCode()).isEqualTo(401);
        assertThat(as(PROCTOR, client.to("/figures")).body()).isEqualTo("42");
        String candidate = create().get("token").asString();
        assertThat(as(candidate, client.to("/figures")).statusCode()).isEqualTo(403);
    }

    @Test
    void shouldBindACandidateToTheirSession() {
        JsonNode mine = create();
        String token = mine.get("token").asString();
        String id = mine.get("session_id").asString();
        String other = create().get("session_id").asString();

        assertThat(as(token, client.to("/api/v1/proctoring/status/" + id)).statusCode())
                .isEqualTo(200);
        assertThat(as(token, client.to("/api/v1/proctoring/status/" + other)).statusCode())
                .isEqualTo(403);
        assertThat(as(token, client.to("/api/v1/sessions")).statusCode()).isEqualTo(403);
        assertThat(as(token, client.to("/api/v1/session/" + id + "/report.html"))
                        .statusCode())
                .isEqualTo(403);

        assertThat(client.dialStatus(id)).isEqualTo(401);
        assertThat(client.dialStatus(id + "?token=wrong")).isEqualTo(401);
        assertThat(client.dialStatus(other + "?token=" + token)).isEqualTo(403);
        assertThat(client.dialStatus(id + "?token=" + token)).isEqualTo(101);
        assertThat(client.dialStatus(id, "Authorization", "Bearer " + token)).isEqualTo(101);
        Client.Socket socket = client.dial(id, List.of(), List.of("invigil.v1", "invigil.token." + token));
        assertThat(socket.raw().getSubprotocol()).isEqualTo("invigil.v1");
        assertThat(socket.frame("").result().get("status").asString()).isEqualTo("ok");
        assertThat(as(token, client.to("/api/v1/session/" + id + "/end").POST(HttpRequest.BodyPublishers.noBody()))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void shouldKeepTheProctorsWordsAndTheHostsFactsFromTheCandidate() {
        JsonNode created = Client.body(
                as(
                        HOST,
                        Client.json(
                                client.to("/api/v1/session/create"),
                                "POST",
                                "{\"candidate_name\":\"Ada\",\"interview_type\":\"t\",\"metadata\":{\"room\":\"cellar\"}}")),
                200);
        String id = created.get("session_id").asString();
        String token = created.get("token").asString();
        Client.Socket socket = client.dial(id + "?token=" + token);
        String alertId = socket.frame("open:no_face")
                .result()
                .get("alerts")
                .get(0)
                .get("alert_id")
                .asString();
        String review = "{\"review_state\":\"dismissed\",\"note\":\"lets it pass\"}";
        Client.body(
                as(PROCTOR, Client.json(client.to("/api/v1/proctoring/alerts/" + id + "/" + alertId), "PATCH", review)),
                200);

        for (String path : List.of("session/", "proctoring/status/", "proctoring/alerts/")) {
            HttpRequest.Builder asked = client.to("/api/v1/" + path + id);
            assertThat(as(token, asked).body())
                    .as(path)
                    .contains(alertId, "\"review\":{\"state\":\"open\",\"note\":\"\"")
                    .doesNotContain("lets it pass", "dismissed", "reviewer", "cellar");
            assertThat(as(PROCTOR, client.to("/api/v1/" + path + id)).body())
                    .as(path)
                    .contains("lets it pass", "dismissed", "reviewer");
        }
        assertThat(as(PROCTOR, client.to("/api/v1/session/" + id)).body()).contains("cellar");
        assertThat(socket.frame("close:no_face").result().toString())
                .contains(alertId)
                .doesNotContain("lets it pass", "dismissed", "reviewer");
    }

    @Test
    void shouldLetAHostAloneSendPicturesWithTheirOwnTimes() throws Exception {
        JsonNode session = create();
        String id = session.get("session_id").asString();
        String candidate = session.get("token").asString();
        assertThat(client.tryDial(id + "?token=" + candidate, List.of(), List.of("invigil.timed.v1"))
                        .handle((socket, failure) -> failure != null)
                        .get(Client.WAIT_S, TimeUnit.SECONDS))
                .isTrue();
        Client.Socket socket = client.dial(id + "?token=" + HOST, List.of(), List.of("invigil.timed.v1"));
        Instant first = Instant.parse(
                socket.frame(timed(5_000_000_000L)).result().get("timestamp").asString());
        Instant second = Instant.parse(
                socket.frame(timed(7_500_000_000L)).result().get("timestamp").asString());
        assertThat(second).isEqualTo(first.plusMillis(2500));
        assertThat(socket.frame(timed(6_000_000_000L)).result().get("status").asString())
                .isEqualTo("error");
        assertThat(socket.frame(new byte[3]).result().get("status").asString()).isEqualTo("error");
    }

    private static byte[] timed(long timestampNs) {
        byte[] picture = FakeEngine.picture("");
        return java.nio.ByteBuffer.allocate(8 + picture.length)
                .putLong(timestampNs)
                .put(picture)
                .array();
    }

    @Test
    void shouldTakeTokensOfTheIdentityProviderWhenEverythingIsRight() throws JOSEException {
        assertThat(sessionsWith(jwt(SECRET, "idp", "exam", "proctor", 60))).isEqualTo(200);
        assertThat(sessionsWith(jwt(SECRET, "idp", "exam", "candidate", 60))).isEqualTo(403);
        assertThat(sessionsWith(jwt(SECRET, "idp", "exam", "", 60))).isEqualTo(401);
        assertThat(sessionsWith(jwt(SECRET, "other", "exam", "host", 60))).isEqualTo(401);
        assertThat(sessionsWith(jwt(SECRET, "idp", "other", "host", 60))).isEqualTo(401);
        assertThat(sessionsWith(jwt(SECRET, "idp", "exam", "host", -3600))).isEqualTo(401);
        assertThat(sessionsWith(jwt(SECRET + "x", "idp", "exam", "host", 60))).isEqualTo(401);
        assertThat(sessionsWith(new PlainJWT(claims("idp", "exam", "host", 60)).serialize()))
                .isEqualTo(401);
    }

    private int sessionsWith(String token) {
        return as(token, client.to("/api/v1/sessions")).statusCode();
    }

    private static JWTClaimsSet claims(String issuer, String audience, String scope, int seconds) {
        return new JWTClaimsSet.Builder()
                .issuer(issuer)
                .audience(audience)
                .subject("someone")
                .claim("scope", scope)
                .expirationTime(Date.from(Instant.now().plusSeconds(seconds)))
                .build();
    }

    private static String jwt(String secret, String issuer, String audience, String scope, int seconds)
            throws JOSEException {
        SignedJWT token = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims(issuer, audience, scope, seconds));
        token.sign(new MACSigner(secret.getBytes(StandardCharsets.UTF_8)));
        return token.serialize();
    }

    @Test
    void shouldNotListenBeyondTheLoopbackInterfaceWithoutTokensUnlessAsked() {
        assertThatThrownBy(() -> InvigilServer.builder(engine, new MemoryStore())
                        .host("0.0.0.0")
                        .port(0)
                        .start())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("0.0.0.0")
                .hasMessageContaining("or open must be true (openToAll of the builder)");
        try (InvigilServer open = InvigilServer.builder(engine, new MemoryStore())
                .host("0.0.0.0")
                .port(0)
                .openToAll(true)
                .start()) {
            assertThat(new Client(open.port()).get("/health").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void shouldRefuseSecretsAndTokensThatAreTooShort() {
        assertThatThrownBy(() -> new TokenAccess(List.of(), List.of(), new byte[31]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("31");
        assertThatThrownBy(() -> JwtRules.sharedSecret("short", "a", "b"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("5");
        assertThatThrownBy(() -> StaticToken.of("a", Set.of(Scope.HOST), "short"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("16");
        assertThat(StaticToken.of("a", Set.of(Scope.HOST), HOST).toString()).doesNotContain(HOST);
    }
}
