-- Contacts that are taken out of a file into a phonebook. The file lies on one node's disk.
CREATE TABLE imports (
    id TEXT PRIMARY KEY,
    phonebook TEXT NOT NULL REFERENCES phonebooks (id) ON DELETE CASCADE,
    account TEXT NOT NULL,
    node TEXT NOT NULL,
    file_name TEXT NOT NULL,
    -- How long the file is, and how much of it is there.
    bytes BIGINT NOT NULL,
    received BIGINT NOT NULL DEFAULT 0,
    state TEXT NOT NULL CHECK (state IN
        ('uploading', 'ready', 'running', 'done', 'cancelled', 'failed', 'undoing', 'undone')),
    -- What was found out about the file, and what was chosen, as JSON.
    file TEXT,
    plan TEXT,
    -- Where the next row begins. Written in the transaction that writes the rows before it.
    next_byte BIGINT NOT NULL DEFAULT 0,
    next_row BIGINT NOT NULL DEFAULT 1,
    next_line BIGINT NOT NULL DEFAULT 1,
    added BIGINT NOT NULL DEFAULT 0,
    updated BIGINT NOT NULL DEFAULT 0,
    skipped BIGINT NOT NULL DEFAULT 0,
    refused BIGINT NOT NULL DEFAULT 0,
    -- How many contacts were taken out again.
    undone BIGINT NOT NULL DEFAULT 0,
    -- A stable word for why it failed, and more words.
    problem TEXT,
    words TEXT,
    created BIGINT NOT NULL,
    began BIGINT,
    ended BIGINT
);
CREATE INDEX imports_by_phonebook ON imports (phonebook, created, id);
CREATE INDEX imports_at_work ON imports (node) WHERE state IN ('running', 'undoing');

-- Rows that were not taken, and why.
CREATE TABLE import_refusals (
    import TEXT NOT NULL REFERENCES imports (id) ON DELETE CASCADE,
    file_row BIGINT NOT NULL,
    file_line BIGINT NOT NULL,
    -- NULL: it is not the fault of one column.
    file_column BIGINT,
    code TEXT NOT NULL,
    detail TEXT NOT NULL,
    -- The row's beginning.
    shown TEXT NOT NULL,
    PRIMARY KEY (import, file_row)
);

-- The import that added it; it may be gone.
ALTER TABLE contacts ADD COLUMN imported_by TEXT;
