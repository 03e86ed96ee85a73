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
mod visible;

pub(crate) use bind::Binder;
pub(crate) use error::QueryError;
pub(crate) use eval::{matches, row, run, select, sort};
pub(crate) use lexer::lex;
pub(crate) use parser::{Parser, parse};
pub(crate) use query::{Filter, Order, Path, Query};
pub(crate) use visible::{check, check_parts};

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::parse;

    proptest! {
        #[test]
        fn no_text_makes_the_parser_panic(text in "\\PC{0,80}") {
            let _ = parse(&text);
        }

        #[test]
        fn no_shuffled_query_makes_the_parser_panic(
            words in prop::collection::vec(
                prop::sample::select(vec![
                    "SELECT", "Id", "Account.Name", "Who.Type", "COUNT()", "FROM", "Contact",
                    "Task", "WHERE", "Name", "=", "!=", "LIKE", "IN", "NOT", "(", ")", ",", "'x'",
                    "'%\\_'", "null", "true", "12", "2026-05-01", "2026-05-01T00:00:00Z", "AND",
                    "OR", "ORDER BY", "DESC", "NULLS LAST", "LIMIT", "OFFSET", "\n", "ü", "'",
                ]),
                0..25,
            )
        ) {
            let _ = parse(&words.join(" "));
        }
    }

    #[test]
    fn deep_parentheses_are_refused_before_the_stack_ends() {
        for word in ["(", "NOT "] {
            let text = format!("SELECT Id FROM Contact WHERE {}", word.repeat(100_000));
            assert!(parse(&text).is_err());
        }
    }
}
