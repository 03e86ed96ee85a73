//! The page of one record: its fields, and what has happened with it.

use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use serde_json::Value;

use super::page;
use super::{refusal, timeline};
use crate::pages::Language;
use crate::salesforce::datetime;
use crate::salesforce::record_id::RecordId;
use crate::salesforce::records::{Record, Records};
use crate::salesforce::sobjects::schema::{Kind, Object};
use crate::salesforce::stand_in::StandIn;

/// Objects whose records have a page.
const SHOWN: [Object; 5] = [
    Object::Account,
    Object::Contact,
    Object::Lead,
    Object::Task,
    Object::User,
];

/// What says nothing to a reader: the title has the name, the other dates say the rest.
const UNINTERESTING: [&str; 3] = ["Name", "IsDeleted", "SystemModstamp"];

/// `GET /{id}`.
pub(super) async fn by_id(
    State(stand_in): State<StandIn>,
    headers: HeaderMap,
    Path(id): Path<String>,
) -> Response {
    show(&stand_in, Language::of(&headers), &id)
}

/// `GET /lightning/r/{object}/{id}/view`. The id alone decides.
pub(super) async fn by_object_and_id(
    State(stand_in): State<StandIn>,
    headers: HeaderMap,
    Path((_, id)): Path<(String, String)>,
) -> Response {
    show(&stand_in, Language::of(&headers), &id)
}

/// For every address that means nothing.
pub(super) async fn nothing_here(headers: HeaderMap) -> Response {
    missing(Language::of(&headers))
}

fn missing(language: Language) -> Response {
    let words = language.pick(
        "There is no record at this address. It may have been deleted.",
        "此地址没有记录，可能已被删除。",
    );
    refusal(language, StatusCode::NOT_FOUND, words)
}

fn show(stand_in: &StandIn, language: Language, id: &str) -> Response {
    let organisation = stand_in.organisation();
    let records = &organisation.records;
    let record = RecordId::parse(id)
        .and_then(|id| records.get(&id))
        .filter(|record| SHOWN.contains(&record.object) && !record.is_true("IsDeleted"));
    let Some(record) = record else {
        return missing(language);
    };
    let title = match record.object {
        Object::Task => record.text("Subject"),
        _ => record.text("Name"),
    };
    let body = html! {
        p.kind { (kind(language, record.object)) }
        h1 { (title) }
        div.columns {
            section.card {
                h2 { (language.pick("Details", "详细信息")) }
                (details(record, records))
            }
            @if record.object != Object::Task && record.object != Object::User {
                section.card {
                    h2 { (language.pick("Activity", "活动")) }
                    (timeline::timeline(language, record, records))
                }
            }
        }
    };
    page(language, title, &body, None).into_response()
}

fn kind(language: Language, object: Object) -> &'static str {
    match (language, object) {
        (Language::English, _) => object.schema().label,
        (Language::SimplifiedChinese, Object::Account) => "客户",
        (Language::SimplifiedChinese, Object::Contact) => "联系人",
        (Language::SimplifiedChinese, Object::Lead) => "潜在客户",
        (Language::SimplifiedChinese, Object::Task) => "任务",
        (Language::SimplifiedChinese, _) => "用户",
    }
}

/// The fields that hold something. Their labels are the CRM's, in its one language.
fn details(record: &Record, records: &Records) -> Markup {
    html! {
        dl {
            @for field in record.object.schema().fields() {
                @let value = record.get(field.name);
                @if !value.is_null() && !UNINTERESTING.contains(&field.name) {
                    dt { (field.label.trim_end_matches(" ID")) }
                    dd {
                        @match (field.kind, value) {
                            (Kind::Reference { .. }, _) => (link(record, records, field.name)),
                            (Kind::DateTime, Value::String(text)) => (readable(text)),
                            (_, Value::String(text)) => (text),
                            (_, other) => (other.to_string()),
                        }
                    }
                }
            }
        }
    }
}

/// To the second, in UTC: the page does not know its reader's time zone.
fn readable(time: &str) -> String {
    datetime::read(time).map_or_else(
        || time.to_owned(),
        |at| at.strftime("%Y-%m-%d %H:%M:%S UTC").to_string(),
    )
}

fn link(record: &Record, records: &Records, field: &str) -> Markup {
    html! {
        @match records.referred(record, field) {
            Some(referred) if SHOWN.contains(&referred.object) => {
                a href={ "/" (referred.id) } { (referred.text("Name")) }
            },
            Some(referred) => (referred.text("Name")),
            None => (record.text(field)),
        }
    }
}
