-- NULL: everyone; else the extensions that see it, as JSON.
ALTER TABLE phonebooks ADD COLUMN seen_by TEXT;
ALTER TABLE phonebooks ADD COLUMN version BIGINT NOT NULL DEFAULT 1;

-- Nine slots in place of four labels. What finds no place in the slots of its label is another number.
ALTER TABLE contact_numbers RENAME COLUMN label TO slot;
UPDATE contact_numbers SET slot = sorted.slot
FROM (
    SELECT contact, place,
        CASE
            WHEN label = 'work' AND nth = 1 THEN 'business'
            WHEN label = 'work' AND nth = 2 THEN 'business2'
            WHEN label = 'mobile' AND nth = 1 THEN 'mobile'
            WHEN label = 'mobile' AND nth = 2 THEN 'mobile2'
            WHEN label = 'home' AND nth = 1 THEN 'home'
            WHEN label = 'home' AND nth = 2 THEN 'home2'
            ELSE 'other'
        END AS slot
    FROM (
        SELECT contact, place, slot AS label,
            ROW_NUMBER() OVER (PARTITION BY contact, slot ORDER BY place) AS nth
        FROM contact_numbers
    ) AS counted
) AS sorted
WHERE sorted.contact = contact_numbers.contact AND sorted.place = contact_numbers.place;

ALTER TABLE contacts ADD COLUMN remark TEXT;
ALTER TABLE contacts ADD COLUMN version BIGINT NOT NULL DEFAULT 1;
ALTER TABLE contacts ADD COLUMN folded_company TEXT COLLATE "C" NOT NULL DEFAULT '';
-- Folded name, folded company and the digits of the numbers, a line each: what the list is searched in.
ALTER TABLE contacts ADD COLUMN searched TEXT COLLATE "C" NOT NULL DEFAULT '';
UPDATE contacts SET
    folded_name = substr(folded_name, 1, 120),
    folded_company = substr(lower(trim(coalesce(company, ''))), 1, 120);
UPDATE contacts SET searched = folded_name || chr(10) || folded_company || chr(10) || substr(coalesce(
    (SELECT string_agg(ltrim(e164, '+'), chr(10) ORDER BY place) FROM contact_numbers WHERE contact = contacts.id), ''), 1, 400);

-- The search reads the index alone.
DROP INDEX contacts_by_name;
CREATE INDEX contacts_by_name ON contacts (phonebook, folded_name, id, searched);
-- Duplicates are read off these two in their order.
DROP INDEX contacts_by_folded_name;
CREATE INDEX contacts_by_folded_name ON contacts (folded_name, folded_company);
DROP INDEX contact_numbers_by_number;
CREATE INDEX contact_numbers_by_number ON contact_numbers (e164, contact);

-- What it was done to, by its name, and to how many.
ALTER TABLE audit ADD COLUMN subject TEXT;
ALTER TABLE audit ADD COLUMN amount BIGINT;
