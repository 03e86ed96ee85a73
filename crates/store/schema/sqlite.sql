CREATE TABLE accounts (
    id TEXT PRIMARY KEY,
    email TEXT NOT NULL,
    folded_email TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    extension TEXT,
    language TEXT,
    password_hash TEXT,
    created BIGINT NOT NULL
, role TEXT NOT NULL DEFAULT 'agent'
    CHECK (role IN ('admin', 'supervisor', 'agent')), disabled BIGINT, last_sign_in BIGINT, version BIGINT NOT NULL DEFAULT 1);

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
, node TEXT NOT NULL DEFAULT '', looked BIGINT NOT NULL DEFAULT 0, advice TEXT);

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
, subject TEXT, amount BIGINT, address TEXT);

CREATE INDEX audit_by_address ON audit (address, at, id) WHERE address IS NOT NULL;

CREATE INDEX audit_by_subject ON audit (kind, subject, at);

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

CREATE TABLE call_legs (
    call TEXT NOT NULL REFERENCES calls (id) ON DELETE CASCADE,
    extension TEXT NOT NULL,
    -- When the call started, and whither it went.
    started BIGINT NOT NULL,
    direction TEXT NOT NULL,
    role TEXT NOT NULL,
    outcome TEXT,
    ring_ms BIGINT NOT NULL,
    talk_ms BIGINT NOT NULL,
    PRIMARY KEY (call, extension)
) WITHOUT ROWID;

CREATE INDEX call_legs_by_extension ON call_legs (extension, started, call);

CREATE INDEX call_legs_by_start
    ON call_legs (started, extension, direction, role, outcome, ring_ms, talk_ms);

CREATE TABLE call_sounds (
    phone_system TEXT NOT NULL,
    call_id TEXT NOT NULL,
    extension TEXT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (phone_system, call_id, extension)
) WITHOUT ROWID;

CREATE TABLE calls (
    id TEXT PRIMARY KEY,
    phone_system TEXT NOT NULL,
    call_id TEXT NOT NULL,
    started BIGINT NOT NULL,
    body TEXT NOT NULL, reconciled BIGINT NOT NULL DEFAULT 0 CHECK (reconciled IN (0, 1)), direction TEXT NOT NULL DEFAULT '', outcome TEXT, queue TEXT, searched TEXT NOT NULL DEFAULT '', wait_ms BIGINT NOT NULL DEFAULT 0, talk_ms BIGINT NOT NULL DEFAULT 0,
    UNIQUE (phone_system, call_id)
);

CREATE INDEX calls_by_queue ON calls (queue, started, id) WHERE queue IS NOT NULL;

CREATE INDEX calls_by_start
    ON calls (started, id, direction, outcome, queue, wait_ms, talk_ms, searched);

CREATE TABLE canary (
    id BIGINT PRIMARY KEY CHECK (id = 1),
    sealed BLOB NOT NULL
);

CREATE TABLE choices (
    connection TEXT NOT NULL REFERENCES connections (id) ON DELETE CASCADE,
    subject TEXT NOT NULL,
    body TEXT NOT NULL,
    version BIGINT NOT NULL,
    PRIMARY KEY (connection, subject)
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
, journal TEXT, journal_version BIGINT NOT NULL DEFAULT 0, precedence BIGINT NOT NULL DEFAULT 0, terms TEXT, terms_version BIGINT NOT NULL DEFAULT 0, probe TEXT, closing BIGINT NOT NULL DEFAULT 0 CHECK (closing IN (0, 1)), renewed_by TEXT, renewed_until BIGINT, paused BIGINT, restored BIGINT);

CREATE TABLE contact_changes (
    -- Never used again, even when all rows are gone.
    sequence INTEGER PRIMARY KEY AUTOINCREMENT,
    -- Ids, 16 bytes each; what became of them stands in their own tables.
    contacts BLOB NOT NULL,
    phonebooks BLOB NOT NULL,
    at BIGINT NOT NULL
);

CREATE TRIGGER number_key_goes AFTER DELETE ON contact_numbers WHEN OLD.e164 IS NOT NULL
BEGIN
    DELETE FROM number_keys WHERE e164 = OLD.e164 AND contact = OLD.contact AND NOT EXISTS
        (SELECT 1 FROM contact_numbers WHERE contact = OLD.contact AND e164 = OLD.e164);
END;

CREATE TABLE "contact_numbers" (
    contact TEXT NOT NULL REFERENCES contacts (id) ON DELETE CASCADE,
    place BIGINT NOT NULL,
    slot TEXT NOT NULL,
    written TEXT NOT NULL,
    -- NULL: it cannot be read as a number.
    e164 TEXT,
    PRIMARY KEY (contact, place)
) WITHOUT ROWID;

