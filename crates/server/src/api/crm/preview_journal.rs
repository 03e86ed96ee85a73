//! Shows the texts of a journal on sample calls, before they are kept (E6).

use axum::Json;
use axum::extract::Path;
use linecard_call::{
    Call, CallId, CallState, Direction, Leg, LegOutcome, LegRole, LegState, Outcome,
};
use linecard_crm::{Module, Record, RecordRef};
use linecard_number::Extension;
use linecard_rules::journal::{self, every_part};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::journal::{LONGEST_DESCRIPTION, LONGEST_SUBJECT};
use super::{connector, texts};
use crate::access::Admin;
use crate::body::Body;
use crate::problem::{FieldProblems, Problem};

/// Texts to be shown.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct JournalTexts {
    /// The subject, with names to be filled in.
    subject: String,
    /// The description, likewise.
    description: String,
}

/// The texts as they would stand in the CRM.
#[derive(Serialize, ToSchema)]
pub(super) struct JournalPreview {
    /// A call that came in, one that was made, and a missed one.
    calls: Vec<SampleEntry>,
}

/// The texts of one sample call.
#[derive(Serialize, ToSchema)]
struct SampleEntry {
    /// Its subject.
    subject: String,
    /// Its description.
    description: String,
}

/// Shows the texts of a journal on sample calls, in the organisation's time zone. Nothing is kept.
#[utoipa::path(
    post,
    path = "/crm/{kind}/journal/preview",
    tag = "crm",
    params(("kind" = String, Path, description = "The kind of CRM")),
    request_body = JournalTexts,
    responses((status = 200, description = "The texts", body = JournalPreview)),
)]
pub(super) async fn preview_journal(
    admin: Admin,
    Path(kind): Path<String>,
    Body(wanted): Body<JournalTexts>,
) -> Result<Json<JournalPreview>, Problem> {
    let flow = admin.flow();
    connector(flow, &kind)?;
    let mut fields = FieldProblems::default();
    let subject = texts::subject(&mut fields, &wanted.subject, LONGEST_SUBJECT);
    let description = texts::description(&mut fields, &wanted.description, LONGEST_DESCRIPTION);
    let (subject, description) = fields.finish_with(subject.zip(description))?;
    let settings = journal::Settings {
        zone: flow.organisation().await?.zone(),
        subject,
        description,
    };
    let now = flow.clock().now();
    Ok(Json(JournalPreview {
        calls: samples(now)
            .iter()
            .filter_map(|call| entry(call, &settings))
            .collect(),
    }))
}

fn entry(call: &Call, settings: &journal::Settings) -> Option<SampleEntry> {
    let parts = every_part(call, Uuid::nil());
    let texts = journal::texts(call, parts.first()?, &who()?, Some("John Smith"), settings);
    Some(SampleEntry {
        subject: texts.subject,
        description: texts.description,
    })
}

/// The manuals' own call (E10), and what else can be.
fn samples(now: jiff::Timestamp) -> Vec<Call> {
    let Ok(extension) = Extension::try_from("1050".to_owned()) else {
        return Vec::new();
    };
    let leg = |role, outcome, talk_ms| Leg {
        extension: extension.clone(),
        role,
        state: LegState::Gone,
        outcome: Some(outcome),
        started: now,
        answered: None,
        talked_until: None,
        ring_ms: 6_000,
        talk_ms,
        hold_ms: 0,
        holds: vec![],
        picked_up: false,
        forwarded: false,
    };
    let call = |direction, outcome, leg: Leg| {
        let (outside, own) = (Some("5503308".to_owned()), Some("1050".to_owned()));
        let (from, to) = match direction {
            Direction::Outbound => (own, outside),
            Direction::Inbound | Direction::Internal => (outside, own),
        };
        Call {
            id: CallId::new("sample"),
            direction,
            state: CallState::Ended,
            outcome: Some(outcome),
            from,
            from_name: None,
            to,
            did: None,
            trunk: None,
            dialled: None,
            queue: None,
            tags: Vec::new(),
            started: now,
            answered: None,
            ended: Some(now),
            wait_ms: 6_000,
            talk_ms: leg.talk_ms,
            hold_ms: 0,
            estimated: false,
            legs: vec![leg],
        }
    };
    vec![
        call(
            Direction::Inbound,
            Outcome::Answered,
            leg(LegRole::Agent, LegOutcome::Answered, 72_000),
        ),
        call(
            Direction::Outbound,
            Outcome::Answered,
            leg(LegRole::Caller, LegOutcome::Answered, 245_000),
        ),
        call(
            Direction::Inbound,
            Outcome::Missed,
            leg(LegRole::Agent, LegOutcome::Missed, 0),
        ),
    ]
}

fn who() -> Option<Record> {
    Some(Record {
        at: RecordRef {
            module: Module::Contact,
            id: "sample".to_owned(),
        },
        name: "Eve Adams".to_owned(),
        company: None,
        owner: None,
        number: "5503308".to_owned(),
        account: None,
        modified: None,
        last_activity: None,
        page: "https://crm.example/".parse().ok()?,
    })
}

#[cfg(test)]
mod tests {
    use jiff::tz::TimeZone;

    use super::*;

    #[test]
    fn e6_e10_the_preview_shows_all_three_kinds_of_call() {
        let settings = journal::Settings::with_default_words(TimeZone::UTC);
        let now = "2021-12-20T15:58:14Z".parse().unwrap();
        let shown: Vec<_> = samples(now)
            .iter()
            .filter_map(|call| entry(call, &settings))
            .map(|entry| entry.description)
            .collect();
        assert_eq!(
            shown,
            [
                "Call: 20/12/2021 15:58:14 Incoming Call from Eve Adams<5503308> to John \
                 Smith<1050> 00:01:12",
                "Call: 20/12/2021 15:58:14 Outgoing Call from John Smith<1050> to Eve \
                 Adams<5503308> 00:04:05",
                "Call: 20/12/2021 15:58:14 Missed Call from Eve Adams<5503308> to John \
                 Smith<1050>",
            ]
        );
    }
}
