//! `crm.activity.binding.*`: on whose pages an activity stands.

use serde_json::{Value, json};

use super::{Context, Reply};
use crate::bitrix24::asked::Param;
use crate::bitrix24::errors::ApiError;
use crate::bitrix24::records::{Activity, Kind};

fn number(params: &Param, name: &str) -> Option<u64> {
    let number = params.named(name).and_then(Param::integer)?;
    u64::try_from(number).ok()
}

fn activity<'a>(
    context: &'a mut Context<'_>,
    params: &Param,
) -> Result<&'a mut Activity, ApiError> {
    number(params, "activityid")
        .and_then(|id| context.portal.activity_mut(id))
        .ok_or_else(|| ApiError::bad("NOT_FOUND", "Activity not found"))
}

/// The record that a request names, whether it is there or not.
fn record(params: &Param) -> Result<(Kind, u64), ApiError> {
    number(params, "entitytypeid")
        .and_then(|number| Kind::numbered(i64::try_from(number).ok()?))
        .zip(number(params, "entityid"))
        .ok_or_else(|| ApiError::bad("NOT_FOUND", "Owner not found"))
}

pub(super) fn add(context: &mut Context<'_>, params: &Param) -> Result<Reply, ApiError> {
    let at = record(params)?;
    let entity = context
        .portal
        .entity(at)
        .ok_or_else(|| ApiError::bad("NOT_FOUND", "Owner not found"))?;
    if !context.may_read(entity) {
        return Err(ApiError::bad("ACCESS_DENIED", "Access denied"));
    }
    let activity = activity(context, params)?;
    if activity.is_on_page_of(at) {
        let text = "Binding already exists";
        return Err(ApiError::bad("ACTIVITY_IS_ALREADY_BOUND", text));
    }
    activity.bindings.push(at);
    Ok(json!(true).into())
}

pub(super) fn delete(context: &mut Context<'_>, params: &Param) -> Result<Reply, ApiError> {
    let at = record(params)?;
    let activity = activity(context, params)?;
    if !activity.is_on_page_of(at) {
        return Err(ApiError::bad("BINDING_NOT_FOUND", "Binding not found"));
    }
    if activity.bindings.len() == 1 {
        let text = "Last binding can not be deleted";
        return Err(ApiError::bad("LAST_BINDING_CANNOT_BE_DELETED", text));
    }
    activity.bindings.retain(|one| *one != at);
    Ok(json!(true).into())
}

pub(super) fn list(context: &mut Context<'_>, params: &Param) -> Result<Reply, ApiError> {
    let bindings = activity(context, params)?.bindings.iter();
    Ok(bindings
        .map(|(kind, id)| json!({"entityTypeId": kind.number(), "entityId": id}))
        .collect::<Value>()
        .into())
}
