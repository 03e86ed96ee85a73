//! Something to do for a person, as a task of HubSpot.

use jiff::Timestamp;
use linecard_crm::text::{fit, one};
use linecard_crm::{Failure, FollowUp};
use linecard_http::Purpose;

use crate::api::Api;
use crate::body;
use crate::draft::{Draft, OWNER};
use crate::kind::Kind;
use crate::known::Known;

const SUBJECT_LENGTH: usize = 255;

/// The property that holds the text.
pub(crate) const BODY: &str = "hs_task_body";

/// The hour at which HubSpot itself lets tasks be due.
const DUE_AT: i8 = 8;

/// The task that `follow_up` is.
pub(crate) async fn draft(
    api: &Api,
    known: &Known,
    follow_up: &FollowUp,
) -> Result<Draft, Failure> {
    let mut task = Draft::new(Kind::Task);
    task.set("hs_timestamp", due(follow_up).as_millisecond().to_string());
    task.set(
        "hs_task_subject",
        fit(&follow_up.subject, SUBJECT_LENGTH, one),
    );
    task.set(BODY, body::of_task(&follow_up.description, &follow_up.key));
    task.set("hs_task_status", "NOT_STARTED");
    task.set("hs_task_type", "CALL");
    task.set(OWNER, &follow_up.owner);
    let who = &follow_up.who;
    let type_id = known
        .association(api, Purpose::Journal, Kind::Task, who.module.into())
        .await?;
    task.stand_at(who, type_id)?;
    Ok(task)
}

/// The morning of the day, where the organisation is.
pub(crate) fn due(follow_up: &FollowUp) -> Timestamp {
    follow_up
        .due
        .at(DUE_AT, 0, 0, 0)
        .to_zoned(follow_up.zone.clone())
        .map_or(Timestamp::MAX, |due| due.timestamp())
}
