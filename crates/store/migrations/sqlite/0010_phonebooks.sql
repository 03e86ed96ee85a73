CREATE TABLE phonebooks (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    -- The kind of CRM its contacts come from; it stays when the connection goes.
    crm TEXT,
    -- Read-only while there is one.
    connection TEXT UNIQUE REFERENCES connections (id) ON DELETE SET NULL,
    created BIGINT NOT NULL
);

CREATE TABLE contacts (
    id TEXT PRIMARY KEY,
    phonebook TEXT NOT NULL REFERENCES phonebooks (id) ON DELETE CASCADE,
    -- The record in the CRM; NULL: made here.
    module TEXT,
    crm_id TEXT,
    name TEXT NOT NULL,
    folded_name TEXT NOT NULL,
    company TEXT,
    email TEXT,
    record TEXT,
    -- Whether there was a call with it.
    called BIGINT NOT NULL CHECK (called IN (0, 1)),
    -- To be read from the CRM: only what a call showed of it is here.
    stale BIGINT NOT NULL CHECK (stale IN (0, 1)),
    updated BIGINT NOT NULL,
    UNIQUE (phonebook, module, crm_id)
);
CREATE INDEX contacts_by_name ON contacts (phonebook, folded_name, id);
CREATE INDEX contacts_by_folded_name ON contacts (folded_name);
CREATE INDEX contacts_stale ON contacts (phonebook) WHERE stale = 1;

CREATE TABLE contact_numbers (
    contact TEXT NOT NULL REFERENCES contacts (id) ON DELETE CASCADE,
    place BIGINT NOT NULL,
    label TEXT NOT NULL,
    written TEXT NOT NULL,
    -- NULL: it cannot be read as a number.
    e164 TEXT,
    PRIMARY KEY (contact, place)
);
CREATE INDEX contact_numbers_by_number ON contact_numbers (e164);

-- How far each module of a CRM has been read.
CREATE TABLE sync_modules (
    connection TEXT NOT NULL REFERENCES connections (id) ON DELETE CASCADE,
    module TEXT NOT NULL,
    -- The CRM's own text; NULL: nothing is read yet.
    next_page TEXT,
    -- Records read so far, and how many a first reading gives where the CRM tells.
    done BIGINT NOT NULL,
    total BIGINT,
    -- Whether the first reading is through.
    complete BIGINT NOT NULL CHECK (complete IN (0, 1)),
    -- How many requests the last look for edits took.
    requests BIGINT NOT NULL,
    -- When edits and deletions were last followed to their end.
    edits_at BIGINT,
    deletions_at BIGINT,
    -- The CRM's words for why it cannot be read.
    problem TEXT,
    PRIMARY KEY (connection, module)
);

-- Whoever brings a phonebook up to date has it until then.
CREATE TABLE sync_leases (
    connection TEXT PRIMARY KEY REFERENCES connections (id) ON DELETE CASCADE,
    holder TEXT NOT NULL,
    lease_until BIGINT NOT NULL,
    next_look BIGINT NOT NULL,
    -- What is wanted at once: 0 nothing, 1 what calls and merges left to be read, 2 everything.
    wish BIGINT NOT NULL DEFAULT 0 CHECK (wish IN (0, 1, 2)),
    problem TEXT
);

-- Records that do not stand in the phonebook, and why.
CREATE TABLE sync_skipped (
    connection TEXT NOT NULL REFERENCES connections (id) ON DELETE CASCADE,
    module TEXT NOT NULL,
    crm_id TEXT NOT NULL,
    name TEXT NOT NULL,
    reason TEXT NOT NULL,
    page TEXT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (connection, module, crm_id)
);
