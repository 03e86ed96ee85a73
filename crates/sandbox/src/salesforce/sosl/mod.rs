//! SOSL: full-text search over several objects.
//!
//! `FIND {terms} [IN ALL|NAME|EMAIL|PHONE|SIDEBAR FIELDS]
//! [RETURNING Object(fields WHERE … ORDER BY … LIMIT n), …] [LIMIT n]`, the terms with `AND`, `OR`,
//! `AND NOT`, parentheses, quotes and the wildcards `*` and `?`. A record is found once the index
//! has it: at once, or as late as the organisation is set up to have it.

mod error;
mod fields;
mod parser;
mod phone;
mod run;
mod terms;

pub(crate) use parser::{Returning, Search, parse};
pub(crate) use phone::spellings as phone_spellings;
pub(crate) use run::{Index, run};

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::parse;

    proptest! {
        #[test]
        fn no_text_makes_the_parser_panic(text in "\\PC{0,40}", term in "\\PC{0,40}") {
            let _ = parse(&text);
            let _ = parse(&format!("FIND {{{term}}} {text}"));
        }

        #[test]
        fn no_shuffled_search_makes_the_parser_panic(
            words in prop::collection::vec(
                prop::sample::select(vec![
                    "FIND", "{", "}", "(", ")", "\"", "\\", "maya", "415*", "AND", "OR", "NOT",
                    "IN PHONE FIELDS", "RETURNING", "Contact", "(Id", "WHERE", "Name = 'x'",
                    "LIMIT", "5", ",", "ü",
                ]),
                0..25,
            )
        ) {
            let _ = parse(&words.join(" "));
        }
    }
}
