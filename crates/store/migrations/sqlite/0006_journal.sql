-- What the admin chose about the journal; NULL: nothing yet. It has a version of its own, because it
-- is saved apart from the settings.
ALTER TABLE connections ADD COLUMN journal TEXT;
ALTER TABLE connections ADD COLUMN journal_version BIGINT NOT NULL DEFAULT 0;
