-- What calls are listed, filtered and counted by. The call itself stays in `body`.
ALTER TABLE calls ADD COLUMN direction TEXT NOT NULL DEFAULT '';
ALTER TABLE calls ADD COLUMN outcome TEXT;
ALTER TABLE calls ADD COLUMN queue TEXT;
-- The digits of the outside party's number and the name that came with it, folded, a line each.
ALTER TABLE calls ADD COLUMN searched TEXT NOT NULL DEFAULT '';
ALTER TABLE calls ADD COLUMN wait_ms BIGINT NOT NULL DEFAULT 0;
ALTER TABLE calls ADD COLUMN talk_ms BIGINT NOT NULL DEFAULT 0;
UPDATE calls SET
    direction = body ->> '$.direction',
    outcome = body ->> '$.outcome',
    queue = body ->> '$.queue',
    searched = substr(replace(replace(replace(replace(replace(replace(replace(coalesce(
        CASE body ->> '$.direction'
            WHEN 'inbound' THEN body ->> '$.from'
            WHEN 'outbound' THEN body ->> '$.to'
        END, ''), '+', ''), ' ', ''), '-', ''), '(', ''), ')', ''), '.', ''), '/', ''), 1, 40)
        || char(10) || substr(lower(trim(coalesce(body ->> '$.from_name', ''))), 1, 120),
    wait_ms = body ->> '$.wait_ms',
    talk_ms = body ->> '$.talk_ms';

-- Lists and figures read this index alone, and the rows of those calls that a page shows.
DROP INDEX calls_by_start;
CREATE INDEX calls_by_start
    ON calls (started, id, direction, outcome, queue, wait_ms, talk_ms, searched);
CREATE INDEX calls_by_queue ON calls (queue, started, id) WHERE queue IS NOT NULL;

-- One row per extension that took part.
CREATE TABLE call_legs (
    call TEXT NOT NULL REFERENCES calls (id) ON DELETE CASCADE,
    extension TEXT NOT NULL,
    -- When the call started, and whither it went.
    started BIGINT NOT NULL,
    direction TEXT NOT NULL,
    role TEXT NOT NULL,
    outcome TEXT,
    ring_ms BIGINT NOT NULL,
    talk_ms BIGINT NOT NULL,
    PRIMARY KEY (call, extension)
) WITHOUT ROWID;
INSERT INTO call_legs (call, extension, started, direction, role, outcome, ring_ms, talk_ms)
SELECT calls.id, leg.value ->> '$.extension', calls.started, calls.direction,
    leg.value ->> '$.role', leg.value ->> '$.outcome',
    leg.value ->> '$.ring_ms', leg.value ->> '$.talk_ms'
FROM calls, json_each(calls.body, '$.legs') AS leg
WHERE true
ON CONFLICT (call, extension) DO NOTHING;
CREATE INDEX call_legs_by_extension ON call_legs (extension, started, call);
CREATE INDEX call_legs_by_start
    ON call_legs (started, extension, direction, role, outcome, ring_ms, talk_ms);

-- When the call started, and the name of who it was with, folded.
ALTER TABLE entries ADD COLUMN started BIGINT NOT NULL DEFAULT 0;
ALTER TABLE entries ADD COLUMN person TEXT;
UPDATE entries SET
    started = coalesce((SELECT started FROM calls WHERE calls.id = entries.call), 0),
    person = nullif(substr(lower(trim(coalesce(who ->> '$.name', ''))), 1, 120), '');
CREATE INDEX entries_by_start ON entries (state, started, call, reason);
CREATE INDEX entries_by_person ON entries (person, call) WHERE person IS NOT NULL;
