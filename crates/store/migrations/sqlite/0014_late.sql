-- What the CRM holds of an entry's late parts, so that only that is replaced in its text.
ALTER TABLE late_parts ADD COLUMN held_note TEXT;
ALTER TABLE late_parts ADD COLUMN held_disposition TEXT;
ALTER TABLE late_parts ADD COLUMN held_recording TEXT;

-- Where nothing came since the CRM was written to, it holds what is here.
UPDATE late_parts SET held_note = NULLIF(note, ''), held_disposition = NULLIF(disposition, ''),
    held_recording = recording
    WHERE written = version;
