CREATE TABLE accounts (
    id text NOT NULL,
    email text NOT NULL,
    folded_email text NOT NULL,
    name text NOT NULL,
    role text NOT NULL,
    extension text,
    language text,
    password_hash text,
    created bigint NOT NULL,
    disabled bigint,
    last_sign_in bigint,
    version bigint NOT NULL,
    CONSTRAINT accounts_folded_email_key UNIQUE (folded_email),
    CONSTRAINT accounts_pkey PRIMARY KEY (id),
    CONSTRAINT accounts_role_check CHECK ((role = ANY (ARRAY['admin'::text, 'supervisor'::text, 'agent'::text])))
);

CREATE TABLE alerts (
    alert_key text NOT NULL,
    kind text NOT NULL,
    name text NOT NULL,
    page text NOT NULL,
    amount bigint,
    words text,
    since bigint NOT NULL,
    raised bigint NOT NULL,
    mailed bigint NOT NULL,
    ended bigint,
    node text NOT NULL,
    looked bigint NOT NULL,
    advice text,
    CONSTRAINT alerts_pkey PRIMARY KEY (alert_key)
);

CREATE TABLE api_keys (
    id text NOT NULL,
    account text NOT NULL,
    name text NOT NULL,
    role text NOT NULL,
    secret_sha256 bytea NOT NULL,
    ending text NOT NULL,
    created bigint NOT NULL,
    last_used bigint,
    CONSTRAINT api_keys_account_fkey FOREIGN KEY (account) REFERENCES accounts(id) ON DELETE CASCADE,
    CONSTRAINT api_keys_pkey PRIMARY KEY (id),
    CONSTRAINT api_keys_role_check CHECK ((role = ANY (ARRAY['admin'::text, 'supervisor'::text, 'agent'::text]))),
    CONSTRAINT api_keys_secret_sha256_key UNIQUE (secret_sha256)
);
CREATE INDEX api_keys_by_account ON public.api_keys USING btree (account);

CREATE TABLE audit (
    id text NOT NULL,
    at bigint NOT NULL,
    account text NOT NULL,
    kind text NOT NULL,
    phone_system text,
    call_id text,
    extension text,
    number text,
    result text,
    subject text,
    amount bigint,
    address text,
    CONSTRAINT audit_pkey PRIMARY KEY (id)
);
CREATE INDEX audit_by_address ON public.audit USING btree (address, at, id) WHERE (address IS NOT NULL);
CREATE INDEX audit_by_subject ON public.audit USING btree (kind, subject, at);
CREATE INDEX audit_by_time ON public.audit USING btree (at, id);

CREATE TABLE authorizations (
    state_sha256 bytea NOT NULL,
    connection text NOT NULL,
    account text NOT NULL,
    redirect_uri text NOT NULL,
    sealed_verifier bytea NOT NULL,
    expires bigint NOT NULL,
    CONSTRAINT authorizations_account_fkey FOREIGN KEY (account) REFERENCES accounts(id) ON DELETE CASCADE,
    CONSTRAINT authorizations_connection_fkey FOREIGN KEY (connection) REFERENCES connections(id) ON DELETE CASCADE,
    CONSTRAINT authorizations_pkey PRIMARY KEY (state_sha256)
);
CREATE INDEX authorizations_by_account ON public.authorizations USING btree (account);
CREATE INDEX authorizations_by_connection ON public.authorizations USING btree (connection);

CREATE TABLE bindings (
    connection text NOT NULL,
    extension text COLLATE "C" NOT NULL,
    crm_user text NOT NULL,
    CONSTRAINT bindings_connection_fkey FOREIGN KEY (connection) REFERENCES connections(id) ON DELETE CASCADE,
    CONSTRAINT bindings_pkey PRIMARY KEY (connection, extension)
);

CREATE TABLE call_legs (
    call text NOT NULL,
    extension text COLLATE "C" NOT NULL,
    started bigint NOT NULL,
    direction text NOT NULL,
    role text NOT NULL,
    outcome text,
    ring_ms bigint NOT NULL,
    talk_ms bigint NOT NULL,
    CONSTRAINT call_legs_call_fkey FOREIGN KEY (call) REFERENCES calls(id) ON DELETE CASCADE,
    CONSTRAINT call_legs_pkey PRIMARY KEY (call, extension)
);
CREATE INDEX call_legs_by_extension ON public.call_legs USING btree (extension, started, call);
CREATE INDEX call_legs_by_start ON public.call_legs USING btree (started, extension, direction, role, outcome, ring_ms, talk_ms);

