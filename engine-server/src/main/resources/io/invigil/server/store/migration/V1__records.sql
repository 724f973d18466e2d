-- What the server keeps. One text for SQLite and PostgreSQL; ${bytes} is BLOB or BYTEA.
-- Times that end in _ns are nanoseconds since 1970 in UTC, those in _ms milliseconds. Numbers called change_no, or that are
-- a log's primary key, come from one count that grows with every change to anything.

CREATE TABLE session (
    id                 TEXT     NOT NULL PRIMARY KEY,
    candidate_name     TEXT     NOT NULL,
    interview_type     TEXT     NOT NULL,
    duration_minutes   INTEGER  NOT NULL,
    policy_document    TEXT     NOT NULL,
    accommodations     TEXT     NOT NULL,
    keep_evidence      SMALLINT NOT NULL,
    metadata           TEXT     NOT NULL,
    owner              TEXT     NOT NULL,
    start_ns           BIGINT   NOT NULL,
    state              TEXT     NOT NULL,
    end_ns             BIGINT,
    last_media_ns      BIGINT   NOT NULL,
    frames_offered     BIGINT   NOT NULL,
    frames_analysed    BIGINT   NOT NULL,
    frames_sampled_out BIGINT   NOT NULL,
    frames_superseded  BIGINT   NOT NULL,
    frames_rejected    BIGINT   NOT NULL,
    frames_failed      BIGINT   NOT NULL,
    frames_in_flight   BIGINT   NOT NULL,
    change_no          BIGINT   NOT NULL
);
CREATE INDEX session_newest ON session (start_ns DESC, id);
CREATE INDEX session_state ON session (state, start_ns DESC, id);
CREATE INDEX session_change ON session (change_no);

CREATE TABLE session_snapshot (
    session_id TEXT     NOT NULL PRIMARY KEY REFERENCES session ON DELETE CASCADE,
    state      ${bytes} NOT NULL
);

CREATE TABLE alert (
    session_id     TEXT             NOT NULL REFERENCES session ON DELETE CASCADE,
    alert_id       TEXT             NOT NULL,
    sequence       BIGINT           NOT NULL,
    kind           TEXT             NOT NULL,
    phase          TEXT             NOT NULL,
    severity       TEXT             NOT NULL,
    start_ns       BIGINT           NOT NULL,
    end_ns         BIGINT           NOT NULL,
    message        TEXT             NOT NULL,
    confidence     DOUBLE PRECISION NOT NULL,
    evidence_frame BIGINT           NOT NULL,
    evidence_ns    BIGINT           NOT NULL,
    details        TEXT             NOT NULL,
    opened_ns      BIGINT           NOT NULL,
    changed_ns     BIGINT           NOT NULL,
    review_state   TEXT             NOT NULL,
    review_note    TEXT             NOT NULL,
    review_by      TEXT,
    review_at      TEXT,
    change_no      BIGINT           NOT NULL,
    PRIMARY KEY (session_id, alert_id)
);
CREATE INDEX alert_sequence ON alert (session_id, sequence);
CREATE INDEX alert_change ON alert (change_no);

CREATE TABLE evidence (
    session_id TEXT     NOT NULL REFERENCES session ON DELETE CASCADE,
    alert_id   TEXT     NOT NULL,
    jpeg       ${bytes} NOT NULL,
    PRIMARY KEY (session_id, alert_id)
);

CREATE TABLE event (
    id         BIGINT NOT NULL PRIMARY KEY,
    session_id TEXT   NOT NULL REFERENCES session ON DELETE CASCADE,
    kind       TEXT   NOT NULL,
    start_ns   BIGINT NOT NULL,
    end_ns     BIGINT NOT NULL,
    message    TEXT   NOT NULL
);
CREATE INDEX event_session ON event (session_id, id);

-- Trace points, some to a row: JSON, see TraceText.
CREATE TABLE trace (
    id         BIGINT NOT NULL PRIMARY KEY,
    session_id TEXT   NOT NULL REFERENCES session ON DELETE CASCADE,
    first_ns   BIGINT NOT NULL,
    points     TEXT   NOT NULL
);
CREATE INDEX trace_session ON trace (session_id, first_ns, id);

-- The audit log outlives the session it speaks of.
CREATE TABLE audit (
    id         BIGINT NOT NULL PRIMARY KEY,
    at_ns      BIGINT NOT NULL,
    who        TEXT   NOT NULL,
    action     TEXT   NOT NULL,
    session_id TEXT   NOT NULL,
    subject    TEXT   NOT NULL
);
CREATE INDEX audit_session ON audit (session_id, id);

CREATE TABLE webhook (
    id           BIGINT  NOT NULL PRIMARY KEY,
    session_id   TEXT    NOT NULL REFERENCES session ON DELETE CASCADE,
    topic        TEXT    NOT NULL,
    body         TEXT    NOT NULL,
    state        TEXT    NOT NULL,
    attempts     INTEGER NOT NULL,
    due_ms       BIGINT  NOT NULL,
    last_outcome TEXT    NOT NULL
);
CREATE INDEX webhook_due ON webhook (state, due_ms);
CREATE INDEX webhook_session ON webhook (session_id, id);
