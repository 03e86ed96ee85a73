-- How the sound of a call was at an agent's softphone. It can be there before its call.
CREATE TABLE call_sounds (
    phone_system TEXT NOT NULL,
    call_id TEXT NOT NULL,
    extension TEXT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (phone_system, call_id, extension)
) WITHOUT ROWID;
