-- SQLite cannot change a CHECK: the column is made anew. The table itself is not, because deleting
-- it would delete the sessions of everybody with it.
ALTER TABLE accounts RENAME COLUMN role TO old_role;
ALTER TABLE accounts ADD COLUMN role TEXT NOT NULL DEFAULT 'agent'
    CHECK (role IN ('admin', 'supervisor', 'agent'));
UPDATE accounts SET role = old_role;
ALTER TABLE accounts DROP COLUMN old_role;

-- NULL: may sign in.
ALTER TABLE accounts ADD COLUMN disabled BIGINT;
ALTER TABLE accounts ADD COLUMN last_sign_in BIGINT;
ALTER TABLE accounts ADD COLUMN version BIGINT NOT NULL DEFAULT 1;
ALTER TABLE extensions ADD COLUMN version BIGINT NOT NULL DEFAULT 1;

CREATE TABLE second_factors (
    account TEXT PRIMARY KEY REFERENCES accounts (id) ON DELETE CASCADE,
    sealed_secret BLOB NOT NULL,
    -- NULL: no code of it was ever shown, so it is not asked for yet.
    confirmed BIGINT,
    -- The time step of the last code that was taken: a code counts once.
    last_step BIGINT NOT NULL DEFAULT 0
);

CREATE TABLE recovery_codes (
    account TEXT NOT NULL REFERENCES second_factors (account) ON DELETE CASCADE,
    code_sha256 BLOB NOT NULL,
    PRIMARY KEY (account, code_sha256)
);

CREATE TABLE api_keys (
    id TEXT PRIMARY KEY,
    account TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('admin', 'supervisor', 'agent')),
    secret_sha256 BLOB NOT NULL UNIQUE,
    -- The end of the secret, by which people tell keys apart.
    ending TEXT NOT NULL,
    created BIGINT NOT NULL,
    last_used BIGINT
);
CREATE INDEX api_keys_by_account ON api_keys (account);

-- Who changed a thing last is asked when two admins meet.
CREATE INDEX audit_by_subject ON audit (kind, subject, at);
