-- Addresses outside that are told of calls. Their URLs hold secrets often enough: they are sealed
-- together with the secret that signs.
CREATE TABLE webhook_endpoints (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    -- The events it is told of, as JSON.
    events TEXT NOT NULL,
    -- Whether it gets numbers and names of outside parties.
    personal BIGINT NOT NULL,
    enabled BIGINT NOT NULL,
    -- A stable word for why Linecard itself has switched it off; NULL: a person did, or it is on.
    disabled_reason TEXT,
    -- Since when no message has arrived; NULL: the last one did.
    failing_since BIGINT,
    sealed BYTEA NOT NULL,
    version BIGINT NOT NULL,
    created BIGINT NOT NULL
);

-- What an endpoint is to be told, was told, and could not be told.
CREATE TABLE webhook_deliveries (
    id TEXT PRIMARY KEY,
    endpoint TEXT NOT NULL REFERENCES webhook_endpoints (id) ON DELETE CASCADE,
    event TEXT NOT NULL,
    -- What happened: no endpoint is told of it twice.
    event_key TEXT NOT NULL,
    body TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'delivered', 'failed')),
    attempt BIGINT NOT NULL,
    -- When it is due; of one that is being sent, when it is due again should its sender not come back.
    next_attempt BIGINT NOT NULL,
    -- What became of the last attempt.
    tried BIGINT,
    status BIGINT,
    words TEXT,
    duration_ms BIGINT,
    created BIGINT NOT NULL,
    UNIQUE (endpoint, event_key)
);
CREATE INDEX webhook_deliveries_due ON webhook_deliveries (endpoint, next_attempt)
    WHERE state = 'waiting';
CREATE INDEX webhook_deliveries_log ON webhook_deliveries (endpoint, created, id);
CREATE INDEX webhook_deliveries_age ON webhook_deliveries (created);

-- What of a setting is secret.
ALTER TABLE settings ADD COLUMN sealed BYTEA;

-- Troubles that people were told of, until they were told that they are over.
CREATE TABLE alerts (
    alert_key TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    -- The name of what is in trouble, and the page where it is put right.
    name TEXT NOT NULL,
    page TEXT NOT NULL,
    -- How much: the percent of a quota, the number of refused entries.
    amount BIGINT,
    words TEXT,
    since BIGINT NOT NULL,
    raised BIGINT NOT NULL,
    mailed BIGINT NOT NULL,
    -- When it was over; NULL: it is not.
    ended BIGINT
);
