//! What a store promises, held against both databases.
//!
//! SQLite is always tested; PostgreSQL is the one that `LINECARD_TEST_POSTGRES` names. Each test
//! has a fresh database of its own.
#![expect(
    clippy::unwrap_used,
    reason = "in a test, a failure that is not expected ends the test"
)]

mod accounts;
mod alerts;
mod audit;
mod backlog;
mod backup;
mod bindings;
mod calls;
mod choices;
mod connections;
mod contact_changes;
mod contacts;
mod created;
mod devices;
mod duties;
mod entries;
mod extension_groups;
mod figures;
mod fixture;
mod follow_ups;
mod full;
mod handles;
mod history;
mod imports;
mod in_line;
mod invitations;
mod keeping;
mod kill;
mod labels;
mod lanes;
mod late;
mod leases;
mod listing;
mod number_data;
mod older_backups;
mod opening;
mod outages;
mod phone_systems;
mod phonebooks;
mod pops;
mod postgres;
mod raw;
mod samples;
mod schema;
mod secrets;
mod settings;
mod sign_in;
mod sounds;
mod sync_progress;
mod units;
mod webhooks;
mod workers;
