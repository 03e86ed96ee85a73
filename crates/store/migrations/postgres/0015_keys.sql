-- What contacts are listed, searched and compared by. SQLite keeps it in tables of its own, which an
-- import writes last; here indexes of the contacts do as well, and are always up to date.
CREATE VIEW name_keys AS
    SELECT phonebook, folded_name, id AS contact, folded_company, searched FROM contacts;
CREATE VIEW number_keys AS
    SELECT e164, contact FROM contact_numbers WHERE e164 IS NOT NULL;

-- How many of the contacts that it added have no keys yet; here always none.
ALTER TABLE imports ADD COLUMN unlisted BIGINT NOT NULL DEFAULT 0;
DROP INDEX imports_at_work;
CREATE INDEX imports_at_work ON imports (node)
    WHERE state IN ('running', 'undoing') OR unlisted > 0;
