//! Lists what waits to be written or was refused, the newest first.

use std::collections::HashMap;

use axum::Json;
use axum::extract::Query;
use jiff::Timestamp;
use linecard_flow::Undelivered;
use linecard_store::{Connection, ConnectionId, JobFilter, JobState, Problem as Waits};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::access::Supervisor;
use crate::api::cursor::Cursor;
use crate::crm_advice::{CrmAdvice, told};
use crate::problem::Problem;

/// How many jobs a page has unless asked otherwise, and at most.
const PAGE: usize = 50;
const LARGEST_PAGE: usize = 200;

/// Which jobs.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct Listed {
    /// Those that wait, or those that were refused.
    #[param(inline)]
    which: OutboxFilter,
    /// The `next` of the page before.
    before: Option<String>,
    /// How many at most: 1 to 200, 50 unless said.
    limit: Option<usize>,
}

/// Which jobs a person looks for.
#[derive(Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum OutboxFilter {
    /// Those that will still be tried, by themselves or after a person has acted.
    Waiting,
    /// Those that were refused.
    Parked,
}

/// A page of the outbox.
#[derive(Serialize, ToSchema)]
pub(super) struct OutboxPage {
    /// The newest first.
    jobs: Vec<OutboxJob>,
    /// Asks for the next page; `null`: this is the last one.
    #[schema(required)]
    next: Option<String>,
}

/// Something that is not done yet.
#[derive(Serialize, ToSchema)]
struct OutboxJob {
    /// Its id.
    id: String,
    /// What is to be done; the web shows its own text by it.
    #[schema(example = "log")]
    kind: String,
    /// The kind of CRM; `null` when it is no longer set up.
    #[schema(required, example = "salesforce")]
    crm: Option<String>,
    /// How it is.
    state: OutboxState,
    /// How often it was tried.
    attempts: u64,
    /// When it is tried again, where it is tried by itself.
    #[schema(required)]
    next_attempt: Option<Timestamp>,
    /// What went wrong last, in the CRM's own words. Data: to be shown as text.
    #[schema(required)]
    words: Option<String>,
    /// What Linecard knows about it.
    #[schema(required)]
    advice: Option<CrmAdvice>,
    /// When it was put in.
    created: Timestamp,
    /// The extension it is for, where it is about a call.
    #[schema(required)]
    extension: Option<String>,
    /// Who the call was with. Somebody typed it into the CRM: data, never markup.
    #[schema(required)]
    who_name: Option<String>,
    /// The text that is to be written.
    #[schema(required)]
    description: Option<String>,
}

/// How something is that is not done yet.
#[derive(Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum OutboxState {
    /// It will be tried.
    Waiting,
    /// It is being tried.
    UnderWay,
    /// It waits until a person has put the connection right.
    WaitingForPerson,
    /// It was refused.
    Parked,
}

/// What waits to be written into CRMs or was refused there, the newest first.
#[utoipa::path(
    get,
    path = "/outbox",
    tag = "outbox",
    params(Listed),
    responses((status = 200, description = "A page of it", body = OutboxPage)),
)]
pub(super) async fn list_outbox(
    caller: Supervisor,
    Query(listed): Query<Listed>,
) -> Result<Json<OutboxPage>, Problem> {
    let before = Cursor::before(listed.before)?;
    let limit = listed.limit.unwrap_or(PAGE).clamp(1, LARGEST_PAGE);
    let filter = match listed.which {
        OutboxFilter::Waiting => JobFilter::Waiting,
        OutboxFilter::Parked => JobFilter::Parked,
    };
    let flow = caller.flow();
    let mut list = flow
        .outbox()
        .list(None, filter, before.map(|it| (it.at, it.id)), limit + 1)
        .await?;
    let next = Cursor::next(&mut list, limit, |last| Cursor {
        at: last.job.created,
        id: last.job.id,
    });
    let connections = flow.store().read().await?.connections().list().await?;
    let connections: HashMap<_, _> = connections.into_iter().map(|it| (it.id, it)).collect();
    let jobs = list
        .into_iter()
        .map(|it| OutboxJob::of(it, &connections))
        .collect();
    Ok(Json(OutboxPage { jobs, next }))
}

impl OutboxJob {
    fn of(undelivered: Undelivered, connections: &HashMap<ConnectionId, Connection>) -> Self {
        let Undelivered { job, entry } = undelivered;
        let state = match job.state {
            JobState::Ready => OutboxState::Waiting,
            JobState::Leased => OutboxState::UnderWay,
            JobState::WaitingForPerson => OutboxState::WaitingForPerson,
            JobState::Parked => OutboxState::Parked,
        };
        let connection = connections.get(&job.connection);
        let said = match state {
            // What all of them wait for; few were tried themselves.
            OutboxState::WaitingForPerson => connection.and_then(|it| it.problem.as_ref()),
            _ => None,
        };
        let (words, advice) = told(said.map(Waits::said).or(job.last_error));
        let is_tried = matches!(state, OutboxState::Waiting);
        let (extension, who_name, description) = match entry {
            Some(entry) => (
                Some(entry.extension.into()),
                entry.who.map(|who| who.name),
                Some(entry.description).filter(|text| !text.is_empty()),
            ),
            None => (None, None, None),
        };
        Self {
            id: job.id.to_string(),
            kind: job.kind,
            crm: connection.map(|it| it.kind.clone()),
            state,
            attempts: u64::try_from(job.attempt).unwrap_or(0),
            next_attempt: is_tried.then_some(job.next_attempt),
            words,
            advice,
            created: job.created,
            extension,
            who_name,
            description,
        }
    }
}
