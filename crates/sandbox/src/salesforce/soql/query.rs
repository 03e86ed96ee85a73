//! A query that was read and whose names are known.

use jiff::Timestamp;
use jiff::civil::Date;

use crate::salesforce::record_id::RecordId;
use crate::salesforce::sobjects::schema::{Field, Kind, Object};

/// A query.
#[derive(Debug)]
pub(crate) struct Query {
    pub(super) select: Select,
    pub(super) object: Object,
    pub(super) filter: Option<Filter>,
    pub(super) order: Vec<Order>,
    pub(super) limit: Option<usize>,
    pub(super) offset: usize,
}

impl Query {
    /// Whether only the number of records was asked for.
    pub(crate) fn counts(&self) -> bool {
        matches!(self.select, Select::Count)
    }

    pub(crate) fn object(&self) -> Object {
        self.object
    }

    pub(crate) fn offset(&self) -> usize {
        self.offset
    }

    /// The ids that a field must be one of, wherever the query says so.
    pub(crate) fn ids_of(&self, field: &str) -> Vec<RecordId> {
        let mut ids = Vec::new();
        let mut filters: Vec<&Filter> = self.filter.iter().collect();
        while let Some(filter) = filters.pop() {
            match filter {
                Filter::All(parts) | Filter::Any(parts) => filters.extend(parts),
                Filter::Not(_) => {}
                Filter::Compare(comparison) => {
                    let is_it = comparison.operator == Operator::Equal
                        && comparison.path.references.is_empty()
                        && matches!(comparison.path.end, PathEnd::Field(one) if one.name == field);
                    let values = comparison.values.iter().filter(|_| is_it);
                    ids.extend(values.filter_map(|value| match value {
                        Literal::Id(id) => Some(id.clone()),
                        _ => None,
                    }));
                }
            }
        }
        ids
    }
}

/// What a query returns.
#[derive(Debug)]
pub(super) enum Select {
    Count,
    Fields(Vec<Path>),
}

/// A field, reached over any number of references.
#[derive(Debug, Clone)]
pub(crate) struct Path {
    pub(super) references: Vec<&'static Field>,
    pub(super) end: PathEnd,
}

impl Path {
    /// Whether it leads to an id.
    pub(super) fn is_id(&self) -> bool {
        matches!(self.end, PathEnd::Field(field)
            if matches!(field.kind, Kind::Id | Kind::Reference { .. }))
    }
}

/// What stands at the end of a path.
#[derive(Debug, Clone, Copy)]
pub(super) enum PathEnd {
    Field(&'static Field),
    /// `Who.Type`: the object's name, where a reference may lead to several objects.
    Type,
}

/// Which records.
#[derive(Debug)]
pub(crate) enum Filter {
    All(Vec<Self>),
    Any(Vec<Self>),
    Not(Box<Self>),
    Compare(Comparison),
}

/// One field against one value or several.
#[derive(Debug)]
pub(crate) struct Comparison {
    pub(super) path: Path,
    pub(super) operator: Operator,
    pub(super) values: Vec<Literal>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Operator {
    /// Equal to one of the values.
    Equal,
    /// Equal to none of the values.
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Like,
}

/// A value in a query, of the type of its field.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Literal {
    Null,
    Boolean(bool),
    Number(f64),
    /// In small letters, because case does not count; a pattern as it is.
    Text(String),
    Id(RecordId),
    Date(Date),
    DateTime(Timestamp),
}

/// One step of a sort.
#[derive(Debug)]
pub(crate) struct Order {
    pub(super) path: Path,
    pub(super) descending: bool,
    pub(super) nulls_last: bool,
}
