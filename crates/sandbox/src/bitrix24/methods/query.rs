//! Which records a list method gives: the filter and the order of both families of methods.

use super::Context;
use crate::bitrix24::asked::Param;
use crate::bitrix24::errors::ApiError;
use crate::bitrix24::listing::{Cell, Filter, Order, Page, Start, page, read_filter, read_order};
use crate::bitrix24::records::{Entity, Field, Holds, Kind, Row, TYPES};

/// What can stand in a filter.
#[derive(Debug, Clone)]
pub(super) enum Column {
    Field(&'static Field),
    /// A multiple field.
    Multi(String),
}

impl Column {
    fn is_id(&self) -> bool {
        matches!(self, Self::Field(field) if field.classic == "ID")
    }

    fn cell(&self, entity: &Entity) -> (Cell, Holds) {
        match self {
            Self::Field(field) => (Cell::One(text(&entity.row, field)), field.holds),
            Self::Multi(type_id) => {
                let all = entity.of_type(type_id).map(|one| one.value.clone());
                (Cell::Many(all.collect()), Holds::Text)
            }
        }
    }
}

/// A field's value as text.
pub(super) fn text(row: &Row, field: &Field) -> String {
    match row.get(field) {
        serde_json::Value::String(text) => text.clone(),
        serde_json::Value::Null => String::new(),
        other => other.to_string(),
    }
}

/// The name of a multiple field in the older methods.
pub(super) fn multi(name: &str) -> Option<Column> {
    TYPES
        .contains(&name)
        .then(|| Column::Multi(name.to_owned()))
}

/// The records of a kind that pass the filter, in the order asked for, one page of them.
pub(super) fn records<'a>(
    context: &'a Context<'_>,
    kind: Kind,
    params: &Param,
    column: &impl Fn(&str) -> Result<Option<Column>, ApiError>,
) -> Result<Page<&'a Entity>, ApiError> {
    let filter: Filter<Column> = read_filter(params.named("filter"), column)?;
    let order: Order<Column> =
        read_order(params.named("order"), |name| column(name).ok().flatten());
    let after = filter.after(&Column::is_id);
    let zone = &context.portal.zone;
    let passing = context
        .portal
        .entities(kind, after)
        .filter(|entity| context.may_read(entity))
        .filter(|entity| {
            filter.passes(&|condition| {
                let (cell, holds) = condition.field.cell(entity);
                condition.holds(&cell, holds, zone)
            })
        });
    let start = Start::read(params);
    if order.is_by_id(Column::is_id) {
        return Ok(page(passing, start));
    }
    let mut sorted: Vec<&Entity> = passing.collect();
    sorted.sort_by(|one, other| {
        for (column, is_down) in &order.0 {
            let found = key(column, one).cmp(&key(column, other));
            let found = if *is_down { found.reverse() } else { found };
            if found.is_ne() {
                return found;
            }
        }
        std::cmp::Ordering::Equal
    });
    Ok(page(sorted.into_iter(), start))
}

/// What a record is sorted by.
fn key(column: &Column, entity: &Entity) -> (i64, String) {
    match column {
        Column::Field(field) if field.holds == Holds::Integer => (
            entity.row.integer(field.classic).unwrap_or(0),
            String::new(),
        ),
        Column::Field(field) if field.holds == Holds::Time => {
            let at = entity.row.time(field.classic);
            (at.map_or(0, jiff::Timestamp::as_microsecond), String::new())
        }
        Column::Field(field) => (0, text(&entity.row, field).to_lowercase()),
        Column::Multi(_) => (0, String::new()),
    }
}
