//! The first page: who is in the CRM.

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};

use super::page;
use crate::pages::Language;
use crate::salesforce::records::{Record, Records};
use crate::salesforce::sobjects::schema::Object;
use crate::salesforce::stand_in::StandIn;

/// How many of the newest Tasks are shown.
const NEWEST_TASKS: usize = 10;

/// `GET /`.
pub(super) async fn home(State(stand_in): State<StandIn>, headers: HeaderMap) -> Response {
    let language = Language::of(&headers);
    let organisation = stand_in.organisation();
    let records = &organisation.records;
    let title = language.pick("Records", "记录");
    let body = html! {
        h1 { (title) }
        (people(language, records, Object::Contact, language.pick("Contacts", "联系人")))
        (people(language, records, Object::Lead, language.pick("Leads", "潜在客户")))
        (people(language, records, Object::Account, language.pick("Accounts", "客户")))
        (tasks(language, records))
    };
    page(language, title, &body, None).into_response()
}

fn people(language: Language, records: &Records, object: Object, title: &str) -> Markup {
    html! {
        section.card {
            h2 { (title) }
            table {
                thead {
                    tr {
                        th { (language.pick("Name", "名称")) }
                        @if object != Object::Account {
                            th { (language.pick("Company", "公司")) }
                        }
                        th { (language.pick("Phone", "电话")) }
                        th { (language.pick("Owner", "所有者")) }
                    }
                }
                tbody {
                    @for record in records.of(object) {
                        tr {
                            td { a href={ "/" (record.id) } { (record.text("Name")) } }
                            @if object != Object::Account {
                                td { (company(record, records)) }
                            }
                            td { (phone(record)) }
                            td { (name_of(record, records, "OwnerId")) }
                        }
                    }
                }
            }
        }
    }
}

fn tasks(language: Language, records: &Records) -> Markup {
    let mut tasks: Vec<&Record> = records.of(Object::Task).collect();
    tasks.reverse();
    html! {
        section.card {
            h2 { (language.pick("Newest tasks", "最新任务")) " (" (tasks.len()) ")" }
            @if tasks.is_empty() {
                p.hint { (language.pick("Nothing has been logged yet.", "尚无记录。")) }
            } @else {
                ul {
                    @for task in tasks.iter().take(NEWEST_TASKS) {
                        li {
                            a href={ "/" (task.id) } { (task.text("Subject")) }
                            " – " (name_of(task, records, "WhoId"))
                        }
                    }
                }
            }
        }
    }
}

fn company<'a>(record: &'a Record, records: &'a Records) -> &'a str {
    match record.object {
        Object::Lead => record.text("Company"),
        _ => name_of(record, records, "AccountId"),
    }
}

/// The first number that a record has.
fn phone(record: &Record) -> &str {
    ["Phone", "MobilePhone", "HomePhone", "OtherPhone"]
        .into_iter()
        .map(|field| record.text(field))
        .find(|number| !number.is_empty())
        .unwrap_or_default()
}

/// The name of the record that a reference leads to.
pub(super) fn name_of<'a>(record: &Record, records: &'a Records, field: &str) -> &'a str {
    records
        .referred(record, field)
        .map(|referred| referred.text("Name"))
        .unwrap_or_default()
}