CREATE TRIGGER name_key_changes
AFTER UPDATE OF phonebook, folded_name, folded_company, searched ON contacts
BEGIN
    DELETE FROM name_keys
    WHERE phonebook = OLD.phonebook AND folded_name = OLD.folded_name AND contact = OLD.id;
    INSERT INTO name_keys (phonebook, folded_name, contact, folded_company, searched)
    VALUES (NEW.phonebook, NEW.folded_name, NEW.id, NEW.folded_company, NEW.searched);
END;

CREATE TRIGGER name_key_comes AFTER INSERT ON contacts WHEN NEW.imported_by IS NULL
BEGIN
    INSERT INTO name_keys (phonebook, folded_name, contact, folded_company, searched)
    VALUES (NEW.phonebook, NEW.folded_name, NEW.id, NEW.folded_company, NEW.searched);
END;

CREATE TRIGGER name_key_goes AFTER DELETE ON contacts
BEGIN
    DELETE FROM name_keys
    WHERE phonebook = OLD.phonebook AND folded_name = OLD.folded_name AND contact = OLD.id;
END;

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
    updated BIGINT NOT NULL, remark TEXT, version BIGINT NOT NULL DEFAULT 1, folded_company TEXT NOT NULL DEFAULT '', searched TEXT NOT NULL DEFAULT '', imported_by TEXT,
    UNIQUE (phonebook, module, crm_id)
);

CREATE INDEX contacts_stale ON contacts (phonebook) WHERE stale = 1;

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
, advice TEXT);

CREATE INDEX creations_by_number ON creations (connection, number, created);

CREATE INDEX creations_by_time ON creations (created, id);

CREATE UNIQUE INDEX creations_under_way ON creations (number) WHERE state = 'under_way';

CREATE TABLE crm_users (
    connection TEXT NOT NULL REFERENCES connections (id) ON DELETE CASCADE,
    id TEXT NOT NULL,
    name TEXT NOT NULL,
    email TEXT, is_system BIGINT NOT NULL DEFAULT 0 CHECK (is_system IN (0, 1)),
    PRIMARY KEY (connection, id)
);

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

CREATE TABLE device_dials (
    device TEXT NOT NULL REFERENCES devices (id) ON DELETE CASCADE,
    dial TEXT NOT NULL,
    asked BIGINT NOT NULL,
    -- What was answered; NULL: nothing yet.
    answer TEXT,
    PRIMARY KEY (device, dial)
);

CREATE INDEX device_dials_by_age ON device_dials (asked);

CREATE TABLE device_refreshes (
    token_sha256 BLOB PRIMARY KEY,
    device TEXT NOT NULL REFERENCES devices (id) ON DELETE CASCADE,
    generation BIGINT NOT NULL,
    issued BIGINT NOT NULL
);

CREATE INDEX device_refreshes_by_device ON device_refreshes (device, generation);

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

CREATE TABLE duties (
    extension TEXT PRIMARY KEY,
    state TEXT NOT NULL CHECK (state IN ('on', 'break', 'wrap_up', 'off')),
    -- Of a break; NULL: none was given.
    reason TEXT,
    since BIGINT NOT NULL,
    -- Of a wrap-up.
    ends BIGINT,
    CHECK ((state = 'wrap_up') = (ends IS NOT NULL))
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
, left_out TEXT, started BIGINT NOT NULL DEFAULT 0, person TEXT, advice TEXT);

CREATE INDEX entries_by_call ON entries (call);

CREATE INDEX entries_by_person ON entries (person, call) WHERE person IS NOT NULL;

CREATE INDEX entries_by_start ON entries (state, started, call, reason);

CREATE INDEX entries_by_state ON entries (connection, state);

CREATE TABLE extension_group_members (
    extension_group TEXT NOT NULL REFERENCES extension_groups (id) ON DELETE CASCADE,
    extension TEXT NOT NULL REFERENCES extensions (number) ON DELETE CASCADE,
    PRIMARY KEY (extension_group, extension)
);

CREATE INDEX extension_group_members_by_extension ON extension_group_members (extension);

CREATE TABLE extension_groups (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    version BIGINT NOT NULL
);

CREATE TABLE extensions (
    number TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    email TEXT
, version BIGINT NOT NULL DEFAULT 1);

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

CREATE TABLE group_bindings (
    connection TEXT NOT NULL REFERENCES connections (id) ON DELETE CASCADE,
    extension_group TEXT NOT NULL REFERENCES extension_groups (id) ON DELETE CASCADE,
    crm_user TEXT NOT NULL,
    PRIMARY KEY (connection, extension_group)
);

CREATE INDEX group_bindings_by_group ON group_bindings (extension_group);

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
, unlisted BIGINT NOT NULL DEFAULT 0);

CREATE INDEX imports_at_work ON imports (node)
    WHERE state IN ('running', 'undoing') OR unlisted > 0;

CREATE INDEX imports_by_phonebook ON imports (phonebook, created, id);

