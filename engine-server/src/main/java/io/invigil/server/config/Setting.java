package io.invigil.server.config;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * Every setting of the server: the one table behind the configuration file, the environment, the flags, {@code --help} and
 * {@code docs/configuration.md}.
 */
public enum Setting {
    /** Address. */
    HOST("127.0.0.1", Kind.text("an address or name of this machine"), "the address to listen on"),
    /** Port. */
    PORT("8000", Kind.number(0, 65535), "the port to listen on; 0 for any free one"),
    /** Open mode. */
    OPEN(
            "false",
            Kind.choice("true", "false"),
            "allows to listen beyond the loopback interface without tokens; anybody may then watch and end sessions"),
    /** Data folder. */
    DATA(
            "invigil-data",
            Kind.text("a folder"),
            "where the embedded store and generated secrets lie; made when missing"),
    /** Pages. */
    PAGES("", Kind.text("a folder, or nothing for none"), "the built interview and review pages"),
    /** Environment's name. */
    ENVIRONMENT("production", Kind.text("a name"), "the operator's name for this installation, told by /health"),
    /** Public WebSocket address. */
    PUBLIC_WS_URL(
            "",
            Kind.pattern("ws:// or wss://, a host, no slash at the end, or nothing", "(wss?://\\S+[^/\\s])?"),
            "where candidates reach the WebSockets, when a proxy stands before the server"),
    /** Names answered to. */
    HOST_NAMES(
            "",
            Kind.list(
                    "names between commas, without ports; an IPv6 address in brackets",
                    "[A-Za-z0-9.-]+|\\[[0-9A-Fa-f:.]+\\]"),
            "host names it answers to; none for the usual ones"),
    /** CORS. */
    CORS_ORIGINS(
            "http://localhost:3000,http://localhost:3001,http://127.0.0.1:3000",
            Kind.list("origins between commas, or *", "\\*|https?://[^/\\s?#*]+"),
            "pages of which other origins may call and open sockets"),
    /** Static tokens, in a file. */
    TOKENS("", Kind.text("a file, or nothing for none"), "a JSON file of the tokens that are taken"),
    /** Static host tokens. */
    HOST_TOKENS(
            "",
            Kind.list("NAME:TOKEN between commas, 16 characters or more each token", TokenText.FORM),
            "tokens that may do everything",
            true),
    /** Static proctor tokens. */
    PROCTOR_TOKENS(
            "",
            Kind.list("NAME:TOKEN between commas, 16 characters or more each token", TokenText.FORM),
            "tokens that may watch and review",
            true),
    /** JWT secret. */
    JWT_SECRET(
            "",
            Kind.pattern("32 bytes or more, or nothing", "(.{32,})?"),
            "shared secret of an identity provider's tokens (HS256)",
            true),
    /** JWT keys. */
    JWT_KEYS("", Kind.text("a file, or nothing"), "JSON Web Key Set of an identity provider"),
    /** JWT issuer. */
    JWT_ISSUER("", Kind.text("a text"), "the issuer its tokens must name"),
    /** JWT audience. */
    JWT_AUDIENCE("invigil", Kind.text("a text"), "the audience its tokens must name"),
    /** Policy. */
    POLICY(
            "interview",
            Kind.text("a preset's name or a policy document's file"),
            "what sessions are judged by unless they say"),
    /** Lanes. */
    LANES("0", Kind.number(0, 64), "lanes of the engine; 0 for one a core"),
    /** Sessions. */
    MAX_SESSIONS("1000", Kind.number(1, 100_000), "sessions live at once"),
    /** Sessions of a caller. */
    MAX_SESSIONS_PER_CALLER("1000", Kind.number(1, 100_000), "sessions of one caller live at once"),
    /** Rate. */
    MAX_FPS("0", Kind.real(0, 120), "frames of a session analysed in a second; 0 for all"),
    /** Pixels. */
    MAX_PIXELS(
            "16777216", Kind.number(4096, 1L << 28), "the largest picture taken, in pixels; checked before decoding"),
    /** Unconnected. */
    UNCONNECTED_SECONDS("600", Kind.number(1, 604_800), "a session that never got a socket expires after this"),
    /** Idle. */
    IDLE_SECONDS("600", Kind.number(1, 604_800), "a session without frames and events expires after this"),
    /** Grace. */
    GRACE_SECONDS("900", Kind.number(0, 604_800), "how long a session may go on after its duration"),
    /** Save interval. */
    SAVE_MILLIS(
            "5000", Kind.number(100, 600_000), "how often a session's progress is kept when nothing else asks for it"),
    /** Unkept. */
    MAX_UNKEPT(
            "4000",
            Kind.number(100, 1_000_000),
            "events of a session, and points of its trace, that may wait for a store that does not answer; the oldest give"
                    + " way then, alerts never"),
    /** Unkept pictures. */
    MAX_UNKEPT_PICTURE_BYTES(
            "0",
            Kind.number(0, 1L << 40),
            "evidence pictures of all sessions, in bytes, that may wait for a store that does not answer; older ones give way"
                    + " then; 0 for an eighth of the heap"),
    /** Store address. */
    STORE(
            "",
            Kind.pattern(
                    "jdbc:sqlite:FILE, jdbc:postgresql://HOST/DATABASE, or nothing", "(jdbc:(sqlite|postgresql):.+)?"),
            "the store's address; nothing for a file in the data folder",
            true),
    /** Store user. */
    STORE_USER("", Kind.text("a name, or nothing"), "the store's user"),
    /** Store password. */
    STORE_PASSWORD("", Kind.text("a text"), "the store's password", true),
    /** Store readers. */
    STORE_READERS("4", Kind.number(1, 64), "connections for reading"),
    /** Store queue. */
    STORE_QUEUE("16384", Kind.number(16, 1_000_000), "writes that may wait; one more is refused at once"),
    /** Retention. */
    RETENTION_DAYS("0", Kind.number(0, 36_500), "sessions that ended longer ago are deleted; 0 keeps them"),
    /** Webhook address. */
    WEBHOOK_URL(
            "",
            Kind.pattern("http:// or https://, or nothing", "(https?://\\S+)?"),
            "who is told of sessions and alerts",
            true),
    /** Webhook secret. */
    WEBHOOK_SECRET(
            "",
            Kind.pattern("16 characters or more, or nothing", "(.{16,})?"),
            "what calls to it are signed with",
            true),
    /** Webhook attempts. */
    WEBHOOK_ATTEMPTS("12", Kind.number(1, 100), "attempts at a message before it is given up"),
    /** Webhook timeout. */
    WEBHOOK_TIMEOUT_MILLIS("10000", Kind.number(100, 120_000), "how long a receiver may take to answer"),
    /** Body. */
    MAX_BODY_BYTES("65536", Kind.number(1024, 16 << 20), "the longest JSON body"),
    /** Picture. */
    MAX_PICTURE_BYTES("8388608", Kind.number(10_240, 64 << 20), "the longest picture, sent to a call or over a socket"),
    /** Rate. */
    REQUESTS_PER_SECOND("100", Kind.real(0.01, 1e6), "calls a client may make in a second in the long run"),
    /** Burst. */
    REQUEST_BURST("400", Kind.number(1, 1_000_000), "calls a client may make at once"),
    /** Sockets. */
    MAX_SOCKETS("2000", Kind.number(1, 1_000_000), "sockets open at once"),
    /** Sockets of a client. */
    MAX_SOCKETS_PER_CLIENT("500", Kind.number(1, 1_000_000), "sockets of one address open at once"),
    /** Headers. */
    MAX_HEADER_BYTES("8192", Kind.number(1024, 1 << 20), "the longest request line and headers"),
    /** Connections. */
    MAX_CONNECTIONS("4000", Kind.number(1, 1_000_000), "connections open at once"),
    /** Idle connections. */
    CONNECTION_IDLE_SECONDS("60", Kind.number(1, 3600), "how long a connection may be silent"),
    /** Stop. */
    STOP_SECONDS("5", Kind.number(0, 300), "how long a stop waits for calls under way"),
    /** Log form. */
    LOG_FORMAT("text", Kind.choice("text", "json"), "how log lines are written"),
    /** Log level. */
    LOG_LEVEL("info", Kind.choice("error", "warn", "info", "debug"), "from which level on log lines are written");

