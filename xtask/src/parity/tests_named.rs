//! Which tests there are for which behaviour, by their names.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};

use super::{Id, Shown};
use crate::places;

/// Adds the tests in `sources` to the behaviours they show.
pub(super) fn collect(sources: &[PathBuf], shown: &mut BTreeMap<Id, Shown>) -> Result<()> {
    for source in sources {
        let path = places::checkout().join(source);
        let name = source.to_string_lossy();
        let is_story = name.ends_with(".test.mjs");
        let is_rust = source.extension().is_some_and(|it| it == "rs");
        // Deleted, and git has not been told yet.
        if !(is_story || is_rust) || !path.is_file() {
            continue;
        }
        let text =
            fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
        if is_story {
            for (ids, told) in stories(&text) {
                for id in ids {
                    if let Some(row) = shown.get_mut(&id) {
                        row.stories.push(told.clone());
                    }
                }
            }
        } else {
            for id in text.lines().flat_map(functions) {
                if let Some(row) = shown.get_mut(&id) {
                    row.others += 1;
                }
            }
        }
    }
    Ok(())
}

/// The ids that a line's function is named after.
fn functions(line: &str) -> Vec<Id> {
    let line = line.trim_start();
    let line = line.strip_prefix("async ").unwrap_or(line);
    let Some(name) = line.strip_prefix("fn ") else {
        return Vec::new();
    };
    let name = name.split(['(', '<']).next().unwrap_or(name);
    name.split('_').map_while(Id::read).collect()
}

/// The stories in a file: their ids, and what they are called without them.
fn stories(text: &str) -> Vec<(Vec<Id>, String)> {
    let begins = text.match_indices("story(").map(|(at, it)| at + it.len());
    begins
        .filter_map(|at| {
            let told = text.get(at..)?.trim_start().strip_prefix('"')?;
            let told = told.split('"').next()?;
            let mut ids = Vec::new();
            let mut rest = told;
            while let Some((word, after)) = rest.split_once(' ') {
                let word = word.trim_end_matches([',', ':']);
                let Some(named) = word.split('_').map(Id::read).collect::<Option<Vec<_>>>() else {
                    break;
                };
                ids.extend(named);
                rest = after;
            }
            Some((ids, rest.to_owned()))
        })
        .filter(|(ids, _)| !ids.is_empty())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_function_shows_what_its_name_begins_with() {
        assert_eq!(
            functions("    async fn a2_x3_the_first_that_knows(office: &Office) {"),
            [Id('A', 2), Id('X', 3)]
        );
        assert_eq!(functions("fn e9_owned<T>() {"), [Id('E', 9)]);
        assert!(functions("fn the_call_of_e9() {").is_empty());
        assert!(functions("// fn e9_not_a_function").is_empty());
    }

    #[test]
    fn a_story_shows_what_it_begins_with_on_this_line_or_the_next() {
        let text = "story(\"f17: hidden\", tell);\nstory(\n  \"d1, e1 a call\",\n tell);\nstory(\"no id\", tell);\nstory(\"d3_d8 answered\", tell);";
        assert_eq!(
            stories(text),
            [
                (vec![Id('F', 17)], "hidden".to_owned()),
                (vec![Id('D', 1), Id('E', 1)], "a call".to_owned()),
                (vec![Id('D', 3), Id('D', 8)], "answered".to_owned()),
            ]
        );
    }
}
