//! `crm.activity.*`: calls on a record's timeline.

use serde_json::{Map, Value, json};

use super::classic::id;
use super::query::text;
use super::{Context, Reply, binding};
use crate::bitrix24::asked::Param;
use crate::bitrix24::errors::ApiError;
use crate::bitrix24::faults::FaultKind;
use crate::bitrix24::listing::{Cell, Start, page, read_filter};
use crate::bitrix24::options::Permission;
use crate::bitrix24::records::{
    ACTIVITY, Activity, Communication, Field, Kind, Numbered, Row, show_classic,
};

const BINDING: &str = "Could not build binding. Please ensure that owner info and communications are defined correctly";

/// `TYPE_ID` of a call.
const CALL: i64 = 2;

pub(super) fn call(
    context: &mut Context<'_>,
    verb: &str,
    params: &Param,
) -> Result<Reply, ApiError> {
    let empty = Param::Map(Vec::new());
    let fields = params.named("fields").unwrap_or(&empty);
    match verb {
        "add" => Ok(json!(add(context, fields)?).into()),
        "get" => {
            let activity = context.portal.activity(id(params)?);
            let activity = activity.ok_or_else(ApiError::not_found)?;
            Ok(Value::Object(activity.classic(&context.portal.zone)).into())
        }
        "update" => update(context, id(params)?, fields),
        "delete" => {
            context.refusal()?;
            if context.portal.remove_activity(id(params)?) {
                Ok(json!(true).into())
            } else {
                Err(ApiError::not_found())
            }
        }
        "binding.add" => binding::add(context, params),
        "binding.delete" => binding::delete(context, params),
        "binding.list" => binding::list(context, params),
        _ => list(context, params),
    }
}

fn field(name: &str) -> Option<&'static Field> {
    ACTIVITY.iter().find(|field| field.classic == name)
}

fn given(fields: &Param, name: &str) -> Option<String> {
    fields
        .get(name)
        .and_then(Param::text)
        .filter(|text| !text.is_empty())
}

fn add(context: &mut Context<'_>, fields: &Param) -> Result<u64, ApiError> {
    let required = |name: &str| given(fields, name).ok_or_else(|| ApiError::field(name));
    let kind: i64 = required("TYPE_ID")?
        .parse()
        .map_err(|_| ApiError::field("TYPE_ID"))?;
    required("SUBJECT")?;
    check_responsible(context, &required("RESPONSIBLE_ID")?)?;
    context.refusal()?;
    let communications = communications(context, fields, kind)?;
    let owner = owner(context, fields)?;
    let id = context.portal.number(Numbered::Activity);
    let mut row = Row::default();
    take(&mut row, fields, context);
    row.set("ID", id);
    row.set("AUTHOR_ID", context.caller.user);
    row.set(
        "PROVIDER_ID",
        if kind == CALL { "VOXIMPLANT_CALL" } else { "" },
    );
    row.set("PROVIDER_TYPE_ID", if kind == CALL { "CALL" } else { "" });
    row.set_time("CREATED", context.now);
    finish(&mut row, context);
    let mut bindings = vec![owner];
    bindings.extend(communications.iter().filter_map(|one| one.entity));
    bindings.dedup();
    context.portal.put_activity(Activity {
        id,
        row,
        communications,
        bindings,
    });
    touch(context, owner);
    Ok(id)
}

/// The record on whose page the activity stands.
fn owner(context: &Context<'_>, fields: &Param) -> Result<(Kind, u64), ApiError> {
    let number = |name: &str| fields.get(name).and_then(Param::integer);
    let owner = number("OWNER_TYPE_ID")
        .and_then(Kind::numbered)
        .zip(number("OWNER_ID").and_then(|id| u64::try_from(id).ok()))
        .ok_or_else(|| ApiError::plain(BINDING))?;
    let entity = context
        .portal
        .entity(owner)
        .ok_or_else(|| ApiError::plain(BINDING))?;
    if context.may_read(entity) {
        Ok(owner)
    } else {
        Err(ApiError::access_denied())
    }
}

fn communications(
    context: &mut Context<'_>,
    fields: &Param,
    kind: i64,
) -> Result<Vec<Communication>, ApiError> {
    let all = fields
        .get("COMMUNICATIONS")
        .map(Param::values)
        .filter(|all| !all.is_empty())
        .ok_or_else(|| ApiError::field("COMMUNICATIONS"))?;
    if kind == CALL && all.len() > 1 {
        return Err(ApiError::plain(
            "The only one communication is allowed for activity of specified type",
        ));
    }
    let mut read = Vec::new();
    for one in all {
        let value = given(one, "VALUE").ok_or_else(|| ApiError::field("COMMUNICATIONS"))?;
        let kind = given(one, "TYPE")
            .ok_or_else(|| ApiError::plain("Communication type is not defined."))?;
        let number = |name: &str| one.get(name).and_then(Param::integer);
        let entity = number("ENTITY_TYPE_ID")
            .and_then(Kind::numbered)
            .zip(number("ENTITY_ID").and_then(|id| u64::try_from(id).ok()));
        if entity.is_some_and(|at| context.portal.entity(at).is_none()) {
            return Err(ApiError::plain(BINDING));
        }
        read.push(Communication {
            id: context.portal.number(Numbered::Multifield),
            kind,
            value,
            entity,
        });
    }
    Ok(read)
}

