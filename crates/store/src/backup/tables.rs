//! Which tables a backup takes, in an order in which each stands after those it refers to.

use crate::database::Column;

/// A table that is taken.
#[derive(Debug)]
pub(super) struct Table {
    pub(super) name: &'static str,
    /// The column that names a row where something in it is sealed.
    pub(super) key: &'static str,
    /// Sealed columns: their secrets travel opened.
    pub(super) sealed: &'static [&'static str],
    /// What the database counts by itself.
    counted: &'static [&'static str],
    /// The order of the rows, where it counts.
    pub(super) order: &'static str,
}

const PLAIN: Table = Table {
    name: "",
    key: "id",
    sealed: &[],
    counted: &[],
    order: "",
};

const fn plain(name: &'static str) -> Table {
    Table { name, ..PLAIN }
}

const fn sealed(name: &'static str, key: &'static str, sealed: &'static [&'static str]) -> Table {
    Table {
        name,
        key,
        sealed,
        ..PLAIN
    }
}

/// Every table but those that the test below leaves out.
pub(super) const TABLES: [Table; 35] = [
    plain("accounts"),
    sealed("second_factors", "account", &["sealed_secret"]),
    plain("recovery_codes"),
    plain("api_keys"),
    sealed("settings", "name", &["sealed"]),
    plain("audit"),
    plain("alerts"),
    plain("extensions"),
    plain("extension_groups"),
    plain("extension_group_members"),
    plain("pop_manners"),
    sealed("phone_systems", "id", &["sealed_secrets"]),
    sealed("connections", "id", &["sealed_secrets", "sealed_grant"]),
    plain("choices"),
    plain("crm_users"),
    plain("bindings"),
    plain("group_bindings"),
    plain("phonebooks"),
    plain("imports"),
    plain("import_refusals"),
    plain("contacts"),
    plain("contact_numbers"),
    plain("sync_leases"),
    plain("sync_modules"),
    plain("sync_skipped"),
    plain("calls"),
    plain("call_legs"),
    plain("call_sounds"),
    plain("entries"),
    plain("late_parts"),
    plain("follow_ups"),
    plain("creations"),
    Table {
        // Lanes keep their order; the numbers themselves mean nothing.
        counted: &["sequence"],
        order: "ORDER BY sequence",
        ..plain("jobs")
    },
    sealed("webhook_endpoints", "id", &["sealed"]),
    plain("webhook_deliveries"),
];

impl Table {
    /// Those of the table's columns that are taken.
    pub(super) fn taken(&self, columns: Vec<Column>) -> Vec<Column> {
        let is_taken = |column: &Column| !self.counted.contains(&column.name.as_str());
        columns.into_iter().filter(is_taken).collect()
    }

    /// The name of the column as it is known here, where it is sealed.
    pub(super) fn sealed(&self, column: &str) -> Option<&'static str> {
        self.sealed.iter().copied().find(|sealed| *sealed == column)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use linecard_clock::{SystemClock, SystemEntropy};

    use super::*;
    use crate::database::values;
    use crate::{Sealer, Store};

    /// Tables that a backup does not take, and that are empty after a restore or filled by the database:
    /// what lets somebody in at this moment (`sessions`, `sign_in_links`, `authorizations`, and the devices,
    /// whose tokens have gone on since the backup was made), what would go
    /// out by mail a second time (`invitation_mails`), what agents were at just then (`duties`), what nodes tell each other (`contact_changes`), what
    /// is made of other tables (`name_keys`, `number_keys`), and what belongs to the key file of one machine
    /// (`canary`).
    const LEFT_OUT: [&str; 13] = [
        "authorizations",
        "canary",
        "contact_changes",
        "device_codes",
        "device_dials",
        "device_refreshes",
        "devices",
        "duties",
        "invitation_mails",
        "name_keys",
        "number_keys",
        "sessions",
        "sign_in_links",
    ];

    #[tokio::test]
    async fn every_table_is_taken_or_left_out_for_a_reason_and_every_secret_is_known() {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite://{}", folder.path().join("linecard.db").display());
        let sealer = Sealer::for_tests();
        let store = Store::open(&url, sealer, Arc::new(SystemClock), Arc::new(SystemEntropy));
        let store = store.await.unwrap();
        let mut unit = store.read().await.unwrap();
        let there = "SELECT name FROM sqlite_schema WHERE type = 'table' \
                     AND name NOT LIKE 'sqlite%' AND name NOT LIKE '\\_sqlx%' ESCAPE '\\'";
        let rows = unit.rows(there, values![]).await.unwrap();
        let mut there: Vec<_> = rows.iter().map(|row| row.text("name").unwrap()).collect();
        let known = TABLES.iter().map(|table| table.name).chain(LEFT_OUT);
        let mut known: Vec<_> = known.map(str::to_owned).collect();
        there.sort();
        known.sort();
        assert_eq!(there, known);
        for table in &TABLES {
            for column in unit.transaction().columns(table.name).await.unwrap() {
                let is_sealed = column.name.starts_with("sealed");
                assert_eq!(
                    table.sealed(&column.name).is_some(),
                    is_sealed,
                    "{} of {}",
                    column.name,
                    table.name
                );
            }
        }
    }
}
