//! SOSL: full-text search over several objects.
//!
//! `FIND {terms} [IN ALL|NAME|EMAIL|PHONE|SIDEBAR FIELDS]
//! [RETURNING Object(fields WHERE … ORDER BY … LIMIT n), …] [LIMIT n]`, the terms with `AND`, `OR`,
//! `AND NOT`, parentheses, quotes and the wildcards `*` and `?`. A record is found as soon as it is
//! written; the real index needs minutes.

mod error;
mod fields;
mod parser;
mod phone;
mod run;
mod terms;

pub(crate) use parser::{Returning, Search, parse};
pub(crate) use run::run;
