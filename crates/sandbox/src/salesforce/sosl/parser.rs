//! Reads a search. What stands in RETURNING is written as in SOQL and read by its parser.

use super::error::SearchError;
use super::fields::Group;
use super::terms::{self, Terms};
use crate::salesforce::setup::Setup;
use crate::salesforce::sobjects::schema::Object;
use crate::salesforce::soql::{self, Binder, Filter, Order, Parser, Path, QueryError, lex};

/// A search.
#[derive(Debug)]
pub(crate) struct Search {
    pub(super) terms: Terms,
    pub(super) group: Group,
    pub(super) returning: Vec<Returning>,
    pub(super) limit: Option<usize>,
}

/// What is wanted of one object.
#[derive(Debug)]
pub(crate) struct Returning {
    pub(super) object: Object,
    pub(super) fields: Vec<Path>,
    pub(super) filter: Option<Filter>,
    pub(super) order: Vec<Order>,
    pub(super) limit: Option<usize>,
}

/// Reads a whole search.
pub(crate) fn parse(text: &str) -> Result<Search, SearchError> {
    let chars: Vec<char> = text.chars().collect();
    let (terms, after) = braces(&chars)?;
    let rest = chars.get(after..).unwrap_or_default();
    let tokens = lex(rest, after).map_err(|error| error.in_text(text))?;
    let mut parser = Parser::new(tokens, chars.len());
    let group = group(&mut parser)?;
    let clauses = clauses(&mut parser).map_err(|error| error.in_text(text))?;
    let (returning, limit) = clauses;
    let returning = if returning.is_empty() {
        everything()?
    } else {
        returning
    };
    Ok(Search {
        terms: terms::parse(terms)?,
        group,
        returning,
        limit,
    })
}

/// The terms, and where what follows their closing brace begins.
fn braces(text: &[char]) -> Result<(&[char], usize), SearchError> {
    let start = text.iter().position(|one| !one.is_whitespace());
    let word: String = text.iter().skip(start.unwrap_or(0)).take(4).collect();
    if !word.eq_ignore_ascii_case("FIND") {
        return Err(SearchError::Malformed(
            "A search begins with FIND.".to_owned(),
        ));
    }
    let open = text.iter().position(|one| *one == '{');
    let open = open.ok_or_else(SearchError::no_term)? + 1;
    let mut escaped = false;
    for (length, one) in text.iter().skip(open).enumerate() {
        if *one == '}' && !escaped {
            let terms = text.get(open..open + length).unwrap_or_default();
            return Ok((terms, open + length + 1));
        }
        escaped = *one == '\\' && !escaped;
    }
    Err(SearchError::no_term())
}

fn group(parser: &mut Parser) -> Result<Group, SearchError> {
    if !parser.keyword("IN") {
        return Ok(Group::All);
    }
    for name in ["ALL", "NAME", "EMAIL", "PHONE", "SIDEBAR"] {
        if parser.keyword(name) {
            if parser.keyword("FIELDS") {
                return Group::named(name);
            }
            break;
        }
    }
    Err(SearchError::Malformed(
        "IN must be followed by ALL, NAME, EMAIL, PHONE or SIDEBAR and FIELDS.".to_owned(),
    ))
}

type Clauses = (Vec<Returning>, Option<usize>);

fn clauses(parser: &mut Parser) -> Result<Clauses, QueryError> {
    let mut returning = Vec::new();
    if parser.keyword("RETURNING") {
        returning.push(one_object(parser)?);
        while parser.sign(",") {
            returning.push(one_object(parser)?);
        }
    }
    let limit = parser.count_after("LIMIT")?;
    parser.end()?;
    Ok((returning, limit))
}

fn one_object(parser: &mut Parser) -> Result<Returning, QueryError> {
    let object = parser.object()?;
    let mut returning = Returning::ids(object)?;
    if parser.sign("(") {
        returning.fields = parser.fields(object)?;
        returning.filter = parser.filter(object)?;
        returning.order = parser.order(object)?;
        returning.limit = parser.count_after("LIMIT")?;
        if !parser.sign(")") {
            return Err(parser.unexpected());
        }
    }
    Ok(returning)
}

/// The ids of everything that can be searched.
fn everything() -> Result<Vec<Returning>, SearchError> {
    Object::ALL
        .into_iter()
        .filter(|object| object.schema().searchable)
        .map(|object| Returning::ids(object).map_err(SearchError::from))
        .collect()
}

impl Returning {
    fn ids(object: Object) -> Result<Self, QueryError> {
        Ok(Self {
            object,
            fields: vec![Binder { object }.path("Id")?],
            filter: None,
            order: Vec::new(),
            limit: None,
        })
    }

    /// The same from the parameters of a parameterized search.
    pub(crate) fn from_parts(
        object: &str,
        fields: Option<&str>,
        filter: Option<&str>,
        limit: Option<&str>,
    ) -> Result<Self, SearchError> {
        let mut text = object.to_owned();
        if let Some(fields) = fields {
            text = format!("{text}({fields}");
            if let Some(filter) = filter {
                text = format!("{text} WHERE {filter}");
            }
            if let Some(limit) = limit {
                text = format!("{text} LIMIT {limit}");
            }
            text.push(')');
        }
        let chars: Vec<char> = text.chars().collect();
        let read = lex(&chars, 0).and_then(|tokens| {
            let mut parser = Parser::new(tokens, chars.len());
            let returning = one_object(&mut parser)?;
            parser.end()?;
            Ok(returning)
        });
        read.map_err(|error| error.in_text(&text).into())
    }
}

impl Search {
    /// Whether whoever asks may see everything that the search names.
    pub(crate) fn check(&self, setup: &Setup) -> Result<(), QueryError> {
        self.returning.iter().try_for_each(|one| {
            soql::check_parts(
                one.object,
                &one.fields,
                one.filter.as_ref(),
                &one.order,
                setup,
            )
        })
    }

    /// A search from the parameters of a parameterized search.
    pub(crate) fn from_parts(
        words: &str,
        group: Option<&str>,
        returning: Vec<Returning>,
        limit: Option<&str>,
    ) -> Result<Self, SearchError> {
        let limit = limit
            .map(|limit| {
                let message = || SearchError::Malformed(format!("'{limit}' is not a limit."));
                limit.parse().map_err(|_| message())
            })
            .transpose()?;
        Ok(Self {
            terms: terms::plain(words)?,
            group: group.map_or(Ok(Group::All), Group::named)?,
            returning: if returning.is_empty() {
                everything()?
            } else {
                returning
            },
            limit,
        })
    }
}
