-- What contacts are listed, searched and compared by. It lies in tables of its own, each in the order in
-- which it is read, and not in indexes of the contacts: an import writes many contacts in the order of
-- its file, and their keys afterwards in the order of the keys. Written together, each contact touches a
-- page of its own in every index, and those pages are most of what is written.
DROP INDEX contacts_by_name;
DROP INDEX contacts_by_folded_name;

-- A phonebook's list; the search reads nothing else.
CREATE TABLE name_keys (
    phonebook TEXT NOT NULL,
    folded_name TEXT NOT NULL,
    contact TEXT NOT NULL,
    folded_company TEXT NOT NULL,
    searched TEXT NOT NULL,
    PRIMARY KEY (phonebook, folded_name, contact)
) WITHOUT ROWID;
INSERT INTO name_keys (phonebook, folded_name, contact, folded_company, searched)
SELECT phonebook, folded_name, id, folded_company, searched FROM contacts
ORDER BY phonebook, folded_name, id;
-- Duplicates are read off it in its order.
CREATE INDEX name_keys_of_all ON name_keys (folded_name, folded_company);

-- A number that a contact has twice stands here once.
CREATE TABLE number_keys (
    e164 TEXT NOT NULL,
    contact TEXT NOT NULL,
    PRIMARY KEY (e164, contact)
) WITHOUT ROWID;
INSERT INTO number_keys (e164, contact)
SELECT DISTINCT e164, contact FROM contact_numbers WHERE e164 IS NOT NULL ORDER BY e164, contact;

-- The same columns as before, kept in the order of their contacts alone.
CREATE TABLE contact_numbers_in_order (
    contact TEXT NOT NULL REFERENCES contacts (id) ON DELETE CASCADE,
    place BIGINT NOT NULL,
    slot TEXT NOT NULL,
    written TEXT NOT NULL,
    -- NULL: it cannot be read as a number.
    e164 TEXT,
    PRIMARY KEY (contact, place)
) WITHOUT ROWID;
INSERT INTO contact_numbers_in_order (contact, place, slot, written, e164)
SELECT contact, place, slot, written, e164 FROM contact_numbers ORDER BY contact, place;
DROP TABLE contact_numbers;
ALTER TABLE contact_numbers_in_order RENAME TO contact_numbers;

-- Whoever changes contacts need not think of the name's key. Only an import adds contacts without.
CREATE TRIGGER name_key_comes AFTER INSERT ON contacts WHEN NEW.imported_by IS NULL
BEGIN
    INSERT INTO name_keys (phonebook, folded_name, contact, folded_company, searched)
    VALUES (NEW.phonebook, NEW.folded_name, NEW.id, NEW.folded_company, NEW.searched);
END;
CREATE TRIGGER name_key_changes
AFTER UPDATE OF phonebook, folded_name, folded_company, searched ON contacts
BEGIN
    DELETE FROM name_keys
    WHERE phonebook = OLD.phonebook AND folded_name = OLD.folded_name AND contact = OLD.id;
    INSERT INTO name_keys (phonebook, folded_name, contact, folded_company, searched)
    VALUES (NEW.phonebook, NEW.folded_name, NEW.id, NEW.folded_company, NEW.searched);
END;
CREATE TRIGGER name_key_goes AFTER DELETE ON contacts
BEGIN
    DELETE FROM name_keys
    WHERE phonebook = OLD.phonebook AND folded_name = OLD.folded_name AND contact = OLD.id;
END;

-- A number's key goes with the last of its rows. It comes by the statement that adds the number.
CREATE TRIGGER number_key_goes AFTER DELETE ON contact_numbers WHEN OLD.e164 IS NOT NULL
BEGIN
    DELETE FROM number_keys WHERE e164 = OLD.e164 AND contact = OLD.contact AND NOT EXISTS
        (SELECT 1 FROM contact_numbers WHERE contact = OLD.contact AND e164 = OLD.e164);
END;

-- How many of the contacts that it added have no keys yet.
ALTER TABLE imports ADD COLUMN unlisted BIGINT NOT NULL DEFAULT 0;
DROP INDEX imports_at_work;
CREATE INDEX imports_at_work ON imports (node)
    WHERE state IN ('running', 'undoing') OR unlisted > 0;
