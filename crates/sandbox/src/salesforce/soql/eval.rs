//! Runs a query over the records.

use std::cmp::Ordering;

use serde_json::{Value, json};

use super::like;
use super::query::{Comparison, Filter, Literal, Operator, Order, Path, PathEnd, Query, Select};
use crate::salesforce::datetime;
use crate::salesforce::record_id::RecordId;
use crate::salesforce::records::{Record, Records};
use crate::salesforce::sobjects::attributes;
use crate::salesforce::sobjects::schema::{Field, Kind};

/// The records that a query finds, in its order; deleted ones too, if they are asked for.
pub(crate) fn run<'a>(query: &Query, records: &'a Records, deleted_too: bool) -> Vec<&'a Record> {
    let mut found: Vec<&Record> = records
        .every(query.object)
        .filter(|record| deleted_too || !record.is_true("IsDeleted"))
        .filter(|record| {
            query
                .filter
                .as_ref()
                .is_none_or(|filter| matches(filter, record, records))
        })
        .collect();
    sort(&mut found, &query.order, records);
    found
        .into_iter()
        .skip(query.offset)
        .take(query.limit.unwrap_or(usize::MAX))
        .collect()
}

/// Sorts records; records that compare equal keep the order of their ids.
pub(crate) fn sort(found: &mut [&Record], order: &[Order], records: &Records) {
    found.sort_by(|one, other| {
        order
            .iter()
            .map(|step| compare(step, one, other, records))
            .find(|ordering| ordering.is_ne())
            .unwrap_or(Ordering::Equal)
    });
}

/// Empty values come first unless the query says otherwise, whichever way the rest is sorted.
fn compare(step: &Order, one: &Record, other: &Record, records: &Records) -> Ordering {
    let one = value(&step.path, one, records);
    let other = value(&step.path, other, records);
    match (one.is_null(), other.is_null()) {
        (true, true) => Ordering::Equal,
        (true, false) if step.nulls_last => Ordering::Greater,
        (true, false) => Ordering::Less,
        (false, true) if step.nulls_last => Ordering::Less,
        (false, true) => Ordering::Greater,
        (false, false) => {
            let ordering = if step.path.is_id() {
                // Ids mind their case, in order as in comparison.
                one.as_str().cmp(&other.as_str())
            } else {
                order_of(&one, &other)
            };
            if step.descending {
                ordering.reverse()
            } else {
                ordering
            }
        }
    }
}

fn order_of(one: &Value, other: &Value) -> Ordering {
    match (one, other) {
        (Value::Number(one), Value::Number(other)) => one
            .as_f64()
            .partial_cmp(&other.as_f64())
            .unwrap_or(Ordering::Equal),
        (Value::Bool(one), Value::Bool(other)) => one.cmp(other),
        // Dates and times are written so that their texts sort as they do.
        _ => {
            let text = |value: &Value| value.as_str().unwrap_or_default().to_lowercase();
            text(one).cmp(&text(other))
        }
    }
}

/// The selected fields of a record, parents nested.
pub(crate) fn row(query: &Query, record: &Record, records: &Records, version: &str) -> Value {
    match &query.select {
        Select::Count => Value::Null,
        Select::Fields(paths) => select(paths, record, records, version),
    }
}

/// These fields of a record, parents nested.
pub(crate) fn select(paths: &[Path], record: &Record, records: &Records, version: &str) -> Value {
    let mut row = json!({"attributes": attributes(record, version)});
    for path in paths {
        let mut place = &mut row;
        let mut at = Some(record);
        for reference in &path.references {
            let name = reference.relationship().unwrap_or_default();
            at = at.and_then(|record| records.referred(record, reference.name));
            place = &mut place[name];
            match at {
                Some(parent) if place.is_null() => {
                    *place = json!({"attributes": parent_attributes(reference, parent, version)});
                }
                Some(_) => {}
                None => break,
            }
        }
        if let Some(record) = at {
            let name = match path.end {
                PathEnd::Field(field) => field.name,
                PathEnd::Type => "Type",
            };
            place[name] = end_value(path.end, record);
        }
    }
    row
}

/// Where a reference may lead to several objects, the parent's type is given as `Name`.
fn parent_attributes(reference: &Field, parent: &Record, version: &str) -> Value {
    let mut attributes = attributes(parent, version);
    if matches!(reference.kind, Kind::Reference { to, .. } if to.len() > 1) {
        attributes["type"] = "Name".into();
    }
    attributes
}

/// Whether the record is one of those that the filter means.
pub(crate) fn matches(filter: &Filter, record: &Record, records: &Records) -> bool {
    match filter {
        Filter::All(parts) => parts.iter().all(|part| matches(part, record, records)),
        Filter::Any(parts) => parts.iter().any(|part| matches(part, record, records)),
        Filter::Not(part) => !matches(part, record, records),
        Filter::Compare(comparison) => holds(comparison, &value(&comparison.path, record, records)),
    }
}

fn holds(comparison: &Comparison, value: &Value) -> bool {
    let folded = value.as_str().map(str::to_lowercase);
    let ordering = |literal: &Literal| against(value, folded.as_deref(), literal);
    let is_one_of = || {
        comparison
            .values
            .iter()
            .any(|literal| ordering(literal) == Some(Ordering::Equal))
    };
    let first = comparison.values.first();
    match comparison.operator {
        Operator::Equal => is_one_of(),
        Operator::NotEqual => !is_one_of(),
        Operator::Like => match (first, value.as_str()) {
            (Some(Literal::Text(pattern)), Some(text)) => like::fits(pattern, text),
            _ => false,
        },
        Operator::Less => first.and_then(ordering).is_some_and(Ordering::is_lt),
        Operator::LessOrEqual => first.and_then(ordering).is_some_and(Ordering::is_le),
        Operator::Greater => first.and_then(ordering).is_some_and(Ordering::is_gt),
        Operator::GreaterOrEqual => first.and_then(ordering).is_some_and(Ordering::is_ge),
    }
}

/// How a stored value, and the same in small letters, stands to one of the query; `None` when the
/// two cannot be compared.
fn against(value: &Value, folded: Option<&str>, literal: &Literal) -> Option<Ordering> {
    match literal {
        Literal::Null => value.is_null().then_some(Ordering::Equal),
        Literal::Boolean(wanted) => Some(value.as_bool()?.cmp(wanted)),
        Literal::Number(wanted) => value.as_f64()?.partial_cmp(wanted),
        Literal::Text(wanted) => Some(folded?.cmp(wanted.as_str())),
        Literal::Id(wanted) => Some(RecordId::parse(value.as_str()?)?.cmp(wanted)),
        Literal::Date(wanted) => {
            let date: jiff::civil::Date = value.as_str()?.parse().ok()?;
            Some(date.cmp(wanted))
        }
        Literal::DateTime(wanted) => Some(datetime::read(value.as_str()?)?.cmp(wanted)),
    }
}

/// What a path leads to from this record.
fn value(path: &Path, record: &Record, records: &Records) -> Value {
    let mut at = record;
    for reference in &path.references {
        match records.referred(at, reference.name) {
            Some(parent) => at = parent,
            None => return Value::Null,
        }
    }
    end_value(path.end, at)
}

fn end_value(end: PathEnd, record: &Record) -> Value {
    match end {
        PathEnd::Type => record.object.name().into(),
        PathEnd::Field(field) if matches!(field.kind, Kind::Id) => record.id.as_str().into(),
        PathEnd::Field(field) => record.get(field.name).clone(),
    }
}
