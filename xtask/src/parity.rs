//! `docs/parity.md`: what Linecard does, row by row, and which tests show it.
//!
//! The rows are in `docs/features.toml`. A test shows those whose ids its name begins with:
//! `fn e9_the_call_is_owned_by_the_bound_user`, `story("f14 a contact is found by pinyin", ...)`.
//! `make test` lets every test pass or fails, and `cargo xtask check` keeps the page up to date: so
//! the page names tests that pass.

mod page;
mod tests_named;

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result, bail};
use serde::Deserialize;

use crate::places;

const FEATURES: &str = "docs/features.toml";
const PAGE: &str = "docs/parity.md";

/// What an id is made of: its chapter's letter and a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Id(char, u32);

impl Id {
    /// Reads `A10`, in either case; `None`: that is no id.
    fn read(text: &str) -> Option<Self> {
        let mut letters = text.chars();
        let letter = letters.next()?.to_ascii_uppercase();
        let is_chapter = letter.is_ascii_uppercase();
        let number = letters.as_str();
        let is_number = number.bytes().all(|it| it.is_ascii_digit()) && !number.starts_with('0');
        let number = number.parse().ok().filter(|_| is_number)?;
        is_chapter.then_some(Self(letter, number))
    }
}

/// A chapter of the list.
#[derive(Debug, Deserialize)]
struct Chapter {
    title: String,
    /// The behaviours by their ids.
    #[serde(flatten)]
    rows: BTreeMap<String, String>,
}

/// A chapter's rows in order: each with its id, the id as it is written, and what it says; and its
/// title.
type Sorted = (Vec<(Id, String, String)>, String);

/// Tests that show one behaviour.
#[derive(Debug, Default, PartialEq, Eq)]
struct Shown {
    /// The names of stories that are told in a browser.
    stories: Vec<String>,
    /// How many other tests there are.
    others: usize,
}

/// Writes the page.
pub(crate) fn write(sources: &[PathBuf]) -> Result<()> {
    let path = places::checkout().join(PAGE);
    fs::write(&path, text(sources)?).with_context(|| format!("cannot write {}", path.display()))
}

/// What is wrong with the page, if anything.
pub(crate) fn broken(sources: &[PathBuf]) -> Result<Vec<String>> {
    let path = places::checkout().join(PAGE);
    let kept = fs::read_to_string(&path).unwrap_or_default();
    Ok(if kept == text(sources)? {
        Vec::new()
    } else {
        vec![format!(
            "{PAGE} does not name the tests as they are: run `cargo xtask parity`"
        )]
    })
}

/// The page as it should be.
fn text(sources: &[PathBuf]) -> Result<String> {
    let features = fs::read_to_string(places::checkout().join(FEATURES))
        .with_context(|| format!("cannot read {FEATURES}"))?;
    let chapters: BTreeMap<String, Chapter> =
        toml::from_str(&features).with_context(|| format!("cannot understand {FEATURES}"))?;
    let mut shown: BTreeMap<Id, Shown> = BTreeMap::new();
    let mut sorted = Vec::new();
    for chapter in chapters.into_values() {
        let mut rows = Vec::new();
        for (id, behaviour) in chapter.rows {
            let Some(read) = Id::read(&id) else {
                bail!("{FEATURES}: {id} is no id");
            };
            shown.entry(read).or_default();
            rows.push((read, id, behaviour));
        }
        rows.sort();
        sorted.push((rows, chapter.title));
    }
    sorted.sort();
    tests_named::collect(sources, &mut shown)?;
    // In an order that does not depend on what git knows already.
    for row in shown.values_mut() {
        row.stories.sort();
    }
    Ok(page::render(&sorted, &shown))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_a_letter_and_a_number() {
        assert_eq!(Id::read("a10"), Some(Id('A', 10)));
        assert_eq!(Id::read("X6"), Some(Id('X', 6)));
        for other in ["", "a", "10", "a1b", "ab1", "a-1", "a+1", "é1", "a01"] {
            assert_eq!(Id::read(other), None, "{other}");
        }
    }

    #[test]
    fn rows_are_in_the_order_of_their_numbers() {
        assert!(Id('A', 2) < Id('A', 10));
        assert!(Id('A', 10) < Id('B', 1));
    }
}
