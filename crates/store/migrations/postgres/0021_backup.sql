-- When the store was restored from a backup, until an admin confirms the connection: nothing goes there
-- before. NULL: it is not paused.
ALTER TABLE connections ADD COLUMN paused BIGINT;
ALTER TABLE phone_systems ADD COLUMN paused BIGINT;
-- When it was confirmed: entries of calls that began before may stand in the CRM already, written by
-- the Linecard that the backup was made of. NULL: it never was restored.
ALTER TABLE connections ADD COLUMN restored BIGINT;
