//! What users may do with records: the rows of `UserRecordAccess`, worked out for a query.

use serde_json::Map;

use super::errors::ApiError;
use super::record_id::RecordId;
use super::records::{Record, Records};
use super::setup::Setup;
use super::sobjects::schema::Object;
use super::soql::Query;

/// The most records that one query may ask about.
const MOST: usize = 200;

/// Who sees everything, whoever owns it.
const ADMINISTRATOR: &str = "System Administrator";

/// A row for every pair of user and record that the query names.
pub(crate) fn rows(
    query: &Query,
    records: &Records,
    asker: &RecordId,
    setup: &Setup,
) -> Result<Records, ApiError> {
    let users = query.ids_of("UserId");
    let [user] = users.as_slice() else {
        return Err(refused("can only be queried for one UserId"));
    };
    let ids = query.ids_of("RecordId");
    if ids.is_empty() || ids.len() > MOST {
        return Err(refused("must be filtered by one to 200 RecordIds"));
    }
    let is_admin = |user: &RecordId| {
        records.get(user).is_some_and(|user| {
            let profile = records.referred(user, "ProfileId");
            profile.is_some_and(|profile| profile.text("Name") == ADMINISTRATOR)
        })
    };
    // Who may not see everything may only ask about themselves.
    if user != asker && setup.private_sharing && !is_admin(asker) {
        return Err(refused("can only be queried for the own UserId"));
    }
    let sees_all = !setup.private_sharing || is_admin(user);
    let mut rows = Records::default();
    for id in ids {
        let record = records
            .get(&id)
            .filter(|record| !record.is_true("IsDeleted"));
        let owns = record.is_some_and(|record| record.text("OwnerId") == user.as_str());
        let may = record.is_some() && (sees_all || owns);
        let mut fields = Map::new();
        let mut set = |name: &str, value: serde_json::Value| fields.insert(name.to_owned(), value);
        set("UserId", user.as_str().into());
        set("RecordId", id.as_str().into());
        for right in ["HasReadAccess", "HasEditAccess", "HasDeleteAccess"] {
            set(right, may.into());
        }
        set("MaxAccessLevel", if may { "All" } else { "None" }.into());
        let object = Object::UserRecordAccess;
        let id = rows.next_id(object);
        rows.put(Record { object, id, fields });
    }
    Ok(rows)
}

fn refused(what: &str) -> ApiError {
    ApiError::bad_request("MALFORMED_QUERY", format!("UserRecordAccess {what}"))
}
