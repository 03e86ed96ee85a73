//! The first page: who is in the portal.

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};

use super::{page, timeline};
use crate::bitrix24::records::{Activity, Entity, Kind, Portal};
use crate::bitrix24::stand_in::StandIn;
use crate::pages::Language;

/// How many of the newest activities are shown.
const NEWEST: usize = 10;

/// `GET /`.
pub(super) async fn home(State(stand_in): State<StandIn>, headers: HeaderMap) -> Response {
    let language = Language::of(&headers);
    let portal = stand_in.portal();
    let title = language.pick("CRM", "客户关系管理");
    let newest: Vec<&Activity> = portal.activities().rev().take(NEWEST).collect();
    let body = html! {
        h1 { (title) }
        (people(language, &portal, Kind::Contact, language.pick("Contacts", "联系人")))
        (people(language, &portal, Kind::Lead, language.pick("Leads", "线索")))
        (people(language, &portal, Kind::Company, language.pick("Companies", "公司")))
        section.card {
            h2 { (language.pick("Newest activities", "最新活动")) }
            (timeline::list(language, &portal, &newest))
        }
    };
    page(language, title, &body).into_response()
}

fn people(language: Language, portal: &Portal, kind: Kind, title: &str) -> Markup {
    html! {
        section.card {
            h2 { (title) }
            table {
                thead {
                    tr {
                        th { (language.pick("Name", "名称")) }
                        @if kind != Kind::Company {
                            th { (language.pick("Company", "公司")) }
                        }
                        th { (language.pick("Phone", "电话")) }
                        th { (language.pick("Responsible", "负责人")) }
                    }
                }
                tbody {
                    @for entity in portal.entities(kind, 0) {
                        tr {
                            td { (link(entity)) }
                            @if kind != Kind::Company {
                                td { (company(entity, portal)) }
                            }
                            td { @if let Some(phone) = entity.of_type("PHONE").next() { (phone.value) } }
                            td { (responsible(entity.row.integer("ASSIGNED_BY_ID"), portal)) }
                        }
                    }
                }
            }
        }
    }
}

/// A record's name, leading to its page.
pub(super) fn link(entity: &Entity) -> Markup {
    html! {
        a href=(format!("/crm/{}/details/{}/", entity.kind.name(), entity.id)) { (entity.name()) }
    }
}

pub(super) fn company(entity: &Entity, portal: &Portal) -> String {
    let own = entity.row.text("COMPANY_TITLE");
    if !own.is_empty() {
        return own.to_owned();
    }
    entity
        .row
        .integer("COMPANY_ID")
        .and_then(|id| u64::try_from(id).ok())
        .and_then(|id| portal.entity((Kind::Company, id)))
        .map(Entity::name)
        .unwrap_or_default()
}

pub(super) fn responsible(id: Option<i64>, portal: &Portal) -> String {
    id.and_then(|id| u64::try_from(id).ok())
        .and_then(|id| portal.user(id))
        .map(crate::bitrix24::records::User::name)
        .unwrap_or_default()
}