CREATE TABLE call_sounds (
    phone_system text NOT NULL,
    call_id text NOT NULL,
    extension text NOT NULL,
    body text NOT NULL,
    CONSTRAINT call_sounds_pkey PRIMARY KEY (phone_system, call_id, extension)
);

CREATE TABLE calls (
    id text NOT NULL,
    phone_system text NOT NULL,
    call_id text NOT NULL,
    started bigint NOT NULL,
    body text NOT NULL,
    reconciled bigint NOT NULL,
    direction text NOT NULL,
    outcome text,
    queue text,
    searched text NOT NULL,
    wait_ms bigint NOT NULL,
    talk_ms bigint NOT NULL,
    CONSTRAINT calls_phone_system_call_id_key UNIQUE (phone_system, call_id),
    CONSTRAINT calls_pkey PRIMARY KEY (id),
    CONSTRAINT calls_reconciled_check CHECK ((reconciled = ANY (ARRAY[(0)::bigint, (1)::bigint])))
);
CREATE INDEX calls_by_queue ON public.calls USING btree (queue, started, id) WHERE (queue IS NOT NULL);
CREATE INDEX calls_by_start ON public.calls USING btree (started, id, direction, outcome, queue, wait_ms, talk_ms, searched);

CREATE TABLE canary (
    id bigint NOT NULL,
    sealed bytea NOT NULL,
    CONSTRAINT canary_id_check CHECK ((id = 1)),
    CONSTRAINT canary_pkey PRIMARY KEY (id)
);

CREATE TABLE choices (
    connection text NOT NULL,
    subject text NOT NULL,
    body text NOT NULL,
    version bigint NOT NULL,
    CONSTRAINT choices_connection_fkey FOREIGN KEY (connection) REFERENCES connections(id) ON DELETE CASCADE,
    CONSTRAINT choices_pkey PRIMARY KEY (connection, subject)
);

CREATE TABLE connections (
    id text NOT NULL,
    kind text NOT NULL,
    enabled bigint NOT NULL,
    settings text NOT NULL,
    sealed_secrets bytea NOT NULL,
    sealed_grant bytea,
    organisation text,
    crm_user text,
    problem text,
    users_fetched bigint,
    version bigint NOT NULL,
    created bigint NOT NULL,
    journal text,
    journal_version bigint NOT NULL,
    precedence bigint NOT NULL,
    terms text,
    terms_version bigint NOT NULL,
    probe text,
    closing bigint NOT NULL,
    renewed_by text,
    renewed_until bigint,
    paused bigint,
    restored bigint,
    CONSTRAINT connections_closing_check CHECK ((closing = ANY (ARRAY[(0)::bigint, (1)::bigint]))),
    CONSTRAINT connections_enabled_check CHECK ((enabled = ANY (ARRAY[(0)::bigint, (1)::bigint]))),
    CONSTRAINT connections_pkey PRIMARY KEY (id)
);

CREATE TABLE contact_changes (
    sequence bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
    written_by bigint NOT NULL,
    contacts bytea NOT NULL,
    phonebooks bytea NOT NULL,
    at bigint NOT NULL,
    CONSTRAINT contact_changes_pkey PRIMARY KEY (sequence)
);
CREATE INDEX contact_changes_by_writer ON public.contact_changes USING btree (written_by);

CREATE TABLE contact_numbers (
    contact text NOT NULL,
    place bigint NOT NULL,
    slot text NOT NULL,
    written text NOT NULL,
    e164 text,
    CONSTRAINT contact_numbers_contact_fkey FOREIGN KEY (contact) REFERENCES contacts(id) ON DELETE CASCADE,
    CONSTRAINT contact_numbers_pkey PRIMARY KEY (contact, place)
);
CREATE INDEX contact_numbers_by_number ON public.contact_numbers USING btree (e164, contact);

