-- Who did what that costs money or cannot be undone. History: it outlives accounts and phone
-- systems, so it refers to neither.
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
