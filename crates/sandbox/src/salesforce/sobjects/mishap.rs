//! What goes wrong on demand when a record is written.

use serde_json::{Map, Value};

use super::schema::Object;
use crate::Target;
use crate::salesforce::errors::RecordError;
use crate::salesforce::faults::FaultKind;
use crate::salesforce::stand_in::StandIn;

/// What every record of a request meets: another holds the row.
pub(super) fn of_request(stand_in: &StandIn) -> Result<(), RecordError> {
    taken(stand_in, FaultKind::Lock)
        .then(|| {
            RecordError::new(
                "UNABLE_TO_LOCK_ROW",
                "unable to obtain exclusive access to this record",
            )
        })
        .map_or(Ok(()), Err)
}

/// What one new record meets: its owner has left, or a rule of the organisation.
pub(super) fn of_record(
    stand_in: &StandIn,
    object: Object,
    input: &Map<String, Value>,
) -> Result<(), RecordError> {
    if object != Object::Task {
        return Ok(());
    }
    if let Some(owner) = input.get("OwnerId").and_then(Value::as_str)
        && taken(stand_in, FaultKind::InactiveOwner)
    {
        return Err(RecordError::on(
            "INACTIVE_OWNER_OR_USER",
            format!("operation performed with inactive user [{owner}] as owner of task"),
            "OwnerId",
        ));
    }
    if taken(stand_in, FaultKind::ValidationRule) {
        return Err(RecordError::new(
            "FIELD_CUSTOM_VALIDATION_EXCEPTION",
            "a rule of ours: tasks are not taken today",
        ));
    }
    Ok(())
}

fn taken(stand_in: &StandIn, kind: FaultKind) -> bool {
    stand_in.faults().take(kind, Target::Writes).is_some()
}
