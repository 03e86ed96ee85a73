-- What acts for an agent without a page of Linecard: the extension for Chrome, the companion. Its
-- tokens are known by their SHA-256 only.
CREATE TABLE devices (
    id TEXT PRIMARY KEY,
    account TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    client TEXT NOT NULL CHECK (client IN ('chrome', 'companion')),
    name TEXT NOT NULL,
    bound BIGINT NOT NULL,
    last_seen BIGINT NOT NULL,
    -- Which of its refresh tokens is the current one; each exchange counts it up.
    generation BIGINT NOT NULL,
    -- Whether the tokens of this generation have arrived: the access token was used.
    arrived BIGINT NOT NULL,
    access_sha256 BLOB NOT NULL UNIQUE,
    access_expires BIGINT NOT NULL
);
CREATE INDEX devices_by_account ON devices (account);

-- Every refresh token, the old ones too: one that comes again was stolen.
CREATE TABLE device_refreshes (
    token_sha256 BLOB PRIMARY KEY,
    device TEXT NOT NULL REFERENCES devices (id) ON DELETE CASCADE,
    generation BIGINT NOT NULL,
    issued BIGINT NOT NULL
);
CREATE INDEX device_refreshes_by_device ON device_refreshes (device, generation);

-- Consents of agents that are not exchanged yet, or were a moment ago.
CREATE TABLE device_codes (
    code_sha256 BLOB PRIMARY KEY,
    account TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    client TEXT NOT NULL CHECK (client IN ('chrome', 'companion')),
    name TEXT NOT NULL,
    redirect TEXT NOT NULL,
    -- The S256 challenge of PKCE.
    challenge TEXT NOT NULL,
    expires BIGINT NOT NULL,
    -- What it was exchanged for; NULL: not yet.
    device TEXT REFERENCES devices (id) ON DELETE CASCADE
);

-- Calls that devices asked for, by the ids that they gave them: none is placed twice.
CREATE TABLE device_dials (
    device TEXT NOT NULL REFERENCES devices (id) ON DELETE CASCADE,
    dial TEXT NOT NULL,
    asked BIGINT NOT NULL,
    -- What was answered; NULL: nothing yet.
    answer TEXT,
    PRIMARY KEY (device, dial)
);
CREATE INDEX device_dials_by_age ON device_dials (asked);