    private final String defaultValue;
    private final Kind kind;
    private final String meaning;
    private final boolean secret;

    Setting(String defaultValue, Kind kind, String meaning) {
        this(defaultValue, kind, meaning, false);
    }

    Setting(String defaultValue, Kind kind, String meaning, boolean secret) {
        this.defaultValue = defaultValue;
        this.kind = kind;
        this.meaning = meaning;
        this.secret = secret;
    }

    /** Its name in files: {@code save-millis}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Its flag: {@code --save-millis}. */
    public String flag() {
        return "--" + key();
    }

    /** Its environment variable: {@code INVIGIL_SAVE_MILLIS}. */
    public String variable() {
        return Settings.PREFIX + name();
    }

    /** Its value unless set, as text. */
    public String defaultValue() {
        return defaultValue;
    }

    /** What its value may be. */
    public String allowed() {
        return kind.allowed();
    }

    /** What it does, in a few words. */
    public String meaning() {
        return meaning;
    }

    /** True when its value is never shown. */
    public boolean isSecret() {
        return secret;
    }

    static Optional<Setting> ofKey(String key) {
        return Arrays.stream(values())
                .filter(setting -> setting.key().equals(key))
                .findFirst();
    }

    Object read(String value, String where) {
        return kind.read(value)
                .orElseThrow(() -> new ConfigException(key() + " is " + (secret ? "(not shown)" : '"' + value + '"')
                        + " (" + where + "), must be " + allowed()));
    }
}
