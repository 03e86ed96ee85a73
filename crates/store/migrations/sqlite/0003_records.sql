-- Told by the phone system's own records: nobody listened when it ended.
ALTER TABLE calls ADD COLUMN reconciled BIGINT NOT NULL DEFAULT 0 CHECK (reconciled IN (0, 1));

-- Every call that ended between these two times is kept; NULL before the first link.
ALTER TABLE phone_systems ADD COLUMN heard_since BIGINT;
ALTER TABLE phone_systems ADD COLUMN heard_until BIGINT;