CREATE TABLE contacts (
    id text NOT NULL,
    phonebook text NOT NULL,
    module text,
    crm_id text,
    name text NOT NULL,
    folded_name text COLLATE "C" NOT NULL,
    company text,
    email text,
    record text,
    called bigint NOT NULL,
    stale bigint NOT NULL,
    updated bigint NOT NULL,
    remark text,
    version bigint NOT NULL,
    folded_company text COLLATE "C" NOT NULL,
    searched text COLLATE "C" NOT NULL,
    imported_by text,
    CONSTRAINT contacts_called_check CHECK ((called = ANY (ARRAY[(0)::bigint, (1)::bigint]))),
    CONSTRAINT contacts_phonebook_fkey FOREIGN KEY (phonebook) REFERENCES phonebooks(id) ON DELETE CASCADE,
    CONSTRAINT contacts_phonebook_module_crm_id_key UNIQUE (phonebook, module, crm_id),
    CONSTRAINT contacts_pkey PRIMARY KEY (id),
    CONSTRAINT contacts_stale_check CHECK ((stale = ANY (ARRAY[(0)::bigint, (1)::bigint])))
);
CREATE INDEX contacts_by_folded_name ON public.contacts USING btree (folded_name, folded_company);
CREATE INDEX contacts_by_name ON public.contacts USING btree (phonebook, folded_name, id, searched);
CREATE INDEX contacts_stale ON public.contacts USING btree (phonebook) WHERE (stale = 1);

CREATE TABLE creations (
    id text NOT NULL,
    connection text NOT NULL,
    number text NOT NULL,
    new text NOT NULL,
    agent text NOT NULL,
    account text,
    state text NOT NULL,
    lease_until bigint NOT NULL,
    asked bigint,
    record text,
    words text,
    created bigint NOT NULL,
    advice text,
    CONSTRAINT creations_pkey PRIMARY KEY (id),
    CONSTRAINT creations_state_check CHECK ((state = ANY (ARRAY['under_way'::text, 'created'::text, 'matched'::text, 'failed'::text, 'removed'::text])))
);
CREATE INDEX creations_by_number ON public.creations USING btree (connection, number, created);
CREATE INDEX creations_by_time ON public.creations USING btree (created, id);
CREATE UNIQUE INDEX creations_under_way ON public.creations USING btree (number) WHERE (state = 'under_way'::text);

CREATE TABLE crm_users (
    connection text NOT NULL,
    id text NOT NULL,
    name text NOT NULL,
    email text,
    is_system bigint NOT NULL,
    CONSTRAINT crm_users_connection_fkey FOREIGN KEY (connection) REFERENCES connections(id) ON DELETE CASCADE,
    CONSTRAINT crm_users_is_system_check CHECK ((is_system = ANY (ARRAY[(0)::bigint, (1)::bigint]))),
    CONSTRAINT crm_users_pkey PRIMARY KEY (connection, id)
);

CREATE TABLE device_codes (
    code_sha256 bytea NOT NULL,
    account text NOT NULL,
    client text NOT NULL,
    name text NOT NULL,
    redirect text NOT NULL,
    challenge text NOT NULL,
    expires bigint NOT NULL,
    device text,
    CONSTRAINT device_codes_account_fkey FOREIGN KEY (account) REFERENCES accounts(id) ON DELETE CASCADE,
    CONSTRAINT device_codes_client_check CHECK ((client = ANY (ARRAY['chrome'::text, 'companion'::text]))),
    CONSTRAINT device_codes_device_fkey FOREIGN KEY (device) REFERENCES devices(id) ON DELETE CASCADE,
    CONSTRAINT device_codes_pkey PRIMARY KEY (code_sha256)
);

CREATE TABLE device_dials (
    device text NOT NULL,
    dial text NOT NULL,
    asked bigint NOT NULL,
    answer text,
    CONSTRAINT device_dials_device_fkey FOREIGN KEY (device) REFERENCES devices(id) ON DELETE CASCADE,
    CONSTRAINT device_dials_pkey PRIMARY KEY (device, dial)
);
CREATE INDEX device_dials_by_age ON public.device_dials USING btree (asked);

