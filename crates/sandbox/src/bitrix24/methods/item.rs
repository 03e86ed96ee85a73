//! `crm.item.{add,get,list,update,delete}`: the newer family. Numbers are numbers there, and a
//! filter field that does not exist is refused.

use serde_json::{Map, Value, json};

use super::classic::id;
use super::query::{Column, records};
use super::write::{self, Family};
use super::{Context, Reply};
use crate::bitrix24::asked::Param;
use crate::bitrix24::errors::ApiError;
use crate::bitrix24::options::CrmMode;
use crate::bitrix24::records::{Entity, Kind, item_field};

pub(super) fn call(
    context: &mut Context<'_>,
    verb: &str,
    params: &Param,
) -> Result<Reply, ApiError> {
    let kind = params
        .named("entitytypeid")
        .and_then(Param::integer)
        .and_then(Kind::numbered)
        .ok_or_else(|| ApiError::bad("NOT_FOUND", "Smart process not found"))?;
    let empty = Param::Map(Vec::new());
    let fields = params.named("fields").unwrap_or(&empty);
    match verb {
        "add" => {
            let simple = context.stand_in.switches().crm_mode == CrmMode::Simple;
            if kind == Kind::Lead && simple {
                return Err(ApiError::access_denied());
            }
            let id = write::add(context, kind, fields, Family::Item)?;
            one(context, (kind, id))
        }
        "get" => one(context, (kind, id(params)?)),
        "update" => {
            let at = (kind, id(params)?);
            write::update(context, at, fields, Family::Item)?;
            one(context, at)
        }
        "delete" => {
            write::delete(context, (kind, id(params)?))?;
            // An empty map.
            Ok(json!([]).into())
        }
        _ => list(context, kind, params),
    }
}

fn one(context: &Context<'_>, at: (Kind, u64)) -> Result<Reply, ApiError> {
    let entity = context
        .portal
        .entity(at)
        .ok_or_else(|| ApiError::bad("NOT_FOUND", "Item not found"))?;
    if !context.may_read(entity) {
        return Err(ApiError::access_denied());
    }
    Ok(json!({"item": entity.item(&context.portal.zone)}).into())
}

fn list(context: &Context<'_>, kind: Kind, params: &Param) -> Result<Reply, ApiError> {
    let column = |name: &str| match item_field(kind, name) {
        Some(field) => Ok(Some(Column::Field(field))),
        None => Err(ApiError::bad(
            "INVALID_ARG_VALUE",
            format!("Invalid filter: field '{name}' is not allowed in filter"),
        )),
    };
    let page = records(context, kind, params, &column)?;
    let select: Vec<String> = params
        .named("select")
        .map(|select| {
            select
                .values()
                .into_iter()
                .filter_map(Param::text)
                .collect()
        })
        .unwrap_or_default();
    let mut reply = Reply::page(page, |entity| {
        Value::Object(shown(context, entity, &select))
    });
    reply.result = json!({"items": reply.result});
    Ok(reply)
}

/// The fields asked for. All phones come with everything only.
fn shown(context: &Context<'_>, entity: &Entity, select: &[String]) -> Map<String, Value> {
    let mut all = entity.item(&context.portal.zone);
    let everything = select.is_empty() || select.iter().any(|one| one == "*");
    if !everything {
        all.retain(|name, _| name == "id" || name != "fm" && select.iter().any(|one| one == name));
    }
    all
}
