-- What an admin chose for one connection, by subject. Each has a version of its own, because each is
-- saved apart from the others.
CREATE TABLE choices (
    connection TEXT NOT NULL REFERENCES connections (id) ON DELETE CASCADE,
    subject TEXT NOT NULL,
    body TEXT NOT NULL,
    version BIGINT NOT NULL,
    PRIMARY KEY (connection, subject)
);

-- Records created for numbers that no CRM knew. History: it outlives its connection.
CREATE TABLE creations (
    id TEXT PRIMARY KEY,
    connection TEXT NOT NULL,
    number TEXT NOT NULL,
    new TEXT NOT NULL,
    agent TEXT NOT NULL,
    -- NULL: created by itself.
    account TEXT,
    state TEXT NOT NULL CHECK (state IN ('under_way', 'created', 'matched', 'failed', 'removed')),
    -- Whoever creates it has it until then.
    lease_until BIGINT NOT NULL,
    -- When the CRM was first asked to create it; NULL: it was not, or said that it did not.
    asked BIGINT,
    record TEXT,
    words TEXT,
    created BIGINT NOT NULL
);
-- One at a time for each number, over all nodes and connections.
CREATE UNIQUE INDEX creations_under_way ON creations (number) WHERE state = 'under_way';
CREATE INDEX creations_by_number ON creations (connection, number, created);
CREATE INDEX creations_by_time ON creations (created, id);

-- Tasks for people: call back somebody whose call nobody answered.
CREATE TABLE follow_ups (
    entry_key TEXT PRIMARY KEY,
    call TEXT NOT NULL REFERENCES calls (id) ON DELETE CASCADE,
    connection TEXT NOT NULL,
    owner TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'written', 'refused')),
    who TEXT NOT NULL,
    subject TEXT NOT NULL,
    description TEXT NOT NULL,
    due TEXT NOT NULL,
    crm_id TEXT,
    words TEXT
);
CREATE INDEX follow_ups_by_call ON follow_ups (call);
