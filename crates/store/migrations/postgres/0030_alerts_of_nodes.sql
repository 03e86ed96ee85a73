-- Which node looks after an alert, and when it last did: another one does not see the same disk.
ALTER TABLE alerts ADD COLUMN node TEXT NOT NULL DEFAULT '';
ALTER TABLE alerts ADD COLUMN looked BIGINT NOT NULL DEFAULT 0;
