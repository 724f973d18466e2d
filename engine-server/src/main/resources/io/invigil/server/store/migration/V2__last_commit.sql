-- The name of the latest commit. Who writes chooses it before it commits, and finds out by it whether a commit whose answer
-- was lost with the connection took effect.
CREATE TABLE last_commit (
    place SMALLINT NOT NULL PRIMARY KEY,
    name  TEXT     NOT NULL
);