/// What becomes of a responsible user who is not active is not documented: a switch.
fn check_responsible(context: &Context<'_>, id: &str) -> Result<(), ApiError> {
    let user = id.parse().ok().and_then(|id| context.portal.user(id));
    let is_active = user.is_some_and(crate::bitrix24::records::User::is_active);
    let is_denied = context.stand_in.switches().inactive_responsible == Permission::Deny;
    if !is_active && is_denied || context.fails(FaultKind::InactiveOwner) {
        Err(ApiError::field("RESPONSIBLE_ID"))
    } else {
        Ok(())
    }
}

fn take(row: &mut Row, fields: &Param, context: &Context<'_>) {
    for (name, value) in fields.entries() {
        if let Some(field) = field(name).filter(|field| !field.own) {
            row.take(field, value, &context.portal.zone);
        }
    }
}

/// What follows from the other fields.
fn finish(row: &mut Row, context: &Context<'_>) {
    let is_completed = row.text("COMPLETED") == "Y";
    row.set("STATUS", if is_completed { 2 } else { 1 });
    row.set("EDITOR_ID", context.caller.user);
    row.set_time("LAST_UPDATED", context.now);
    if let Some(start) = row.time("START_TIME") {
        row.set_time("DEADLINE", start);
    }
}

/// An activity is something that happened to its owner.
fn touch(context: &mut Context<'_>, owner: (Kind, u64)) {
    let (now, by) = (context.now, context.caller.user);
    if let Some(entity) = context.portal.entity_mut(owner) {
        entity.row.set_time("LAST_ACTIVITY_TIME", now);
        entity.row.set("LAST_ACTIVITY_BY", by);
    }
}

fn update(context: &mut Context<'_>, id: u64, fields: &Param) -> Result<Reply, ApiError> {
    let activity = context
        .portal
        .activity(id)
        .ok_or_else(ApiError::not_found)?;
    let mut row = activity.row.clone();
    if let Some(responsible) = given(fields, "RESPONSIBLE_ID") {
        check_responsible(context, &responsible)?;
    }
    context.refusal()?;
    take(&mut row, fields, context);
    finish(&mut row, context);
    if let Some(activity) = context.portal.activity_mut(id) {
        activity.row = row;
    }
    Ok(json!(true).into())
}

/// A field that is not known is dropped from the filter, which then lets everything through.
fn list(context: &Context<'_>, params: &Param) -> Result<Reply, ApiError> {
    let filter = params.named("filter");
    let pages = filter.and_then(|filter| filter.get("BINDINGS"));
    let pages: Vec<(Kind, u64)> = pages.map(bindings).unwrap_or_default();
    let known = |name: &str| Ok::<_, ApiError>(field(name));
    let conditions = read_filter(filter, &known)?;
    let zone = &context.portal.zone;
    let mut found: Vec<&Activity> = context
        .portal
        .activities()
        .filter(|activity| pages.is_empty() || pages.iter().any(|at| activity.is_on_page_of(*at)))
        .filter(|activity| {
            conditions.passes(&|condition| {
                let cell = Cell::One(text(&activity.row, condition.field));
                condition.holds(&cell, condition.field.holds, zone)
            })
        })
        .collect();
    let is_down = params
        .named("order")
        .and_then(|order| order.named("ID"))
        .and_then(Param::text)
        .is_some_and(|order| order.eq_ignore_ascii_case("desc"));
    if is_down {
        found.reverse();
    }
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
    Ok(Reply::page(
        page(found.into_iter(), Start::read(params)),
        |activity| Value::Object(shown(activity, &select, zone)),
    ))
}

fn bindings(given: &Param) -> Vec<(Kind, u64)> {
    let read = |one: &Param| {
        let number = |name: &str| one.get(name).and_then(Param::integer);
        number("OWNER_TYPE_ID")
            .and_then(Kind::numbered)
            .zip(number("OWNER_ID").and_then(|id| u64::try_from(id).ok()))
    };
    given.values().into_iter().filter_map(read).collect()
}

fn shown(activity: &Activity, select: &[String], zone: &jiff::tz::TimeZone) -> Map<String, Value> {
    let everything = select.is_empty() || select.iter().any(|one| one == "*");
    let mut all = if everything {
        activity.classic(zone)
    } else {
        ACTIVITY
            .iter()
            .filter(|field| select.iter().any(|one| one == field.classic))
            .map(|field| {
                let value = show_classic(field, activity.row.get(field), zone);
                (field.classic.to_owned(), value)
            })
            .collect()
    };
    if select.iter().any(|one| one == "COMMUNICATIONS") {
        all.insert("COMMUNICATIONS".to_owned(), activity.communications());
    }
    all
}
