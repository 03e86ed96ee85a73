-- Invitations that go out by mail. The link itself is made when the mail is, so that nothing here
-- signs anybody in.
CREATE TABLE invitation_mails (
    account TEXT PRIMARY KEY REFERENCES accounts (id) ON DELETE CASCADE,
    -- When an admin asked for it last.
    asked BIGINT NOT NULL,
    attempts BIGINT NOT NULL DEFAULT 0,
    -- When it is tried; of one that is being sent, when it is tried again should its sender not come
    -- back. NULL: it was sent, or given up.
    due BIGINT,
    sent BIGINT,
    -- Why the last attempt failed: a stable word, and the mail server's words.
    problem TEXT,
    words TEXT
);
CREATE INDEX invitation_mails_due ON invitation_mails (due) WHERE due IS NOT NULL;

-- The network address that an act came from. NULL: Linecard did it by itself, or it is older.
ALTER TABLE audit ADD COLUMN address TEXT;
CREATE INDEX audit_by_address ON audit (address, at, id) WHERE address IS NOT NULL;
