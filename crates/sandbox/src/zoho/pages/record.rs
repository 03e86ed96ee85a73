//! The page of one record: its fields, and its calls and tasks, newest first.

use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use serde_json::Value;

use super::home::{address, module_name, owner};
use super::{page, refusal};
use crate::pages::Language;
use crate::zoho::organisation::Organisation;
use crate::zoho::records::Record;
use crate::zoho::schema::{Kind, Module};
use crate::zoho::stand_in::StandIn;
use crate::zoho::times;

/// `GET /crm/tab/{tab}/{id}`.
pub(super) async fn short(
    State(stand_in): State<StandIn>,
    headers: HeaderMap,
    Path((tab, id)): Path<(String, String)>,
) -> Response {
    show(&stand_in, Language::of(&headers), &tab, &id)
}

/// `GET /crm/org{zgid}/tab/{tab}/{id}`.
pub(super) async fn long(
    State(stand_in): State<StandIn>,
    headers: HeaderMap,
    Path((_, tab, id)): Path<(String, String, String)>,
) -> Response {
    show(&stand_in, Language::of(&headers), &tab, &id)
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

fn show(stand_in: &StandIn, language: Language, tab: &str, id: &str) -> Response {
    let organisation = stand_in.organisation();
    let record = id
        .parse()
        .ok()
        .and_then(|id| organisation.records.get(id))
        .filter(|record| record.deleted.is_none() && record.module.tab() == tab);
    let Some(record) = record else {
        return missing(language);
    };
    let is_activity = matches!(record.module, Module::Calls | Module::Tasks);
    let body = html! {
        p.kind { (module_name(language, record.module)) }
        h1 { (record.name()) }
        div.columns {
            section.card {
                h2 { (language.pick("Details", "详细信息")) }
                (details(record, &organisation))
            }
            @if !is_activity {
                section.card {
                    h2 { (language.pick("Activities", "活动")) }
                    (timeline(language, record, &organisation))
                }
            }
        }
    };
    page(language, record.name(), &body, None).into_response()
}

/// The fields that hold something. Their labels are the CRM's, in its one language.
fn details(record: &Record, organisation: &Organisation) -> Markup {
    html! {
        dl {
            @for field in record.module.fields() {
                @let value = record.get(field.name);
                @if !value.is_null() && field.name != record.module.name_field() {
                    dt { (field.name.replace('_', " ")) }
                    dd {
                        @match (field.kind, value) {
                            (Kind::Owner, _) => (owner(record, organisation)),
                            (Kind::Lookup(_) | Kind::Anything, _) => {
                                (link(record, organisation, field.name))
                            },
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
    times::read(time).map_or_else(
        || time.to_owned(),
        |at| at.strftime("%Y-%m-%d %H:%M:%S UTC").to_string(),
    )
}

fn link(record: &Record, organisation: &Organisation, field: &str) -> Markup {
    let referred = record
        .reference(field)
        .and_then(|id| organisation.records.get(id));
    html! {
        @match referred {
            Some(referred) => a href=(address(referred)) { (referred.name()) },
            None => (record.text(field)),
        }
    }
}

fn timeline(language: Language, record: &Record, organisation: &Organisation) -> Markup {
    let about = |activity: &&Record| {
        ["Who_Id", "What_Id"]
            .iter()
            .any(|field| activity.reference(field) == Some(record.id))
    };
    let records = &organisation.records;
    let mut activities: Vec<&Record> = records
        .of(Module::Calls)
        .chain(records.of(Module::Tasks))
        .filter(about)
        .collect();
    activities.sort_by_key(|activity| std::cmp::Reverse((activity.created, activity.id)));
    html! {
        @if activities.is_empty() {
            p.hint { (language.pick("No activity yet.", "暂无活动。")) }
        }
        ol.timeline {
            @for activity in activities {
                (entry(language, activity, organisation))
            }
        }
    }
}

fn entry(language: Language, activity: &Record, organisation: &Organisation) -> Markup {
    html! {
        li {
            h3 { a href=(address(activity)) { (activity.name()) } }
            p.facts {
                @if let Some(direction) = direction(language, activity) {
                    span.badge { (direction) }
                }
                @if let Some(seconds) = activity.get("Call_Duration_in_seconds").as_u64() {
                    span title=(language.pick("Duration", "通话时长")) {
                        (format!("{:02}:{:02}", seconds / 60, seconds % 60))
                    }
                }
                span title=(language.pick("Owner", "所有者")) { (owner(activity, organisation)) }
                @for field in ["Call_Start_Time", "Due_Date"] {
                    @if !activity.text(field).is_empty() {
                        span title=(language.pick("Date", "日期")) { (readable(activity.text(field))) }
                    }
                }
                @for field in ["Status", "Call_Result"] {
                    @if !activity.text(field).is_empty() { span { (activity.text(field)) } }
                }
            }
            @if !activity.text("Description").is_empty() {
                p.description { (activity.text("Description")) }
            }
        }
    }
}

fn direction(language: Language, activity: &Record) -> Option<&'static str> {
    match activity.text("Call_Type") {
        "Inbound" => Some(language.pick("Inbound call", "呼入")),
        "Outbound" => Some(language.pick("Outbound call", "呼出")),
        "Missed" => Some(language.pick("Missed call", "未接来电")),
        _ => None,
    }
}
