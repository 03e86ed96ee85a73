//! The page of one record: its fields, its phones, and what has happened with it.

use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};

use super::home::{company, responsible};
use super::{page, timeline};
use crate::bitrix24::records::{Activity, Entity, Kind, Portal};
use crate::bitrix24::stand_in::StandIn;
use crate::pages::Language;

/// `GET /crm/{kind}/details/{id}/`.
pub(super) async fn show(
    State(stand_in): State<StandIn>,
    headers: HeaderMap,
    Path((kind, id)): Path<(String, String)>,
) -> Response {
    let language = Language::of(&headers);
    let portal = stand_in.portal();
    let at = Kind::named(&kind).zip(id.parse().ok());
    let Some(entity) = at.and_then(|at| portal.entity(at)) else {
        return missing(language);
    };
    let here = (entity.kind, entity.id);
    let mut activities: Vec<&Activity> = portal
        .activities()
        .filter(|activity| activity.is_on_page_of(here))
        .collect();
    activities.reverse();
    let body = html! {
        p.kind { (kind_name(language, entity.kind)) }
        h1 { (entity.name()) }
        div.columns {
            section.card {
                h2 { (language.pick("Details", "详细信息")) }
                (details(language, entity, &portal))
            }
            section.card {
                h2 { (language.pick("Timeline", "时间线")) }
                (timeline::list(language, &portal, &activities))
            }
        }
    };
    page(language, &entity.name(), &body).into_response()
}

/// `GET /company/personal/user/{id}/`.
pub(super) async fn user(
    State(stand_in): State<StandIn>,
    headers: HeaderMap,
    Path(id): Path<String>,
) -> Response {
    let language = Language::of(&headers);
    let portal = stand_in.portal();
    let Some(user) = id.parse().ok().and_then(|id| portal.user(id)) else {
        return missing(language);
    };
    let body = html! {
        p.kind { (language.pick("User", "用户")) }
        h1 { (user.name()) }
        section.card {
            dl {
                dt { (language.pick("E-mail", "邮箱")) } dd { (user.text("EMAIL")) }
                dt { (language.pick("Extension", "分机")) } dd { (user.text("UF_PHONE_INNER")) }
            }
        }
    };
    page(language, &user.name(), &body).into_response()
}

/// For every address that means nothing.
pub(super) async fn nothing_here(headers: HeaderMap) -> Response {
    missing(Language::of(&headers))
}

fn missing(language: Language) -> Response {
    let title = language.pick("That did not work", "操作未成功");
    let body = html! {
        section.card {
            h1 { (title) }
            p {
                (language.pick(
                    "There is no record at this address. It may have been deleted.",
                    "此地址没有记录，可能已被删除。",
                ))
            }
        }
    };
    page(language, title, &body).status(StatusCode::NOT_FOUND)
}

fn kind_name(language: Language, kind: Kind) -> &'static str {
    match kind {
        Kind::Contact => language.pick("Contact", "联系人"),
        Kind::Lead => language.pick("Lead", "线索"),
        Kind::Company => language.pick("Company", "公司"),
        Kind::Deal => language.pick("Deal", "交易"),
    }
}

fn details(language: Language, entity: &Entity, portal: &Portal) -> Markup {
    let line = |name: &str, value: String| {
        html! {
            @if !value.is_empty() {
                dt { (name) }
                dd { (value) }
            }
        }
    };
    html! {
        dl {
            @for one in &entity.multifields {
                dt { (purpose(language, &one.type_id, &one.value_type)) }
                dd {
                    @if one.type_id == "PHONE" {
                        a href=(format!("tel:{}", dialled(&one.value))) { (one.value) }
                    } @else {
                        (one.value)
                    }
                }
            }
            (line(language.pick("Company", "公司"), company(entity, portal)))
            (line(language.pick("Position", "职位"), entity.row.text("POST").to_owned()))
            (line(
                language.pick("Responsible", "负责人"),
                responsible(entity.row.integer("ASSIGNED_BY_ID"), portal),
            ))
            (line(language.pick("Status", "状态"), entity.row.text("STATUS_ID").to_owned()))
            (line(language.pick("Comment", "备注"), entity.row.text("COMMENTS").to_owned()))
            (line(language.pick("Came from", "来源"), entity.row.text("ORIGINATOR_ID").to_owned()))
        }
    }
}

fn purpose(language: Language, type_id: &str, value_type: &str) -> String {
    let what = if type_id == "PHONE" {
        language.pick("Phone", "电话")
    } else {
        language.pick("E-mail", "邮箱")
    };
    format!("{what} ({})", value_type.to_ascii_lowercase())
}

fn dialled(number: &str) -> String {
    number
        .chars()
        .filter(|one| one.is_ascii_digit() || *one == '+')
        .collect()
}
