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
    CONSTRAINT accounts_folded_email_key UNIQUE (folded_email),
    CONSTRAINT accounts_pkey PRIMARY KEY (id),
    CONSTRAINT accounts_role_check CHECK ((role = ANY (ARRAY['admin'::text, 'agent'::text])))
);

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
    CONSTRAINT audit_pkey PRIMARY KEY (id)
);
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

CREATE TABLE calls (
    id text NOT NULL,
    phone_system text NOT NULL,
    call_id text NOT NULL,
    started bigint NOT NULL,
    body text NOT NULL,
    reconciled bigint NOT NULL,
    CONSTRAINT calls_phone_system_call_id_key UNIQUE (phone_system, call_id),
    CONSTRAINT calls_pkey PRIMARY KEY (id),
    CONSTRAINT calls_reconciled_check CHECK ((reconciled = ANY (ARRAY[(0)::bigint, (1)::bigint])))
);
CREATE INDEX calls_by_start ON public.calls USING btree (started, id);

CREATE TABLE canary (
    id bigint NOT NULL,
    sealed bytea NOT NULL,
    CONSTRAINT canary_id_check CHECK ((id = 1)),
    CONSTRAINT canary_pkey PRIMARY KEY (id)
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
    CONSTRAINT connections_enabled_check CHECK ((enabled = ANY (ARRAY[(0)::bigint, (1)::bigint]))),
    CONSTRAINT connections_pkey PRIMARY KEY (id)
);

CREATE TABLE crm_users (
    connection text NOT NULL,
    id text NOT NULL,
    name text NOT NULL,
    email text,
    CONSTRAINT crm_users_connection_fkey FOREIGN KEY (connection) REFERENCES connections(id) ON DELETE CASCADE,
    CONSTRAINT crm_users_pkey PRIMARY KEY (connection, id)
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
    CONSTRAINT entries_call_fkey FOREIGN KEY (call) REFERENCES calls(id) ON DELETE CASCADE,
    CONSTRAINT entries_pkey PRIMARY KEY (entry_key),
    CONSTRAINT entries_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'written'::text, 'parked'::text, 'skipped'::text])))
);
CREATE INDEX entries_by_call ON public.entries USING btree (call);
CREATE INDEX entries_by_state ON public.entries USING btree (connection, state);

CREATE TABLE extensions (
    number text COLLATE "C" NOT NULL,
    name text NOT NULL,
    email text,
    CONSTRAINT extensions_pkey PRIMARY KEY (number)
);

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
    CONSTRAINT jobs_answer_lost_check CHECK ((answer_lost = ANY (ARRAY[(0)::bigint, (1)::bigint]))),
    CONSTRAINT jobs_connection_fkey FOREIGN KEY (connection) REFERENCES connections(id) ON DELETE CASCADE,
    CONSTRAINT jobs_id_key UNIQUE (id),
    CONSTRAINT jobs_job_key_key UNIQUE (job_key),
    CONSTRAINT jobs_pkey PRIMARY KEY (sequence),
    CONSTRAINT jobs_state_check CHECK ((state = ANY (ARRAY['ready'::text, 'leased'::text, 'waiting_for_person'::text, 'parked'::text])))
);
CREATE INDEX jobs_by_lane ON public.jobs USING btree (lane, sequence) WHERE (state <> 'parked'::text);
CREATE INDEX jobs_by_state ON public.jobs USING btree (connection, state);
CREATE INDEX jobs_by_time ON public.jobs USING btree (next_attempt, sequence) WHERE (state = ANY (ARRAY['ready'::text, 'leased'::text]));

CREATE TABLE phone_systems (
    id text NOT NULL,
    kind text NOT NULL,
    name text NOT NULL,
    settings text NOT NULL,
    sealed_secrets bytea NOT NULL,
    version bigint NOT NULL,
    heard_since bigint,
    heard_until bigint,
    CONSTRAINT phone_systems_pkey PRIMARY KEY (id)
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
