//! `crm.{lead,deal,contact,company}.{add,get,list,update,delete}`: the older family. Every value
//! is a text there.

use serde_json::{Map, Value, json};

use super::query::{Column, multi, records};
use super::write::{self, Family};
use super::{Context, Reply};
use crate::bitrix24::asked::Param;
use crate::bitrix24::errors::ApiError;
use crate::bitrix24::records::{Entity, Kind, TYPES, classic_field};

pub(super) fn call(
    context: &mut Context<'_>,
    kind: Kind,
    verb: &str,
    params: &Param,
) -> Result<Reply, ApiError> {
    let empty = Param::Map(Vec::new());
    let fields = params.named("fields").unwrap_or(&empty);
    match verb {
        "add" => Ok(json!(write::add(context, kind, fields, Family::Classic)?).into()),
        "get" => get(context, kind, params),
        "update" => {
            write::update(context, (kind, id(params)?), fields, Family::Classic)?;
            Ok(json!(true).into())
        }
        "delete" => {
            write::delete(context, (kind, id(params)?))?;
            Ok(json!(true).into())
        }
        _ => list(context, kind, params),
    }
}

/// The id that a request names.
pub(super) fn id(params: &Param) -> Result<u64, ApiError> {
    params
        .named("id")
        .and_then(Param::integer)
        .and_then(|id| u64::try_from(id).ok())
        .filter(|id| *id > 0)
        .ok_or_else(|| ApiError::plain("ID is not defined or invalid."))
}

fn get(context: &Context<'_>, kind: Kind, params: &Param) -> Result<Reply, ApiError> {
    let entity = context
        .portal
        .entity((kind, id(params)?))
        .ok_or_else(ApiError::not_found)?;
    if !context.may_read(entity) {
        return Err(ApiError::access_denied());
    }
    Ok(Value::Object(entity.whole(&context.portal.zone)).into())
}

fn list(context: &Context<'_>, kind: Kind, params: &Param) -> Result<Reply, ApiError> {
    let column = |name: &str| {
        let field = classic_field(kind, name).map(Column::Field);
        Ok(field.or_else(|| multi(name)))
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
    Ok(Reply::page(page, |entity| {
        Value::Object(shown(context, entity, &select))
    }))
}

/// The fields asked for. No mask covers the phones: they must be named.
fn shown(context: &Context<'_>, entity: &Entity, select: &[String]) -> Map<String, Value> {
    let named: Vec<&str> = TYPES
        .into_iter()
        .filter(|type_id| select.iter().any(|one| one == type_id))
        .collect();
    let mut all = entity.classic(&named, &context.portal.zone);
    let everything = select.is_empty() || select.iter().any(|one| one == "*");
    if !everything {
        all.retain(|name, _| name == "ID" || select.iter().any(|one| one == name));
    }
    all
}