CREATE TABLE device_refreshes (
    token_sha256 bytea NOT NULL,
    device text NOT NULL,
    generation bigint NOT NULL,
    issued bigint NOT NULL,
    CONSTRAINT device_refreshes_device_fkey FOREIGN KEY (device) REFERENCES devices(id) ON DELETE CASCADE,
    CONSTRAINT device_refreshes_pkey PRIMARY KEY (token_sha256)
);
CREATE INDEX device_refreshes_by_device ON public.device_refreshes USING btree (device, generation);

CREATE TABLE devices (
    id text NOT NULL,
    account text NOT NULL,
    client text NOT NULL,
    name text NOT NULL,
    bound bigint NOT NULL,
    last_seen bigint NOT NULL,
    generation bigint NOT NULL,
    arrived bigint NOT NULL,
    access_sha256 bytea NOT NULL,
    access_expires bigint NOT NULL,
    CONSTRAINT devices_access_sha256_key UNIQUE (access_sha256),
    CONSTRAINT devices_account_fkey FOREIGN KEY (account) REFERENCES accounts(id) ON DELETE CASCADE,
    CONSTRAINT devices_client_check CHECK ((client = ANY (ARRAY['chrome'::text, 'companion'::text]))),
    CONSTRAINT devices_pkey PRIMARY KEY (id)
);
CREATE INDEX devices_by_account ON public.devices USING btree (account);

CREATE TABLE duties (
    extension text NOT NULL,
    state text NOT NULL,
    reason text,
    since bigint NOT NULL,
    ends bigint,
    CONSTRAINT duties_check CHECK (((state = 'wrap_up'::text) = (ends IS NOT NULL))),
    CONSTRAINT duties_pkey PRIMARY KEY (extension),
    CONSTRAINT duties_state_check CHECK ((state = ANY (ARRAY['on'::text, 'break'::text, 'wrap_up'::text, 'off'::text])))
);

CREATE TABLE entries (
    entry_key text NOT NULL,
    call text NOT NULL,
    connection text NOT NULL,
    extension text NOT NULL,
    state text NOT NULL,
    subject text NOT NULL,
    description text NOT NULL,
    owner text,
    who text,
    crm_id text,
    page text,
    reason text,
    words text,
    updated bigint NOT NULL,
    left_out text,
    started bigint NOT NULL,
    person text,
    advice text,
    CONSTRAINT entries_call_fkey FOREIGN KEY (call) REFERENCES calls(id) ON DELETE CASCADE,
    CONSTRAINT entries_pkey PRIMARY KEY (entry_key),
    CONSTRAINT entries_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'written'::text, 'parked'::text, 'skipped'::text])))
);
CREATE INDEX entries_by_call ON public.entries USING btree (call);
CREATE INDEX entries_by_person ON public.entries USING btree (person, call) WHERE (person IS NOT NULL);
CREATE INDEX entries_by_start ON public.entries USING btree (state, started, call, reason);
CREATE INDEX entries_by_state ON public.entries USING btree (connection, state);

CREATE TABLE extension_group_members (
    extension_group text NOT NULL,
    extension text NOT NULL,
    CONSTRAINT extension_group_members_extension_fkey FOREIGN KEY (extension) REFERENCES extensions(number) ON DELETE CASCADE,
    CONSTRAINT extension_group_members_extension_group_fkey FOREIGN KEY (extension_group) REFERENCES extension_groups(id) ON DELETE CASCADE,
    CONSTRAINT extension_group_members_pkey PRIMARY KEY (extension_group, extension)
);
CREATE INDEX extension_group_members_by_extension ON public.extension_group_members USING btree (extension);

CREATE TABLE extension_groups (
    id text NOT NULL,
    name text NOT NULL,
    version bigint NOT NULL,
    CONSTRAINT extension_groups_name_key UNIQUE (name),
    CONSTRAINT extension_groups_pkey PRIMARY KEY (id)
);

CREATE TABLE extensions (
    number text COLLATE "C" NOT NULL,
    name text NOT NULL,
    email text,
    version bigint NOT NULL,
    CONSTRAINT extensions_pkey PRIMARY KEY (number)
);

