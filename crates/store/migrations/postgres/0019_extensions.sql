-- How pages open at the agents' clients, as JSON. No extension ('') stands for the organisation,
-- whose setting holds where an extension has none of its own.
CREATE TABLE pop_manners (
    extension TEXT PRIMARY KEY,
    body TEXT NOT NULL,
    version BIGINT NOT NULL
);

-- Extensions that are one user's in a CRM, together.
CREATE TABLE extension_groups (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    version BIGINT NOT NULL
);
CREATE TABLE extension_group_members (
    extension_group TEXT NOT NULL REFERENCES extension_groups (id) ON DELETE CASCADE,
    extension TEXT NOT NULL REFERENCES extensions (number) ON DELETE CASCADE,
    PRIMARY KEY (extension_group, extension)
);
CREATE INDEX extension_group_members_by_extension ON extension_group_members (extension);

-- No reference to crm_users: that list is fetched anew again and again, a binding stays.
CREATE TABLE group_bindings (
    connection TEXT NOT NULL REFERENCES connections (id) ON DELETE CASCADE,
    extension_group TEXT NOT NULL REFERENCES extension_groups (id) ON DELETE CASCADE,
    crm_user TEXT NOT NULL,
    PRIMARY KEY (connection, extension_group)
);
CREATE INDEX group_bindings_by_group ON group_bindings (extension_group);
