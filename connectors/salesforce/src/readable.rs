//! What a user of the organisation may read (B9; Object Reference, `UserRecordAccess`).

use std::collections::BTreeSet;

use linecard_crm::{Failure, RecordRef};
use linecard_http::Purpose;
use serde::Deserialize;

use crate::api::Api;
use crate::escape;
use crate::refusal::Refusal;

/// The most records that one query may ask about.
const MOST: usize = 200;

/// What two spellings of an id have in common.
const SHORT_ID: usize = 15;

#[derive(Deserialize)]
struct Access {
    #[serde(rename = "RecordId")]
    record: String,
    #[serde(default, rename = "HasReadAccess")]
    may_read: bool,
}

/// Those of `records` that `user` may read; `None` if Salesforce does not tell.
pub(crate) async fn readable_by(
    api: &Api,
    user: &str,
    records: &[RecordRef],
) -> Result<Option<Vec<RecordRef>>, Failure> {
    let user = escape::id(user)?;
    let mut readable = BTreeSet::new();
    for some in records.chunks(MOST) {
        let ids: Vec<String> = some
            .iter()
            .filter(|record| escape::is_id(&record.id))
            .map(|record| format!("'{}'", record.id))
            .collect();
        if ids.is_empty() {
            continue;
        }
        let soql = format!(
            "SELECT RecordId,HasReadAccess FROM UserRecordAccess WHERE UserId='{user}' \
             AND RecordId IN ({})",
            ids.join(",")
        );
        let page = match api.query::<Access>(Purpose::Call, &soql).await {
            Ok(page) => page,
            // The user who signed in may not ask about others.
            Err(Refusal::Rejected(_) | Refusal::UnknownField { .. }) => return Ok(None),
            Err(refusal) => return Err(refusal.into()),
        };
        let allowed = page.records.into_iter().filter(|access| access.may_read);
        readable.extend(allowed.map(|access| short(&access.record).to_owned()));
    }
    let readable = records
        .iter()
        .filter(|record| readable.contains(short(&record.id)));
    Ok(Some(readable.cloned().collect()))
}

/// The 15 characters that an id of 18 begins with.
pub(crate) fn short(id: &str) -> &str {
    id.get(..SHORT_ID).unwrap_or(id)
}
