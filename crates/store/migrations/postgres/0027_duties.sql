-- What each agent is at: on duty, on a break, wrapping up a call, off duty. Who never said has no row.
CREATE TABLE duties (
    extension TEXT PRIMARY KEY,
    state TEXT NOT NULL CHECK (state IN ('on', 'break', 'wrap_up', 'off')),
    -- Of a break; NULL: none was given.
    reason TEXT,
    since BIGINT NOT NULL,
    -- Of a wrap-up.
    ends BIGINT,
    CHECK ((state = 'wrap_up') = (ends IS NOT NULL))
);
