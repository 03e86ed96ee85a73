//! Whether whoever asks may see everything that a query names.
//!
//! One field that is hidden or that the organisation does not have fails the whole query.

use super::bind::{no_column, no_relationship};
use super::error::QueryError;
use super::query::{Filter, Order, Path, PathEnd, Query, Select};
use crate::salesforce::setup::Setup;
use crate::salesforce::sobjects::schema::{Kind, Object};

/// Checks a query.
pub(crate) fn check(query: &Query, setup: &Setup) -> Result<(), QueryError> {
    let fields = match &query.select {
        Select::Count => &[][..],
        Select::Fields(fields) => fields,
    };
    check_parts(
        query.object,
        fields,
        query.filter.as_ref(),
        &query.order,
        setup,
    )
}

/// Checks what is wanted of one object.
pub(crate) fn check_parts(
    object: Object,
    fields: &[Path],
    filter: Option<&Filter>,
    order: &[Order],
    setup: &Setup,
) -> Result<(), QueryError> {
    if !setup.sees(object) {
        let message = format!("sObject type '{}' is not supported.", object.name());
        return Err(QueryError::new("INVALID_TYPE", message));
    }
    let sorted = order.iter().map(|step| &step.path);
    for path in fields.iter().chain(sorted) {
        shown(object, path, setup)?;
    }
    filter.map_or(Ok(()), |filter| filtered(object, filter, setup))
}

fn filtered(object: Object, filter: &Filter, setup: &Setup) -> Result<(), QueryError> {
    match filter {
        Filter::All(parts) | Filter::Any(parts) => parts
            .iter()
            .try_for_each(|part| filtered(object, part, setup)),
        Filter::Not(part) => filtered(object, part, setup),
        Filter::Compare(comparison) => shown(object, &comparison.path, setup),
    }
}

fn shown(object: Object, path: &Path, setup: &Setup) -> Result<(), QueryError> {
    let mut objects = vec![object];
    for reference in &path.references {
        let is_shown = objects.iter().any(|object| setup.shows(*object, reference));
        let Kind::Reference { to, relationship } = reference.kind else {
            continue;
        };
        if !is_shown || !to.iter().any(|object| setup.sees(*object)) {
            return Err(no_relationship(relationship, objects.first().copied()));
        }
        objects = to.to_vec();
    }
    let PathEnd::Field(field) = path.end else {
        return Ok(());
    };
    let is_shown = objects
        .iter()
        .any(|object| object.schema().field(field.name).is_some() && setup.shows(*object, field));
    if is_shown {
        return Ok(());
    }
    let entity = objects.first().copied().unwrap_or(object);
    Err(no_column(field.name, entity))
}
