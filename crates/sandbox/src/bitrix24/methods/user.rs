//! `user.get`. Its `sort` and `order` are texts; what some clients send instead does no harm.

use serde_json::{Map, Value};

use super::{Context, Reply};
use crate::bitrix24::asked::Param;
use crate::bitrix24::listing::{Cell, Start, page, read_filter};
use crate::bitrix24::records::{Holds, User};

pub(super) fn get(context: &Context<'_>, params: &Param) -> Reply {
    // A plain id, and fields beside `filter`, are an older way to ask.
    let filter = params.named("filter").or_else(|| {
        ["id", "active", "email"]
            .iter()
            .any(|name| params.named(name).is_some())
            .then_some(params)
    });
    let known = |name: &str| {
        let is_field = !matches!(
            name.to_ascii_lowercase().as_str(),
            "start" | "sort" | "order" | "select" | "admin_mode" | "auth"
        );
        Ok::<_, std::convert::Infallible>(is_field.then(|| name.to_ascii_uppercase()))
    };
    let Ok(filter) = read_filter(filter, &known);
    let zone = &context.portal.zone;
    let mut users: Vec<&User> = context
        .portal
        .users()
        .filter(|user| user.is_listed())
        .filter(|user| {
            filter.passes(&|condition| {
                let (cell, holds) = cell(user, &condition.field);
                condition.holds(&cell, holds, zone)
            })
        })
        .collect();
    let is_down = params
        .named("order")
        .and_then(Param::text)
        .is_some_and(|order| order.eq_ignore_ascii_case("desc"));
    if is_down {
        users.reverse();
    }
    Reply::page(page(users.into_iter(), Start::read(params)), |user| {
        Value::Object(shown(context, user))
    })
}

fn cell(user: &User, field: &str) -> (Cell, Holds) {
    let text = match user.fields.get(field) {
        Some(Value::Bool(flag)) => if *flag { "1" } else { "" }.to_owned(),
        Some(Value::String(text)) => text.clone(),
        _ => String::new(),
    };
    let holds = match field {
        "ID" => Holds::Integer,
        "ACTIVE" => Holds::Flag,
        "LAST_LOGIN" | "DATE_REGISTER" => Holds::Time,
        _ => Holds::Text,
    };
    (Cell::One(text), holds)
}

/// What these scopes show of a user: `user_brief` has no address.
pub(super) fn shown(context: &Context<'_>, user: &User) -> Map<String, Value> {
    let sees_addresses = context.has_scope("user") || context.has_scope("user_basic");
    user.fields
        .iter()
        .filter(|(name, _)| *name != "ADMIN" && (sees_addresses || *name != "EMAIL"))
        .map(|(name, value)| (name.clone(), value.clone()))
        .collect()
}