CREATE TABLE follow_ups (
    entry_key text NOT NULL,
    call text NOT NULL,
    connection text NOT NULL,
    owner text NOT NULL,
    state text NOT NULL,
    who text NOT NULL,
    subject text NOT NULL,
    description text NOT NULL,
    due text NOT NULL,
    crm_id text,
    words text,
    CONSTRAINT follow_ups_call_fkey FOREIGN KEY (call) REFERENCES calls(id) ON DELETE CASCADE,
    CONSTRAINT follow_ups_pkey PRIMARY KEY (entry_key),
    CONSTRAINT follow_ups_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'written'::text, 'refused'::text])))
);
CREATE INDEX follow_ups_by_call ON public.follow_ups USING btree (call);

CREATE TABLE group_bindings (
    connection text NOT NULL,
    extension_group text NOT NULL,
    crm_user text NOT NULL,
    CONSTRAINT group_bindings_connection_fkey FOREIGN KEY (connection) REFERENCES connections(id) ON DELETE CASCADE,
    CONSTRAINT group_bindings_extension_group_fkey FOREIGN KEY (extension_group) REFERENCES extension_groups(id) ON DELETE CASCADE,
    CONSTRAINT group_bindings_pkey PRIMARY KEY (connection, extension_group)
);
CREATE INDEX group_bindings_by_group ON public.group_bindings USING btree (extension_group);

CREATE TABLE import_refusals (
    import text NOT NULL,
    file_row bigint NOT NULL,
    file_line bigint NOT NULL,
    file_column bigint,
    code text NOT NULL,
    detail text NOT NULL,
    shown text NOT NULL,
    CONSTRAINT import_refusals_import_fkey FOREIGN KEY (import) REFERENCES imports(id) ON DELETE CASCADE,
    CONSTRAINT import_refusals_pkey PRIMARY KEY (import, file_row)
);

CREATE TABLE imports (
    id text NOT NULL,
    phonebook text NOT NULL,
    account text NOT NULL,
    node text NOT NULL,
    file_name text NOT NULL,
    bytes bigint NOT NULL,
    received bigint NOT NULL,
    state text NOT NULL,
    file text,
    plan text,
    next_byte bigint NOT NULL,
    next_row bigint NOT NULL,
    next_line bigint NOT NULL,
    added bigint NOT NULL,
    updated bigint NOT NULL,
    skipped bigint NOT NULL,
    refused bigint NOT NULL,
    undone bigint NOT NULL,
    problem text,
    words text,
    created bigint NOT NULL,
    began bigint,
    ended bigint,
    unlisted bigint NOT NULL,
    CONSTRAINT imports_phonebook_fkey FOREIGN KEY (phonebook) REFERENCES phonebooks(id) ON DELETE CASCADE,
    CONSTRAINT imports_pkey PRIMARY KEY (id),
    CONSTRAINT imports_state_check CHECK ((state = ANY (ARRAY['uploading'::text, 'ready'::text, 'running'::text, 'done'::text, 'cancelled'::text, 'failed'::text, 'undoing'::text, 'undone'::text])))
);
CREATE INDEX imports_at_work ON public.imports USING btree (node) WHERE ((state = ANY (ARRAY['running'::text, 'undoing'::text])) OR (unlisted > 0));
CREATE INDEX imports_by_phonebook ON public.imports USING btree (phonebook, created, id);

CREATE TABLE invitation_mails (
    account text NOT NULL,
    asked bigint NOT NULL,
    attempts bigint NOT NULL,
    due bigint,
    sent bigint,
    problem text,
    words text,
    CONSTRAINT invitation_mails_account_fkey FOREIGN KEY (account) REFERENCES accounts(id) ON DELETE CASCADE,
    CONSTRAINT invitation_mails_pkey PRIMARY KEY (account)
);
CREATE INDEX invitation_mails_due ON public.invitation_mails USING btree (due) WHERE (due IS NOT NULL);

