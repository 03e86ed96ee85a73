//! Which columns of which tables can hold a number.
//!
//! A new column with text that comes from outside, or that people write, gets its line here; the
//! test that looks through all columns of all tables after an erasure says where one is missing.

use super::NumberPlace;
use crate::database::Statement;

/// What becomes of a row in which the number stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fate {
    /// The number is hidden in its texts.
    Hidden,
    /// It is deleted.
    Deleted,
    /// It stays as it is: a person has to decide.
    Stays,
}

/// A table with texts.
pub(super) struct Table {
    pub(super) place: NumberPlace,
    pub(super) name: &'static str,
    /// The column that names a row; of a table whose rows have two, the first.
    pub(super) key: &'static str,
    /// The columns that can hold a number.
    pub(super) texts: &'static [&'static str],
    /// What else tells people which row it is.
    pub(super) shown: &'static [&'static str],
    pub(super) fate: Fate,
}

const fn table(
    place: NumberPlace,
    name: &'static str,
    key: &'static str,
    texts: &'static [&'static str],
    fate: Fate,
) -> Table {
    let shown = &[];
    Table {
        place,
        name,
        key,
        texts,
        shown,
        fate,
    }
}

pub(super) const JOBS: Table = Table {
    shown: &["kind", "subject", "state"],
    ..table(
        NumberPlace::Jobs,
        "jobs",
        "id",
        &["lane", "last_error", "advice"],
        Fate::Hidden,
    )
};
pub(super) const CALLS: Table = Table {
    shown: &["phone_system", "call_id"],
    ..table(
        NumberPlace::Calls,
        "calls",
        "id",
        &["body", "searched"],
        Fate::Hidden,
    )
};
pub(super) const ENTRIES: Table = Table {
    shown: &["call", "extension", "state", "crm_id", "page"],
    ..table(
        NumberPlace::Entries,
        "entries",
        "entry_key",
        &[
            "subject",
            "description",
            "who",
            "person",
            "words",
            "advice",
            "left_out",
        ],
        Fate::Hidden,
    )
};
pub(super) const NOTES: Table = table(
    NumberPlace::Notes,
    "late_parts",
    "entry_key",
    &[
        "note",
        "disposition",
        "recording",
        "held_note",
        "held_disposition",
        "held_recording",
    ],
    Fate::Hidden,
);
pub(super) const TASKS: Table = Table {
    shown: &["call", "owner", "state", "due", "crm_id"],
    ..table(
        NumberPlace::Tasks,
        "follow_ups",
        "entry_key",
        &["who", "subject", "description", "words"],
        Fate::Hidden,
    )
};
pub(super) const CONTACTS: Table = Table {
    shown: &["phonebook", "module", "crm_id"],
    ..table(
        NumberPlace::Contacts,
        "contacts",
        "id",
        &[
            "name",
            "folded_name",
            "company",
            "folded_company",
            "email",
            "remark",
            "record",
            "searched",
        ],
        Fate::Hidden,
    )
};

/// Every table that is looked through.
pub(super) const ALL: [Table; 17] = [
    JOBS,
    CALLS,
    ENTRIES,
    NOTES,
    TASKS,
    table(
        NumberPlace::Created,
        "creations",
        "id",
        &["number", "new", "record", "words", "advice"],
        Fate::Deleted,
    ),
    CONTACTS,
    table(
        NumberPlace::Skipped,
        "sync_skipped",
        "crm_id",
        &["name", "reason", "page"],
        Fate::Deleted,
    ),
    table(
        NumberPlace::Imports,
        "imports",
        "id",
        &["file_name", "file", "plan", "words"],
        Fate::Hidden,
    ),
    table(
        NumberPlace::Imports,
        "import_refusals",
        "import",
        &["detail", "shown"],
        Fate::Deleted,
    ),
    table(
        NumberPlace::Webhooks,
        "webhook_deliveries",
        "id",
        &["body", "words"],
        Fate::Deleted,
    ),
    Table {
        shown: &["account", "kind"],
        ..table(
            NumberPlace::Audit,
            "audit",
            "id",
            &["number", "subject", "result"],
            Fate::Hidden,
        )
    },
    table(
        NumberPlace::Alerts,
        "alerts",
        "alert_key",
        &["name", "words", "advice"],
        Fate::Hidden,
    ),
    Table {
        shown: &["kind"],
        ..table(
            NumberPlace::Alerts,
            "connections",
            "id",
            &["problem", "probe"],
            Fate::Hidden,
        )
    },
    table(
        NumberPlace::Alerts,
        "sync_modules",
        "connection",
        &["problem", "advice"],
        Fate::Hidden,
    ),
    table(
        NumberPlace::Alerts,
        "sync_leases",
        "connection",
        &["problem", "advice"],
        Fate::Hidden,
    ),
    table(
        NumberPlace::Settings,
        "settings",
        "name",
        &["body"],
        Fate::Stays,
    ),
];

/// What people put between the digits of a number is taken out of a text.
const PLAIN: [&str; 2] = [
    "REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(",
    ", ' ', ''), '-', ''), '.', ''), '(', ''), ')', ''), '/', ''), '\u{a0}', '')",
];

impl Table {
    /// Goes on with the names of the columns that are read.
    pub(super) fn columns(&self, statement: &mut Statement) {
        statement.sql(self.key);
        for column in self.texts.iter().chain(self.shown) {
            statement.sql(", ").sql(column);
        }
    }

    /// Goes on with the condition that one of the texts has these digits one after the other.
    pub(super) fn may_hold(&self, statement: &mut Statement, digits: &str) {
        let [before, after] = PLAIN;
        let pattern = format!("%{digits}%");
        statement.sql("(");
        for (place, column) in self.texts.iter().enumerate() {
            statement.sql(if place == 0 { "" } else { " OR " });
            statement.sql(before).sql(column).sql(after).sql(" LIKE ");
            statement.value(&pattern);
        }
        statement.sql(")");
    }
}
