CREATE TABLE accounts (
    id TEXT PRIMARY KEY,
    email TEXT NOT NULL,
    folded_email TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('admin', 'agent')),
    extension TEXT,
    language TEXT,
    password_hash TEXT,
    created BIGINT NOT NULL
);

CREATE TABLE audit (
    id TEXT PRIMARY KEY,
    at BIGINT NOT NULL,
    account TEXT NOT NULL,
    kind TEXT NOT NULL,
    phone_system TEXT,
    call_id TEXT,
    extension TEXT,
    number TEXT,
    -- NULL: under way, or Linecard was stopped meanwhile.
    result TEXT
);

CREATE INDEX audit_by_time ON audit (at, id);

CREATE TABLE authorizations (
    state_sha256 BLOB PRIMARY KEY,
    connection TEXT NOT NULL REFERENCES connections (id) ON DELETE CASCADE,
    account TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    redirect_uri TEXT NOT NULL,
    sealed_verifier BLOB NOT NULL,
    expires BIGINT NOT NULL
);

CREATE INDEX authorizations_by_account ON authorizations (account);

CREATE INDEX authorizations_by_connection ON authorizations (connection);

CREATE TABLE bindings (
    connection TEXT NOT NULL REFERENCES connections (id) ON DELETE CASCADE,
    extension TEXT NOT NULL,
    crm_user TEXT NOT NULL,
    PRIMARY KEY (connection, extension)
);

CREATE TABLE calls (
    id TEXT PRIMARY KEY,
    phone_system TEXT NOT NULL,
    call_id TEXT NOT NULL,
    started BIGINT NOT NULL,
    body TEXT NOT NULL, reconciled BIGINT NOT NULL DEFAULT 0 CHECK (reconciled IN (0, 1)),
    UNIQUE (phone_system, call_id)
);

CREATE INDEX calls_by_start ON calls (started, id);

CREATE TABLE canary (
    id BIGINT PRIMARY KEY CHECK (id = 1),
    sealed BLOB NOT NULL
);

CREATE TABLE connections (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    enabled BIGINT NOT NULL CHECK (enabled IN (0, 1)),
    settings TEXT NOT NULL,
    sealed_secrets BLOB NOT NULL,
    sealed_grant BLOB,
    organisation TEXT,
    crm_user TEXT,
    problem TEXT,
    users_fetched BIGINT,
    version BIGINT NOT NULL,
    created BIGINT NOT NULL
, journal TEXT, journal_version BIGINT NOT NULL DEFAULT 0);

CREATE TABLE crm_users (
    connection TEXT NOT NULL REFERENCES connections (id) ON DELETE CASCADE,
    id TEXT NOT NULL,
    name TEXT NOT NULL,
    email TEXT,
    PRIMARY KEY (connection, id)
);

CREATE TABLE entries (
    entry_key TEXT PRIMARY KEY,
    call TEXT NOT NULL REFERENCES calls (id) ON DELETE CASCADE,
    connection TEXT NOT NULL,
    extension TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'written', 'parked', 'skipped')),
    subject TEXT NOT NULL,
    description TEXT NOT NULL,
    owner TEXT,
    who TEXT,
    crm_id TEXT,
    page TEXT,
    reason TEXT,
    words TEXT,
    updated BIGINT NOT NULL
);

CREATE INDEX entries_by_call ON entries (call);

CREATE INDEX entries_by_state ON entries (connection, state);

CREATE TABLE extensions (
    number TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    email TEXT
);

CREATE TABLE jobs (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    version BIGINT NOT NULL,
    subject TEXT NOT NULL,
    lane TEXT NOT NULL,
    job_key TEXT NOT NULL UNIQUE,
    connection TEXT REFERENCES connections (id) ON DELETE CASCADE,
    state TEXT NOT NULL CHECK (state IN ('ready', 'leased', 'waiting_for_person', 'parked')),
    attempt BIGINT NOT NULL,
    next_attempt BIGINT NOT NULL,
    lease_until BIGINT,
    answer_lost BIGINT NOT NULL CHECK (answer_lost IN (0, 1)),
    last_error TEXT,
    created BIGINT NOT NULL
);

CREATE INDEX jobs_by_lane ON jobs (lane, sequence) WHERE state <> 'parked';

CREATE INDEX jobs_by_state ON jobs (connection, state);

CREATE INDEX jobs_by_time ON jobs (next_attempt, sequence) WHERE state IN ('ready', 'leased');

CREATE TABLE phone_systems (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    settings TEXT NOT NULL,
    sealed_secrets BLOB NOT NULL,
    version BIGINT NOT NULL
, heard_since BIGINT, heard_until BIGINT);

CREATE TABLE sessions (
    token_sha256 BLOB PRIMARY KEY,
    account TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    created BIGINT NOT NULL,
    expires BIGINT NOT NULL
);

CREATE INDEX sessions_by_account ON sessions (account);

CREATE INDEX sessions_by_expiry ON sessions (expires);

CREATE TABLE settings (
    name TEXT PRIMARY KEY,
    body TEXT NOT NULL
);

CREATE TABLE sign_in_links (
    token_sha256 BLOB PRIMARY KEY,
    -- NULL: the link sets up the first account.
    account TEXT REFERENCES accounts (id) ON DELETE CASCADE,
    expires BIGINT NOT NULL
);

CREATE INDEX sign_in_links_by_account ON sign_in_links (account);
