-- What Linecard knows about a failure, beside the other side's words: a code, and what it is about.
ALTER TABLE jobs ADD COLUMN advice TEXT;
ALTER TABLE entries ADD COLUMN advice TEXT;
ALTER TABLE creations ADD COLUMN advice TEXT;
ALTER TABLE sync_modules ADD COLUMN advice TEXT;
ALTER TABLE sync_leases ADD COLUMN advice TEXT;
ALTER TABLE alerts ADD COLUMN advice TEXT;
