//! SOQL: the query language, as far as Linecard and its tests speak it.
//!
//! `SELECT fields | COUNT() FROM object [WHERE …] [ORDER BY …] [LIMIT n] [OFFSET n]`, with parent
//! fields, `= != <> < <= > >= LIKE IN NOT IN`, `AND`, `OR`, `NOT` and parentheses. What is not
//! known is `MALFORMED_QUERY`. No text makes the parser panic.

mod bind;
mod error;
mod eval;
mod lexer;
pub(crate) mod like;
mod parser;
mod query;

pub(crate) use bind::Binder;
pub(crate) use error::QueryError;
pub(crate) use eval::{matches, row, run, select, sort};
pub(crate) use lexer::lex;
pub(crate) use parser::{Parser, parse};
pub(crate) use query::{Filter, Order, Path};