CREATE TABLE invitation_mails (
    account TEXT PRIMARY KEY REFERENCES accounts (id) ON DELETE CASCADE,
    -- When an admin asked for it last.
    asked BIGINT NOT NULL,
    attempts BIGINT NOT NULL DEFAULT 0,
    -- When it is tried; of one that is being sent, when it is tried again should its sender not come
    -- back. NULL: it was sent, or given up.
    due BIGINT,
    sent BIGINT,
    -- Why the last attempt failed: a stable word, and the mail server's words.
    problem TEXT,
    words TEXT
);

CREATE INDEX invitation_mails_due ON invitation_mails (due) WHERE due IS NOT NULL;

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
, leased_by TEXT, advice TEXT);

CREATE INDEX jobs_by_lane ON jobs (lane, sequence) WHERE state <> 'parked';

CREATE INDEX jobs_by_state ON jobs (connection, state);

CREATE INDEX jobs_by_subject ON jobs (subject);

CREATE INDEX jobs_by_time ON jobs (connection, kind, next_attempt, sequence)
    WHERE state IN ('ready', 'leased');

CREATE TABLE late_parts (
    entry_key TEXT PRIMARY KEY,
    note TEXT,
    disposition TEXT,
    recording TEXT,
    -- Counts the changes.
    version BIGINT NOT NULL,
    -- The version that the CRM holds; 0: none.
    written BIGINT NOT NULL
, held_note TEXT, held_disposition TEXT, held_recording TEXT);

CREATE TABLE name_keys (
    phonebook TEXT NOT NULL,
    folded_name TEXT NOT NULL,
    contact TEXT NOT NULL,
    folded_company TEXT NOT NULL,
    searched TEXT NOT NULL,
    PRIMARY KEY (phonebook, folded_name, contact)
) WITHOUT ROWID;

CREATE INDEX name_keys_of_all ON name_keys (folded_name, folded_company);

CREATE TABLE number_keys (
    e164 TEXT NOT NULL,
    contact TEXT NOT NULL,
    PRIMARY KEY (e164, contact)
) WITHOUT ROWID;

CREATE TABLE phone_systems (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    settings TEXT NOT NULL,
    sealed_secrets BLOB NOT NULL,
    version BIGINT NOT NULL
, heard_since BIGINT, heard_until BIGINT, paused BIGINT);

CREATE TABLE phonebooks (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    -- The kind of CRM its contacts come from; it stays when the connection goes.
    crm TEXT,
    -- Read-only while there is one.
    connection TEXT UNIQUE REFERENCES connections (id) ON DELETE SET NULL,
    created BIGINT NOT NULL
, seen_by TEXT, version BIGINT NOT NULL DEFAULT 1);

CREATE TABLE pop_manners (
    extension TEXT PRIMARY KEY,
    body TEXT NOT NULL,
    version BIGINT NOT NULL
);

CREATE TABLE recovery_codes (
    account TEXT NOT NULL REFERENCES second_factors (account) ON DELETE CASCADE,
    code_sha256 BLOB NOT NULL,
    PRIMARY KEY (account, code_sha256)
);

CREATE TABLE second_factors (
    account TEXT PRIMARY KEY REFERENCES accounts (id) ON DELETE CASCADE,
    sealed_secret BLOB NOT NULL,
    -- NULL: no code of it was ever shown, so it is not asked for yet.
    confirmed BIGINT,
    -- The time step of the last code that was taken: a code counts once.
    last_step BIGINT NOT NULL DEFAULT 0
);

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
, sealed BLOB);

CREATE TABLE sign_in_links (
    token_sha256 BLOB PRIMARY KEY,
    -- NULL: the link sets up the first account.
    account TEXT REFERENCES accounts (id) ON DELETE CASCADE,
    expires BIGINT NOT NULL
);

CREATE INDEX sign_in_links_by_account ON sign_in_links (account);

CREATE TABLE sync_leases (
    connection TEXT PRIMARY KEY REFERENCES connections (id) ON DELETE CASCADE,
    holder TEXT NOT NULL,
    lease_until BIGINT NOT NULL,
    next_look BIGINT NOT NULL,
    -- What is wanted at once: 0 nothing, 1 what calls and merges left to be read, 2 everything.
    wish BIGINT NOT NULL DEFAULT 0 CHECK (wish IN (0, 1, 2)),
    problem TEXT
, advice TEXT);

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
    problem TEXT, advice TEXT,
    PRIMARY KEY (connection, module)
);

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

CREATE INDEX webhook_deliveries_age ON webhook_deliveries (created);

CREATE INDEX webhook_deliveries_due ON webhook_deliveries (endpoint, next_attempt)
    WHERE state = 'waiting';

CREATE INDEX webhook_deliveries_log ON webhook_deliveries (endpoint, created, id);

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
    sealed BLOB NOT NULL,
    version BIGINT NOT NULL,
    created BIGINT NOT NULL
);
