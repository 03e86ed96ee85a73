-- What was changed in phonebooks, for those who hold contacts in memory. Rows live for an hour.
CREATE TABLE contact_changes (
    -- Never used again, even when all rows are gone.
    sequence INTEGER PRIMARY KEY AUTOINCREMENT,
    -- Ids, 16 bytes each; what became of them stands in their own tables.
    contacts BLOB NOT NULL,
    phonebooks BLOB NOT NULL,
    at BIGINT NOT NULL
);
