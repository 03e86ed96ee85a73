//! The page of one record: its properties, whom it is associated with, and what has happened.

use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};

use super::{body, missing, page, timeline};
use crate::hubspot::portal::{Kind, Portal, Record};
use crate::hubspot::stand_in::StandIn;
use crate::pages::Language;

/// `GET /contacts/{portal}/record/{kind}/{id}`.
pub(super) async fn record(
    State(stand_in): State<StandIn>,
    headers: HeaderMap,
    Path((portal_id, kind, id)): Path<(String, String, String)>,
) -> Response {
    let language = Language::of(&headers);
    let own_id = stand_in.options().portal_id;
    let call_lead = stand_in.switches().call_lead_type;
    let portal = stand_in.portal();
    let found = Kind::named(&kind)
        .zip(id.parse().ok())
        .filter(|_| portal_id == own_id.to_string())
        .and_then(|(kind, id)| portal.get(kind, id));
    let Some(record) = found else {
        return missing(language);
    };
    let title = name(record);
    let is_activity = matches!(record.kind, Kind::Call | Kind::Task);
    let body = html! {
        p.kind { (kind_name(language, record.kind)) }
        h1 { (title) }
        div.columns {
            section.card {
                h2 { (language.pick("About", "关于")) }
                (details(&portal, record))
            }
            @if !is_activity {
                section.card {
                    h2 { (language.pick("Activities", "活动")) }
                    (timeline::timeline(language, &portal, record, call_lead))
                }
            }
            section.card {
                h2 { (language.pick("Associations", "关联")) }
                (associated(own_id, &portal, record, call_lead))
            }
        }
    };
    page(language, &title, &body, None).into_response()
}

/// What a record is called.
pub(super) fn name(record: &Record) -> String {
    let text = |property| record.text(property);
    let name = match record.kind {
        Kind::Contact => format!("{} {}", text("firstname"), text("lastname")),
        Kind::Company => text("name").to_owned(),
        Kind::Lead => text("hs_lead_name").to_owned(),
        Kind::Call => text("hs_call_title").to_owned(),
        Kind::Task => text("hs_task_subject").to_owned(),
    };
    let name = name.trim();
    if name.is_empty() {
        format!("#{}", record.id)
    } else {
        name.to_owned()
    }
}

pub(super) fn kind_name(language: Language, kind: Kind) -> &'static str {
    let (english, chinese) = match kind {
        Kind::Contact => ("Contacts", "联系人"),
        Kind::Company => ("Companies", "公司"),
        Kind::Lead => ("Leads", "潜在客户"),
        Kind::Call => ("Calls", "通话"),
        Kind::Task => ("Tasks", "任务"),
    };
    language.pick(english, chinese)
}

/// The path of a record's page.
pub(super) fn address(portal_id: u64, record: &Record) -> String {
    format!(
        "/contacts/{portal_id}/record/{}/{}",
        record.kind.number(),
        record.id
    )
}

pub(super) fn owner_name(portal: &Portal, record: &Record) -> String {
    let id = record.text("hubspot_owner_id");
    portal
        .owners
        .iter()
        .find(|owner| owner.id.to_string() == id)
        .map(super::super::portal::Owner::name)
        .unwrap_or_default()
}

/// The properties that hold something. Their names are the CRM's own.
fn details(portal: &Portal, record: &Record) -> Markup {
    html! {
        dl {
            @for (property, value) in &record.properties {
                @if !property.contains("calculated") {
                    dt { (property) }
                    dd {
                        @match property.as_str() {
                            "hubspot_owner_id" => (owner_name(portal, record)),
                            "hs_call_body" | "hs_task_body" => (body::text(value)),
                            _ => (value),
                        }
                    }
                }
            }
        }
    }
}

fn associated(portal_id: u64, portal: &Portal, record: &Record, call_lead: u32) -> Markup {
    html! {
        ul {
            @for kind in [Kind::Contact, Kind::Company, Kind::Lead] {
                @for (id, _) in portal.associated((record.kind, record.id), kind, call_lead) {
                    @if let Some(other) = portal.get(kind, id) {
                        li { a href=(address(portal_id, other)) { (name(other)) } }
                    }
                }
            }
        }
    }
}