CREATE TABLE jobs (
    sequence bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
    id text NOT NULL,
    kind text NOT NULL,
    version bigint NOT NULL,
    subject text NOT NULL,
    lane text NOT NULL,
    job_key text NOT NULL,
    connection text,
    state text NOT NULL,
    attempt bigint NOT NULL,
    next_attempt bigint NOT NULL,
    lease_until bigint,
    answer_lost bigint NOT NULL,
    last_error text,
    created bigint NOT NULL,
    leased_by text,
    advice text,
    CONSTRAINT jobs_answer_lost_check CHECK ((answer_lost = ANY (ARRAY[(0)::bigint, (1)::bigint]))),
    CONSTRAINT jobs_connection_fkey FOREIGN KEY (connection) REFERENCES connections(id) ON DELETE CASCADE,
    CONSTRAINT jobs_id_key UNIQUE (id),
    CONSTRAINT jobs_job_key_key UNIQUE (job_key),
    CONSTRAINT jobs_pkey PRIMARY KEY (sequence),
    CONSTRAINT jobs_state_check CHECK ((state = ANY (ARRAY['ready'::text, 'leased'::text, 'waiting_for_person'::text, 'parked'::text])))
);
CREATE INDEX jobs_by_lane ON public.jobs USING btree (lane, sequence) WHERE (state <> 'parked'::text);
CREATE INDEX jobs_by_state ON public.jobs USING btree (connection, state);
CREATE INDEX jobs_by_subject ON public.jobs USING btree (subject);
CREATE INDEX jobs_by_time ON public.jobs USING btree (connection, kind, next_attempt, sequence) WHERE (state = ANY (ARRAY['ready'::text, 'leased'::text]));

CREATE TABLE late_parts (
    entry_key text NOT NULL,
    note text,
    disposition text,
    recording text,
    version bigint NOT NULL,
    written bigint NOT NULL,
    held_note text,
    held_disposition text,
    held_recording text,
    CONSTRAINT late_parts_pkey PRIMARY KEY (entry_key)
);

CREATE TABLE phone_systems (
    id text NOT NULL,
    kind text NOT NULL,
    name text NOT NULL,
    settings text NOT NULL,
    sealed_secrets bytea NOT NULL,
    version bigint NOT NULL,
    heard_since bigint,
    heard_until bigint,
    paused bigint,
    CONSTRAINT phone_systems_pkey PRIMARY KEY (id)
);

CREATE TABLE phonebooks (
    id text NOT NULL,
    name text NOT NULL,
    crm text,
    connection text,
    created bigint NOT NULL,
    seen_by text,
    version bigint NOT NULL,
    CONSTRAINT phonebooks_connection_fkey FOREIGN KEY (connection) REFERENCES connections(id) ON DELETE SET NULL,
    CONSTRAINT phonebooks_connection_key UNIQUE (connection),
    CONSTRAINT phonebooks_name_key UNIQUE (name),
    CONSTRAINT phonebooks_pkey PRIMARY KEY (id)
);

CREATE TABLE pop_manners (
    extension text NOT NULL,
    body text NOT NULL,
    version bigint NOT NULL,
    CONSTRAINT pop_manners_pkey PRIMARY KEY (extension)
);

CREATE TABLE recovery_codes (
    account text NOT NULL,
    code_sha256 bytea NOT NULL,
    CONSTRAINT recovery_codes_account_fkey FOREIGN KEY (account) REFERENCES second_factors(account) ON DELETE CASCADE,
    CONSTRAINT recovery_codes_pkey PRIMARY KEY (account, code_sha256)
);

CREATE TABLE second_factors (
    account text NOT NULL,
    sealed_secret bytea NOT NULL,
    confirmed bigint,
    last_step bigint NOT NULL,
    CONSTRAINT second_factors_account_fkey FOREIGN KEY (account) REFERENCES accounts(id) ON DELETE CASCADE,
    CONSTRAINT second_factors_pkey PRIMARY KEY (account)
);

CREATE TABLE sessions (
    token_sha256 bytea NOT NULL,
    account text NOT NULL,
    created bigint NOT NULL,
    expires bigint NOT NULL,
    CONSTRAINT sessions_account_fkey FOREIGN KEY (account) REFERENCES accounts(id) ON DELETE CASCADE,
    CONSTRAINT sessions_pkey PRIMARY KEY (token_sha256)
);
CREATE INDEX sessions_by_account ON public.sessions USING btree (account);
CREATE INDEX sessions_by_expiry ON public.sessions USING btree (expires);

CREATE TABLE settings (
    name text NOT NULL,
    body text NOT NULL,
    sealed bytea,
    CONSTRAINT settings_pkey PRIMARY KEY (name)
);

