//! Dial search finds whom the agent means (F14).

mod look_alikes;
mod order;

use std::collections::HashMap;

use linecard_book::search::{Index, Query, Visible};
use linecard_book::{Contact, ContactKey};

/// What is typed, and who must be among the first five, with a tab between them.
const ROWS: &str = include_str!("search/rows.tsv");
/// A person looks at so many at a glance.
const AT_A_GLANCE: usize = 5;

fn index(contacts: &[Contact]) -> Index {
    let mut index = Index::new();
    for contact in contacts {
        index.put(contact);
    }
    index
}

fn query(text: &str) -> Query<'_> {
    Query {
        text,
        numbers: &[],
        visible: &Visible::All,
        recent: &[],
        masked: false,
        limit: AT_A_GLANCE,
    }
}

fn found(index: &Index, query: &Query<'_>) -> Vec<ContactKey> {
    let hits = index.search(query);
    hits.into_iter().map(|hit| hit.contact).collect()
}

#[test]
fn f14_whoever_is_meant_is_among_the_first_five() {
    let contacts = look_alikes::all();
    let names: HashMap<ContactKey, &str> =
        (contacts.iter().map(|it| (it.key, it.name.as_str()))).collect();
    let index = index(&contacts);
    let rows = ROWS.lines().filter(|row| !row.starts_with('#'));
    let mut count = 0;
    let mut missed = Vec::new();
    for row in rows {
        count += 1;
        let (text, wanted) = row.split_once('\t').unwrap();
        let first: Vec<&str> = (found(&index, &query(text)).iter())
            .map(|key| names[key])
            .collect();
        if !first.contains(&wanted) {
            missed.push(format!("{text:?} wants {wanted}, finds {first:?}"));
        }
    }
    assert!(count >= 200, "only {count} rows");
    assert!(
        missed.is_empty(),
        "{} of {count}:\n{}",
        missed.len(),
        missed.join("\n")
    );
}
