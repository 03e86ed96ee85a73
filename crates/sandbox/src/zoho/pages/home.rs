//! What there is: people, companies, the newest calls.

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};

use super::page;
use crate::pages::Language;
use crate::zoho::organisation::{Organisation, ZGID};
use crate::zoho::people::User;
use crate::zoho::records::Record;
use crate::zoho::schema::{Kind, Module};
use crate::zoho::stand_in::StandIn;

/// How many of the newest calls are shown.
const NEWEST: usize = 10;

/// `GET /`.
pub(super) async fn home(State(stand_in): State<StandIn>, headers: HeaderMap) -> Response {
    let language = Language::of(&headers);
    let organisation = stand_in.organisation();
    let title = language.pick("Records", "记录");
    let body = html! {
        h1 { (title) }
        (people(language, &organisation, Module::Contacts))
        (people(language, &organisation, Module::Leads))
        (people(language, &organisation, Module::Accounts))
        (calls(language, &organisation))
    };
    page(language, title, &body, None).into_response()
}

/// The address of a record's page.
pub(super) fn address(record: &Record) -> String {
    format!("/crm/org{ZGID}/tab/{}/{}", record.module.tab(), record.id)
}

/// What a module is called.
pub(super) fn module_name(language: Language, module: Module) -> &'static str {
    match module {
        Module::Contacts => language.pick("Contacts", "联系人"),
        Module::Leads => language.pick("Leads", "线索"),
        Module::Accounts => language.pick("Accounts", "客户"),
        Module::Deals => language.pick("Deals", "商机"),
        Module::Calls => language.pick("Calls", "通话"),
        Module::Tasks => language.pick("Tasks", "任务"),
    }
}

fn people(language: Language, organisation: &Organisation, module: Module) -> Markup {
    html! {
        section.card {
            h2 { (module_name(language, module)) }
            table {
                thead {
                    tr {
                        th { (language.pick("Name", "名称")) }
                        th { (language.pick("Phone", "电话")) }
                        th { (language.pick("Owner", "所有者")) }
                    }
                }
                tbody {
                    @for record in organisation.records.of(module) {
                        tr {
                            td { a href=(address(record)) { (record.name()) } }
                            td { (first_number(record)) }
                            td { (owner(record, organisation)) }
                        }
                    }
                }
            }
        }
    }
}

fn calls(language: Language, organisation: &Organisation) -> Markup {
    let calls: Vec<&Record> = organisation.records.of(Module::Calls).rev().collect();
    html! {
        section.card {
            h2 { (language.pick("Newest calls", "最新通话")) " (" (calls.len()) ")" }
            @if calls.is_empty() {
                p.hint { (language.pick("Nothing has been logged yet.", "尚无记录。")) }
            } @else {
                ul {
                    @for call in calls.iter().take(NEWEST) {
                        li {
                            a href=(address(call)) { (call.name()) }
                            " – " (owner(call, organisation))
                        }
                    }
                }
            }
        }
    }
}

fn first_number(record: &Record) -> &str {
    record
        .module
        .fields()
        .filter(|field| field.kind == Kind::Phone)
        .map(|field| record.text(field.name))
        .find(|number| !number.is_empty())
        .unwrap_or_default()
}

/// The name of who owns a record.
pub(super) fn owner(record: &Record, organisation: &Organisation) -> String {
    record
        .reference("Owner")
        .and_then(|id| organisation.user(id))
        .map(User::full_name)
        .unwrap_or_default()
}
