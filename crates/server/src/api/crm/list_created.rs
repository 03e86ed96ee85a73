//! Lists the records that were created in a CRM for unknown numbers (G11).

use axum::Json;
use axum::extract::{Path, Query};
use jiff::Timestamp;
use linecard_store::{Creation, CreationState};
use serde::{Deserialize, Serialize};
use url::Url;
use utoipa::{IntoParams, ToSchema};

use super::find;
use super::terms::CrmModule;
use crate::access::Admin;
use crate::api::cursor::Cursor;
use crate::crm_advice::{CrmAdvice, told};
use crate::problem::Problem;

/// How many records a page has unless asked otherwise, and at most.
const PAGE: usize = 50;
const LARGEST_PAGE: usize = 200;

/// Which records.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct Which {
    /// The `next` of the page before.
    before: Option<String>,
    /// How many at most: 1 to 200, 50 unless said.
    limit: Option<usize>,
}

/// A page of created records.
#[derive(Serialize, ToSchema)]
pub(super) struct CreatedPage {
    /// The newest first.
    records: Vec<CreatedRecord>,
    /// Asks for the next page; `null`: this is the last one.
    #[schema(required)]
    next: Option<String>,
}

/// A record that was created, or was to be.
#[derive(Serialize, ToSchema)]
struct CreatedRecord {
    /// Names the creation.
    id: String,
    /// When.
    at: Timestamp,
    /// How far it has come.
    state: CreatedState,
    /// What kind of record.
    module: CrmModule,
    /// Its name.
    name: String,
    /// The number it was created for.
    number: String,
    /// The agent on whose behalf.
    extension: String,
    /// An agent created it; else it was created by itself.
    by_hand: bool,
    /// Its page in the CRM.
    #[schema(required)]
    page: Option<Url>,
    /// The CRM's words, where it refused.
    #[schema(required)]
    words: Option<String>,
    /// What Linecard knows about it.
    #[schema(required)]
    advice: Option<CrmAdvice>,
}

/// How far the creation of a record has come.
#[derive(Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum CreatedState {
    /// It is being made.
    UnderWay,
    /// The record stands in the CRM.
    Created,
    /// The CRM had the record already.
    Matched,
    /// The CRM refused it.
    Failed,
    /// It was created and removed again.
    Removed,
}

impl From<Creation> for CreatedRecord {
    fn from(creation: Creation) -> Self {
        let new = creation.new;
        let (name, page) = match creation.record {
            Some(record) => (record.name, Some(record.page)),
            None => (format!("{} {}", new.first_name, new.last_name), None),
        };
        let (words, advice) = told(creation.words);
        Self {
            id: creation.id.to_string(),
            at: creation.created,
            state: match creation.state {
                CreationState::UnderWay => CreatedState::UnderWay,
                CreationState::Created => CreatedState::Created,
                CreationState::Matched => CreatedState::Matched,
                CreationState::Failed => CreatedState::Failed,
                CreationState::Removed => CreatedState::Removed,
            },
            module: new.module.into(),
            name: name.trim().to_owned(),
            number: new.phone.e164.to_string(),
            extension: creation.agent.into(),
            by_hand: creation.account.is_some(),
            page,
            words,
            advice,
        }
    }
}

/// The records that were created in a CRM for unknown numbers, the newest first.
#[utoipa::path(
    get,
    path = "/crm/{kind}/created",
    tag = "crm",
    params(("kind" = String, Path, description = "The kind of CRM"), Which),
    responses((status = 200, description = "A page of them", body = CreatedPage)),
)]
pub(super) async fn list_created(
    admin: Admin,
    Path(kind): Path<String>,
    Query(which): Query<Which>,
) -> Result<Json<CreatedPage>, Problem> {
    let before = Cursor::before(which.before)?;
    let limit = which.limit.unwrap_or(PAGE).clamp(1, LARGEST_PAGE);
    let stored = find(admin.flow(), &kind).await?;
    let mut work = admin.flow().store().read().await?;
    let mut created = work
        .creations()
        .recent(Some(stored.id), before.map(|it| (it.at, it.id)), limit + 1)
        .await?;
    let next = Cursor::next(&mut created, limit, |last| Cursor {
        at: last.created,
        id: last.id,
    });
    let records = created.into_iter().map(CreatedRecord::from).collect();
    Ok(Json(CreatedPage { records, next }))
}
