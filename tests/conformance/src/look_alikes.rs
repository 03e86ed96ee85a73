//! Numbers that look alike, are shared, or stand before a switchboard (`look_alikes.tsv`): who may
//! be shown for each, and nobody else.

use linecard_crm::Module;

use crate::Seed;

const TABLE: &str = include_str!("look_alikes.tsv");

/// A caller, and who is right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LookAlike {
    /// The number as a phone system gives it.
    pub number: &'static str,
    /// The names of those with this number; several: the agent chooses. In no order.
    pub right: Vec<&'static str>,
}

/// The records that somebody typed into a CRM.
#[must_use]
pub fn look_alike_records() -> Vec<Seed> {
    rows("record")
        .map(|row| {
            let [name, module, number] = row[..] else {
                panic!("a record has a name, a module and a number: {row:?}");
            };
            let module = match module {
                "contact" => Module::Contact,
                "lead" => Module::Lead,
                "account" => Module::Account,
                other => panic!("there is no module {other}"),
            };
            Seed::contact(name, number).of(module)
        })
        .collect()
}

/// The callers.
#[must_use]
pub fn look_alikes() -> Vec<LookAlike> {
    rows("caller")
        .map(|row| LookAlike {
            number: row.first().copied().unwrap_or_default(),
            right: row
                .get(1)
                .into_iter()
                .flat_map(|names| names.split('|'))
                .filter(|name| !name.is_empty())
                .collect(),
        })
        .collect()
}

fn rows(kind: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    TABLE
        .lines()
        .filter(|line| !line.starts_with('#'))
        .map(|line| line.split('\t').collect::<Vec<_>>())
        .filter(move |row| row.first() == Some(&kind))
        .map(|row| row[1..].to_vec())
}
