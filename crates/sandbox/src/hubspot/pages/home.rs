//! The first page: who is in the CRM.

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};

use super::page;
use super::record::{address, kind_name, name, owner_name};
use crate::hubspot::portal::{Kind, Portal, Record};
use crate::hubspot::stand_in::StandIn;
use crate::pages::Language;

/// How many of the newest calls and tasks are shown.
const NEWEST: usize = 10;

/// `GET /`.
pub(super) async fn home(State(stand_in): State<StandIn>, headers: HeaderMap) -> Response {
    let language = Language::of(&headers);
    let portal = stand_in.portal();
    let id = stand_in.options().portal_id;
    let title = language.pick("Records", "记录");
    let body = html! {
        h1 { (title) }
        @for kind in [Kind::Contact, Kind::Lead, Kind::Company] {
            (people(language, id, &portal, kind))
        }
        @for kind in [Kind::Call, Kind::Task] {
            (newest(language, id, &portal, kind))
        }
    };
    page(language, title, &body, None).into_response()
}

fn people(language: Language, portal_id: u64, portal: &Portal, kind: Kind) -> Markup {
    html! {
        section.card {
            h2 { (kind_name(language, kind)) }
            table {
                thead {
                    tr {
                        th { (language.pick("Name", "名称")) }
                        th { (language.pick("Company", "公司")) }
                        th { (language.pick("Phone", "电话")) }
                        th { (language.pick("Owner", "所有者")) }
                    }
                }
                tbody {
                    @for record in portal.of(kind) {
                        tr {
                            td { a href=(address(portal_id, record)) { (name(record)) } }
                            td { (record.text("company")) }
                            td { (phone(record)) }
                            td { (owner_name(portal, record)) }
                        }
                    }
                }
            }
        }
    }
}

fn newest(language: Language, portal_id: u64, portal: &Portal, kind: Kind) -> Markup {
    let mut all: Vec<&Record> = portal.of(kind).collect();
    all.reverse();
    html! {
        section.card {
            h2 { (kind_name(language, kind)) " (" (all.len()) ")" }
            @if all.is_empty() {
                p.hint { (language.pick("Nothing has been logged yet.", "尚无记录。")) }
            } @else {
                ul {
                    @for record in all.iter().take(NEWEST) {
                        li { a href=(address(portal_id, record)) { (name(record)) } }
                    }
                }
            }
        }
    }
}

/// The first number that a record has.
fn phone(record: &Record) -> &str {
    ["phone", "mobilephone", "hs_whatsapp_phone_number"]
        .into_iter()
        .map(|property| record.text(property))
        .find(|number| !number.is_empty())
        .unwrap_or_default()
}
