-- Which CRM comes first when several know a number: the lowest; among equals the oldest.
ALTER TABLE connections ADD COLUMN precedence BIGINT NOT NULL DEFAULT 0;

-- On what terms it is used; NULL: nothing chosen yet. It has a version of its own, because it is
-- saved apart from the settings.
ALTER TABLE connections ADD COLUMN terms TEXT;
ALTER TABLE connections ADD COLUMN terms_version BIGINT NOT NULL DEFAULT 0;

-- What the last look at it showed.
ALTER TABLE connections ADD COLUMN probe TEXT;

-- It goes as soon as what waits has been written: no call is looked up or written any more.
ALTER TABLE connections ADD COLUMN closing BIGINT NOT NULL DEFAULT 0 CHECK (closing IN (0, 1));

-- Who renews the grant now, and until when nobody else may.
ALTER TABLE connections ADD COLUMN renewed_by TEXT;
ALTER TABLE connections ADD COLUMN renewed_until BIGINT;
