-- What the CRM did not take of an entry, as JSON; NULL: it took everything.
ALTER TABLE entries ADD COLUMN left_out TEXT;

-- What can come after an entry was written. Apart from the entries: a note can be there before its
-- call has ended, and a worker that writes an entry must not write over it.
CREATE TABLE late_parts (
    entry_key TEXT PRIMARY KEY,
    note TEXT,
    disposition TEXT,
    recording TEXT,
    -- Counts the changes.
    version BIGINT NOT NULL,
    -- The version that the CRM holds; 0: none.
    written BIGINT NOT NULL
);

-- The node whose worker has the job: when that node starts again, its workers are gone.
ALTER TABLE jobs ADD COLUMN leased_by TEXT;

-- Each connection is worked off by itself, so that one that hangs holds up no other.
DROP INDEX jobs_by_time;
CREATE INDEX jobs_by_time ON jobs (connection, kind, next_attempt, sequence)
    WHERE state IN ('ready', 'leased');
