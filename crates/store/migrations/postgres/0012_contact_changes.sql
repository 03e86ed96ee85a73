-- What was changed in phonebooks, for those who hold contacts in memory. Rows live for an hour.
CREATE TABLE contact_changes (
    sequence BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    -- Who wrote it: one that began earlier may be seen later.
    written_by BIGINT NOT NULL DEFAULT (pg_current_xact_id()::text::bigint),
    -- Ids, 16 bytes each; what became of them stands in their own tables.
    contacts BYTEA NOT NULL,
    phonebooks BYTEA NOT NULL,
    at BIGINT NOT NULL
);
CREATE INDEX contact_changes_by_writer ON contact_changes (written_by);