CREATE TABLE sign_in_links (
    token_sha256 bytea NOT NULL,
    account text,
    expires bigint NOT NULL,
    CONSTRAINT sign_in_links_account_fkey FOREIGN KEY (account) REFERENCES accounts(id) ON DELETE CASCADE,
    CONSTRAINT sign_in_links_pkey PRIMARY KEY (token_sha256)
);
CREATE INDEX sign_in_links_by_account ON public.sign_in_links USING btree (account);

CREATE TABLE sync_leases (
    connection text NOT NULL,
    holder text NOT NULL,
    lease_until bigint NOT NULL,
    next_look bigint NOT NULL,
    wish bigint NOT NULL,
    problem text,
    advice text,
    CONSTRAINT sync_leases_connection_fkey FOREIGN KEY (connection) REFERENCES connections(id) ON DELETE CASCADE,
    CONSTRAINT sync_leases_pkey PRIMARY KEY (connection),
    CONSTRAINT sync_leases_wish_check CHECK ((wish = ANY (ARRAY[(0)::bigint, (1)::bigint, (2)::bigint])))
);

CREATE TABLE sync_modules (
    connection text NOT NULL,
    module text NOT NULL,
    next_page text,
    done bigint NOT NULL,
    total bigint,
    complete bigint NOT NULL,
    requests bigint NOT NULL,
    edits_at bigint,
    deletions_at bigint,
    problem text,
    advice text,
    CONSTRAINT sync_modules_complete_check CHECK ((complete = ANY (ARRAY[(0)::bigint, (1)::bigint]))),
    CONSTRAINT sync_modules_connection_fkey FOREIGN KEY (connection) REFERENCES connections(id) ON DELETE CASCADE,
    CONSTRAINT sync_modules_pkey PRIMARY KEY (connection, module)
);

CREATE TABLE sync_skipped (
    connection text NOT NULL,
    module text NOT NULL,
    crm_id text NOT NULL,
    name text NOT NULL,
    reason text NOT NULL,
    page text NOT NULL,
    at bigint NOT NULL,
    CONSTRAINT sync_skipped_connection_fkey FOREIGN KEY (connection) REFERENCES connections(id) ON DELETE CASCADE,
    CONSTRAINT sync_skipped_pkey PRIMARY KEY (connection, module, crm_id)
);

CREATE TABLE webhook_deliveries (
    id text NOT NULL,
    endpoint text NOT NULL,
    event text NOT NULL,
    event_key text NOT NULL,
    body text NOT NULL,
    state text NOT NULL,
    attempt bigint NOT NULL,
    next_attempt bigint NOT NULL,
    tried bigint,
    status bigint,
    words text,
    duration_ms bigint,
    created bigint NOT NULL,
    CONSTRAINT webhook_deliveries_endpoint_event_key_key UNIQUE (endpoint, event_key),
    CONSTRAINT webhook_deliveries_endpoint_fkey FOREIGN KEY (endpoint) REFERENCES webhook_endpoints(id) ON DELETE CASCADE,
    CONSTRAINT webhook_deliveries_pkey PRIMARY KEY (id),
    CONSTRAINT webhook_deliveries_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'delivered'::text, 'failed'::text])))
);
CREATE INDEX webhook_deliveries_age ON public.webhook_deliveries USING btree (created);
CREATE INDEX webhook_deliveries_due ON public.webhook_deliveries USING btree (endpoint, next_attempt) WHERE (state = 'waiting'::text);
CREATE INDEX webhook_deliveries_log ON public.webhook_deliveries USING btree (endpoint, created, id);

CREATE TABLE webhook_endpoints (
    id text NOT NULL,
    name text NOT NULL,
    events text NOT NULL,
    personal bigint NOT NULL,
    enabled bigint NOT NULL,
    disabled_reason text,
    failing_since bigint,
    sealed bytea NOT NULL,
    version bigint NOT NULL,
    created bigint NOT NULL,
    CONSTRAINT webhook_endpoints_pkey PRIMARY KEY (id)
);

CREATE VIEW name_keys AS
 SELECT contacts.phonebook,
    contacts.folded_name,
    contacts.id AS contact,
    contacts.folded_company,
    contacts.searched
   FROM contacts;

CREATE VIEW number_keys AS
 SELECT contact_numbers.e164,
    contact_numbers.contact
   FROM contact_numbers
  WHERE (contact_numbers.e164 IS NOT NULL);
