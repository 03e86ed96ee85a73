//! What a restore changes in what it restored: the Linecard that the backup was made of may have gone
//! on, and may go on still. Nothing is sent before an admin confirms each connection, and whatever
//! waits counts as perhaps done already.

use jiff::Timestamp;

use crate::database::values;
use crate::{AccountId, AuditId, AuditKind, StoreError, UnitOfWork};

/// Each with the present for `$1`.
const PAUSES: [&str; 6] = [
    "UPDATE connections SET paused = $1, renewed_by = NULL, renewed_until = NULL",
    "UPDATE phone_systems SET paused = $1",
    "UPDATE jobs SET state = CASE WHEN state = 'leased' THEN 'ready' ELSE state END, \
     answer_lost = 1, next_attempt = $1, lease_until = NULL, leased_by = NULL",
    "UPDATE creations SET asked = COALESCE(asked, $1), lease_until = $1 WHERE state = 'under_way'",
    "UPDATE sync_leases SET lease_until = $1",
    // Its file lay on the other machine.
    "UPDATE imports SET state = 'failed', problem = 'restored', ended = $1 \
     WHERE state IN ('uploading', 'ready', 'running', 'undoing')",
];

/// The rest, and what lets somebody in and nodes told each other in a database that was opened before.
const REST: [&str; 6] = [
    "UPDATE webhook_endpoints SET enabled = 0, disabled_reason = 'restored' WHERE enabled = 1",
    "UPDATE imports SET unlisted = 0",
    "DELETE FROM sessions",
    "DELETE FROM sign_in_links",
    "DELETE FROM authorizations",
    "DELETE FROM contact_changes",
];

/// What SQLite keeps beside the contacts. Its triggers made the names' keys, but for contacts that an
/// import had added; those are all listed now.
const SQLITE_KEYS: [&str; 2] = [
    "INSERT INTO name_keys (phonebook, folded_name, contact, folded_company, searched) \
     SELECT phonebook, folded_name, id, folded_company, searched FROM contacts \
     WHERE imported_by IS NOT NULL ORDER BY phonebook, folded_name, id",
    "INSERT INTO number_keys (e164, contact) \
     SELECT DISTINCT e164, contact FROM contact_numbers WHERE e164 IS NOT NULL \
     ORDER BY e164, contact",
];

/// Changes it, and writes into the audit log that a backup of `made` was restored.
pub(super) async fn settle(unit: &mut UnitOfWork, made: Timestamp) -> Result<(), StoreError> {
    let now = unit.now();
    for sql in PAUSES {
        unit.execute(sql, values![now]).await?;
    }
    for sql in REST {
        unit.execute(sql, values![]).await?;
    }
    if !unit.is_postgres() {
        for sql in SQLITE_KEYS {
            unit.execute(sql, values![]).await?;
        }
    }
    // Not through `Audit`: the schema may be an older one, and its steps follow.
    let id = AuditId::new(unit.shared().entropy.as_ref(), now);
    let kind = AuditKind::BackupRestore.as_str();
    unit.execute(
        "INSERT INTO audit (id, at, account, kind, subject, result) \
         VALUES ($1, $2, $3, $4, $5, 'done')",
        values![id, now, AccountId::COMMAND, kind, made.to_string()],
    )
    .await?;
    Ok(())
}
