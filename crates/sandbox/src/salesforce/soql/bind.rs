//! Gives the names in a query their meaning, and the values their type.

use jiff::civil::Date;

use super::error::QueryError;
use super::lexer::TokenKind;
use super::query::{Literal, Operator, Path, PathEnd};
use crate::salesforce::datetime;
use crate::salesforce::record_id::RecordId;
use crate::salesforce::sobjects::schema::{Field, Kind, Object};

/// Knows the object that a query is about.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Binder {
    pub(crate) object: Object,
}

impl Binder {
    /// A name such as `Phone`, `Account.Name` or `Contact.Phone` in a query of Contact.
    pub(crate) fn path(self, name: &str) -> Result<Path, QueryError> {
        let mut steps: Vec<&str> = name.split('.').collect();
        if steps.len() > 1
            && steps
                .first()
                .is_some_and(|first| first.eq_ignore_ascii_case(self.object.name()))
            && self
                .object
                .schema()
                .relationship(self.object.name())
                .is_none()
        {
            steps.remove(0);
        }
        let (last, parents) = steps
            .split_last()
            .ok_or_else(|| no_column(name, self.object))?;
        let mut objects = vec![self.object];
        let mut references = Vec::new();
        for step in parents {
            let reference = objects
                .iter()
                .find_map(|object| object.schema().relationship(step))
                .ok_or_else(|| no_relationship(step, objects.first().copied()))?;
            let Kind::Reference { to, .. } = reference.kind else {
                return Err(no_relationship(step, objects.first().copied()));
            };
            objects = to.to_vec();
            references.push(reference);
        }
        if objects.len() > 1 && last.eq_ignore_ascii_case("Type") {
            let end = PathEnd::Type;
            return Ok(Path { references, end });
        }
        let field = objects
            .iter()
            .find_map(|object| object.schema().field(last));
        let entity = objects.first().copied().unwrap_or(self.object);
        let end = PathEnd::Field(field.ok_or_else(|| no_column(last, entity))?);
        Ok(Path { references, end })
    }

    /// A value for this field, or what is wrong with it.
    pub(super) fn literal(
        path: &Path,
        operator: Operator,
        value: &TokenKind,
    ) -> Result<Literal, QueryError> {
        let PathEnd::Field(field) = path.end else {
            return match value {
                TokenKind::Text { text, .. } => Ok(Literal::Text(text.to_lowercase())),
                _ => Err(wrong_type("Type", "string", false)),
            };
        };
        if !field.filterable {
            let message = format!("field '{}' can not be filtered in a query call", field.name);
            return Err(QueryError::new("INVALID_FIELD", message));
        }
        match value {
            TokenKind::Word(word) if word.eq_ignore_ascii_case("null") => Ok(Literal::Null),
            TokenKind::Word(word) => boolean(field, word),
            TokenKind::Text { pattern, .. } if operator == Operator::Like => {
                Ok(Literal::Text(pattern.clone()))
            }
            TokenKind::Text { text, .. } => from_text(field, text),
            TokenKind::Value(value) => from_value(field, value),
            TokenKind::Sign(sign) => {
                Err(QueryError::malformed(format!("unexpected token: '{sign}'")))
            }
        }
    }
}

fn boolean(field: &Field, word: &str) -> Result<Literal, QueryError> {
    let value = if word.eq_ignore_ascii_case("true") {
        true
    } else if word.eq_ignore_ascii_case("false") {
        false
    } else {
        return Err(QueryError::malformed(format!("unexpected token: '{word}'")));
    };
    match field.kind {
        Kind::Boolean => Ok(Literal::Boolean(value)),
        _ => Err(wrong_type(
            field.name,
            type_name(field.kind),
            is_quoted(field.kind),
        )),
    }
}

fn from_text(field: &Field, text: &str) -> Result<Literal, QueryError> {
    match field.kind {
        Kind::Id | Kind::Reference { .. } => {
            RecordId::parse(text).map(Literal::Id).ok_or_else(|| {
                QueryError::new(
                    "INVALID_QUERY_FILTER_OPERATOR",
                    format!("invalid ID field: {text}"),
                )
            })
        }
        kind if is_quoted(kind) => Ok(Literal::Text(text.to_lowercase())),
        kind => Err(wrong_type(field.name, type_name(kind), false)),
    }
}

fn from_value(field: &Field, value: &str) -> Result<Literal, QueryError> {
    let literal = match field.kind {
        Kind::Integer(_) => value.parse().ok().map(Literal::Number),
        Kind::Date => value.parse::<Date>().ok().map(Literal::Date),
        Kind::DateTime => datetime::read(value).map(Literal::DateTime),
        _ => None,
    };
    literal.ok_or_else(|| wrong_type(field.name, type_name(field.kind), is_quoted(field.kind)))
}

fn is_quoted(kind: Kind) -> bool {
    kind.length().is_some() || matches!(kind, Kind::Id | Kind::Reference { .. })
}

fn type_name(kind: Kind) -> &'static str {
    match kind {
        Kind::Id | Kind::Reference { .. } => "reference",
        Kind::Boolean => "boolean",
        Kind::Integer(_) => "int",
        Kind::Date => "date",
        Kind::DateTime => "dateTime",
        _ => "string",
    }
}

fn wrong_type(field: &str, wanted: &str, quoted: bool) -> QueryError {
    let should = if quoted { "should" } else { "should not" };
    QueryError::new(
        "INVALID_FIELD",
        format!(
            "value of filter criterion for field '{field}' must be of type {wanted} and {should} \
             be enclosed in quotes"
        ),
    )
}

pub(super) fn no_column(name: &str, object: Object) -> QueryError {
    QueryError::new(
        "INVALID_FIELD",
        format!(
            "No such column '{name}' on entity '{}'. If you are attempting to use a custom field, \
             be sure to append the '__c' after the custom field name. Please reference your WSDL \
             or the describe call for the appropriate names.",
            object.name()
        ),
    )
}

pub(super) fn no_relationship(name: &str, object: Option<Object>) -> QueryError {
    QueryError::new(
        "INVALID_FIELD",
        format!(
            "Didn't understand relationship '{name}' in field path of {}. If you are attempting \
             to use a custom relationship, be sure to append the '__r' after the custom \
             relationship name.",
            object.map_or("the query", Object::name)
        ),
    )
}
